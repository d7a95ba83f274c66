/** Pairs of colours on which white stays readable. */
const palette = [
  ['#3b5bdb', '#5f3dc4'],
  ['#0b7285', '#1864ab'],
  ['#a61e4d', '#862e9c'],
  ['#2b6a30', '#087f5b'],
  ['#a8480b', '#9c2a2a'],
  ['#495057', '#343a40'],
] as const;

/** A person's picture: the initial on a colour that follows from the name. */
export function avatar(name: string): string {
  const sum = Array.from(name, (letter) => letter.codePointAt(0) ?? 0).reduce((a, b) => (a * 3 + b) % 10_007, 0);
  const [from, to] = palette[sum % palette.length] ?? palette[0];
  const initial = /[\p{L}\p{N}]/u.exec(name)?.[0].toUpperCase() ?? '?';
  return picture(
    from,
    to,
    `<text x="20" y="27" text-anchor="middle" font-family="sans-serif" font-size="19" font-weight="600" fill="#fff">${initial}</text>`,
  );
}

/** The bot's: a shield with a tick. */
export function botAvatar(): string {
  return picture(
    '#4752c4',
    '#7048e8',
    '<path d="M20 7l10 4v8c0 7-4.200 11.500-10 14-5.800-2.500-10-7-10-14v-8z" fill="#fff" fill-opacity=".95"/>' +
      '<path d="M15 19.800l3.700 3.700 6.600-7" fill="none" stroke="#4752c4" stroke-width="2.800" stroke-linecap="round" stroke-linejoin="round"/>',
  );
}

function picture(from: string, to: string, inside: string): string {
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="80" height="80">' +
    `<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient></defs>` +
    `<rect width="40" height="40" fill="url(#g)"/>${inside}</svg>`
  );
}
