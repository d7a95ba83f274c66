/** Characters that change how the rest is read or that hide something: controls, direction, zero width, unassigned. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu;

const longestName = 60;

/**
 * Returns a foreign text as inline code, in which Discord reads no mention, link or markdown. Removes controls and direction
 * overrides, and replaces backquotes with look-alikes.
 */
export const code = (text: string, longest = 100): string => `\`${plain(text, longest)}\``;

/** Returns a foreign text for places without markdown, such as a menu: without controls, never empty. */
export const plain = (text: string, longest: number): string => shorten(printable(text), longest) || '?';

/** Characters that begin markdown, a mention, a link or an emoji. */
const alive = /[\\*_~|<>[\]:]|(?<=\])\(/g;
/** Underscores inside words, which are common in names and no markdown if there are no others. */
const tameUnderscores = /(?<=[\p{L}\p{N}])_(?=[\p{L}\p{N}])/gu;

/**
 * Returns a foreign text as plain text without markdown, mentions or links. Unlike Discord's own escape, it also disarms
 * addresses.
 */
export function escaped(text: string, longest = 100): string {
  const shown = plain(text, longest);
  const isTame = !shown.replace(tameUnderscores, '').includes('_');
  return shown.replace(alive, (sign) => (sign === '_' && isTame ? sign : `\\${sign}`));
}

/**
 * Returns the visible characters. Backquotes and mentions of everybody become look-alikes, because some readers of markdown
 * ignore escapes.
 */
const printable = (text: string) =>
  text
    .replace(unseen, '')
    .replaceAll('`', 'ˋ')
    .replace(/@(?=everyone|here)/gi, '＠')
    .replace(/\s+/g, ' ')
    .trim();

/** A file name without its path, safe and not too long to show. */
export const fileName = (name: string, longest = longestName): string => code(baseName(name), longest);

/** The last part of a path of any operating system. */
export const baseName = (path: string): string => path.split(/[/\\]/).findLast((part) => part.trim() !== '') ?? '';

/** Shortens in the middle, so that the extension stays. Counts UTF-16 units, the strictest reading of Discord's limits. */
export function shorten(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const tail = Math.min(16, Math.floor(longest / 2));
  const head = text.slice(0, longest - tail - 1).replace(/[\ud800-\udbff]$/, '');
  return `${head}…${text.slice(-tail).replace(/^[\udc00-\udfff]/, '')}`;
}

/** A moment in the reader's own clock. `R` reads "in 3 minutes", `t` 16:20, `f` with the date. */
export function moment(ms: number, style: 'R' | 't' | 'f' | 'd' = 'R'): string {
  return `<t:${Math.floor(ms / 1000)}:${style}>`;
}

/** A bar of ten, filled to `share` (0 to 1). */
export function bar(share: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * 10);
  return '▰'.repeat(filled) + '▱'.repeat(10 - filled);
}
