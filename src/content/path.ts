/**
 * File names are bytes, and not all of them are UTF-8. In text, each byte that is not becomes a lone surrogate, U+DC80 to
 * U+DCFF (Python's "surrogateescape"), from which the bytes can be restored.
 */
const escaped = /[\udc80-\udcff]/;

export function pathOfBytes(bytes: Buffer): string {
  const text = bytes.toString();
  if (!text.includes('\ufffd')) return text;
  let path = '';
  for (let at = 0; at < bytes.length; ) {
    const length = lengthOfCharacter(bytes, at);
    path += length === 0 ? String.fromCharCode(0xdc00 + (bytes[at] ?? 0)) : bytes.toString('utf8', at, at + length);
    at += Math.max(1, length);
  }
  return path;
}

/** Returns the path in the form that the file system takes. */
export function bytesOfPath(path: string): string | Buffer {
  if (!escaped.test(path)) return path;
  const parts = Array.from(path, (character) =>
    escaped.test(character) && character.length === 1
      ? Buffer.of(character.charCodeAt(0) - 0xdc00)
      : Buffer.from(character),
  );
  return Buffer.concat(parts);
}

/** Returns how many bytes from `at` form one character; 0 when they form none. */
function lengthOfCharacter(bytes: Buffer, at: number): number {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  for (let length = 1; length <= 4 && at + length <= bytes.length; length += 1) {
    try {
      decoder.decode(bytes.subarray(at, at + length));
      return length;
    } catch {
      // Perhaps with the next byte.
    }
  }
  return 0;
}
