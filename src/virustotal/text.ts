/** Control characters, direction overrides and marks, line separators, halves of characters. */
const unprintable = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** Foreign text as it may be kept: printable, trimmed, at most `longest` UTF-16 units. Empty when nothing is left. */
export function clean(text: string, longest: number): string {
  const printable = text
    .slice(0, longest * 4)
    .replace(unprintable, '')
    .trim();
  return printable.slice(0, longest).replace(unprintable, '').trimEnd();
}

/** The last part of a Unix or Windows path. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
