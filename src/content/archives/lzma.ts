import { z } from 'zod';

// The types of this package are its sources, which our stricter compiler refuses: so it is loaded without them.
const name: string = 'lzma1';
const { decompress } = z
  .object({ decompress: z.custom<(lzma: Uint8Array) => Uint8Array>((value) => typeof value === 'function') })
  .parse(await import(name));

/** Unpacks raw LZMA of a 7z archive. Throws a RangeError if the bytes are damaged. */
export function unpackLzma(input: Buffer, properties: Buffer, length: number): Buffer {
  // The package reads .lzma files, whose header is the properties and the length.
  const size = Buffer.alloc(8);
  size.writeUInt32LE(length);
  try {
    return Buffer.from(decompress(Buffer.concat([properties, size, input])));
  } catch {
    throw new RangeError('Damaged LZMA.');
  }
}
