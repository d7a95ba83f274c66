/** Discord's markdown, read into a tree: what is foreign stays text and never becomes HTML. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'bold' | 'italic' | 'underline' | 'strike' | 'spoiler'; inside: Inline[] }
  | { kind: 'link'; href: string; inside: Inline[] }
  /** `id` of a message is that of its channel. */
  | { kind: 'mention'; of: 'user' | 'role' | 'channel' | 'message'; id: string }
  | { kind: 'command'; name: string }
  | { kind: 'moment'; seconds: number; style: string };

export type Block =
  | { kind: 'paragraph' | 'subtext' | 'quote' | 'heading' | 'item'; inside: Inline[] }
  | { kind: 'codeBlock'; text: string };

const fence = /```(?:[\w+-]*\n)?([\s\S]+?)```/;

export function readMarkdown(text: string): Block[] {
  const found = fence.exec(text);
  if (!found) return readLines(text);
  const before = text.slice(0, found.index).replace(/\n$/, '');
  const after = text.slice(found.index + found[0].length).replace(/^\n/, '');
  const code: Block = { kind: 'codeBlock', text: (found[1] ?? '').replace(/\n$/, '') };
  return [...readLines(before), code, ...(after ? readMarkdown(after) : [])];
}

const marks = [
  { kind: 'subtext', mark: /^-# / },
  { kind: 'quote', mark: /^> / },
  { kind: 'heading', mark: /^#{1,3} / },
  { kind: 'item', mark: /^ *[-*] / },
] as const;

function readLines(text: string): Block[] {
  if (text === '') return [];
  return text.split('\n').map((line): Block => {
    const found = marks.find(({ mark }) => mark.test(line));
    const rest = found ? line.replace(found.mark, '') : line;
    return { kind: found?.kind ?? 'paragraph', inside: readInline(rest) };
  });
}

const rules: { pattern: RegExp; read: (match: RegExpExecArray) => Inline }[] = [
  { pattern: /\\([^\p{L}\p{N}\s])/uy, read: ([, sign = '']) => ({ kind: 'text', text: sign }) },
  {
    pattern: /(`+)([^`](?:[\s\S]*?[^`])?)\1(?!`)/y,
    read: ([, , text = '']) => ({ kind: 'code', text: unpadded(text) }),
  },
  { pattern: /<@!?(\d+)>/y, read: ([, id = '']) => ({ kind: 'mention', of: 'user', id }) },
  { pattern: /<@&(\d+)>/y, read: ([, id = '']) => ({ kind: 'mention', of: 'role', id }) },
  { pattern: /<#(\d+)>/y, read: ([, id = '']) => ({ kind: 'mention', of: 'channel', id }) },
  { pattern: /<\/([^:>]+):\d+>/y, read: ([, name = '']) => ({ kind: 'command', name }) },
  {
    pattern: /<t:(-?\d{1,13})(?::([tTdDfFsSR]))?>/y,
    read: ([, seconds, style = 'f']) => ({ kind: 'moment', seconds: Number(seconds), style }),
  },
  {
    pattern: /\[([^\]\n]+)\]\(<?(https?:\/\/[^\s)>]+)>?\)/y,
    read: ([, label = '', href = '']) => ({ kind: 'link', href, inside: readInline(label) }),
  },
  {
    pattern: /https:\/\/discord\.com\/channels\/\d+\/(\d+)\/\d+/y,
    read: ([, id = '']) => ({ kind: 'mention', of: 'message', id }),
  },
  { pattern: /<(https?:\/\/[^\s>]+)>/y, read: ([, href = '']) => bareLink(href) },
  { pattern: /https?:\/\/[^\s<>]*[^\s<>.,:;"')\]]/y, read: ([href]) => bareLink(href) },
  { pattern: /\*\*([\s\S]+?)\*\*(?!\*)/y, read: ([, inside = '']) => wrapped('bold', inside) },
  { pattern: /__([\s\S]+?)__(?!_)/y, read: ([, inside = '']) => wrapped('underline', inside) },
  { pattern: /~~([\s\S]+?)~~/y, read: ([, inside = '']) => wrapped('strike', inside) },
  { pattern: /\|\|([\s\S]+?)\|\|/y, read: ([, inside = '']) => wrapped('spoiler', inside) },
  { pattern: /\*(?!\s)([^*]+?)(?<!\s)\*/y, read: ([, inside = '']) => wrapped('italic', inside) },
  { pattern: /_(?!_)([^_]+?)_(?![\p{L}\p{N}_])/uy, read: ([, inside = '']) => wrapped('italic', inside) },
];

function readInline(text: string): Inline[] {
  const found: Inline[] = [];
  let at = 0;
  while (at < text.length) {
    const next = firstMatch(text, at);
    if (next) {
      found.push(next.inline);
      at += next.length;
    } else {
      const last = found.at(-1);
      if (last?.kind === 'text') last.text += text.charAt(at);
      else found.push({ kind: 'text', text: text.charAt(at) });
      at += 1;
    }
  }
  return found;
}

function firstMatch(text: string, at: number): { inline: Inline; length: number } | undefined {
  for (const { pattern, read } of rules) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return { inline: read(match), length: match[0].length };
  }
  return undefined;
}

const wrapped = (kind: 'bold' | 'italic' | 'underline' | 'strike' | 'spoiler', text: string): Inline => ({
  kind,
  inside: readInline(text),
});

const bareLink = (href: string): Inline => ({ kind: 'link', href, inside: [{ kind: 'text', text: href }] });

/** Two backquotes may keep their distance from one inside. */
const unpadded = (text: string) => (/^ .*` ?$|^ ?`.* $/.test(text) ? text.trim() : text);
