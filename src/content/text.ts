/** Control characters that occur in no text. Tabs, line breaks, form feeds and escapes do occur. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what it is about
const control = /[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]/;

/**
 * Whether the head of a file is text in UTF-8 or, with a byte order mark, UTF-16. `whole`: the head does not end within a
 * character.
 */
export function isText(head: Buffer, whole: boolean): boolean {
  if (head.length === 0) return false;
  const text = decode(head, whole);
  return text !== undefined && !control.test(text);
}

function decode(head: Buffer, whole: boolean): string | undefined {
  try {
    return new TextDecoder(encodingOf(head), { fatal: true }).decode(head, { stream: !whole });
  } catch {
    return undefined;
  }
}

const isLittle = ([first, second]: Buffer) => first === 0xff && second === 0xfe;
const isBig = ([first, second]: Buffer) => first === 0xfe && second === 0xff;

/** Whether the head starts with the byte order mark of UTF-16. */
export const isMarkedWide = (head: Buffer) => isLittle(head) || isBig(head);

function encodingOf(head: Buffer): 'utf-16le' | 'utf-16be' | 'utf-8' {
  if (isLittle(head)) return 'utf-16le';
  return isBig(head) ? 'utf-16be' : 'utf-8';
}
