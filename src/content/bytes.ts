/** Reads bytes at an offset; fewer at the end of the file. */
export type ReadAt = (offset: number, length: number) => Promise<Buffer>;

/** Like `ReadAt`, but rejects with a `RangeError` if the file ends early or has cost too much reading. */
export type ReadExactly = ReadAt;

/** Bytes that may be read beyond twice the file's size. */
const slack = 1024 * 1024;

/**
 * Reads small pieces through a window of this many bytes, so that a list of many entries costs few reads. Stops a reader that
 * jumps back and forth after about twice the file's size, so that a hostile list cannot make us read more.
 */
export function exactly(read: ReadAt, size: number, windowLength = 64 * 1024): ReadExactly {
  let window: { start: number; bytes: Buffer } = { start: 0, bytes: Buffer.alloc(0) };
  let left = 2 * size + slack;

  return async (offset, length) => {
    if (offset < 0 || length < 0 || offset + length > size) throw new RangeError('It ends early.');
    const end = window.start + window.bytes.length;
    if (offset < window.start || offset + length > end) {
      const wanted = Math.max(windowLength, length);
      left -= wanted;
      if (left < 0) throw new RangeError('Its parts lie in no order.');
      window = { start: offset, bytes: await read(offset, wanted) };
    }
    const bytes = window.bytes.subarray(offset - window.start, offset - window.start + length);
    if (bytes.length < length) throw new RangeError('It ends early.');
    return bytes;
  };
}

/** Whether the buffer has `bytes` at `offset`. */
export function startsWith(buffer: Buffer, bytes: readonly number[] | string, offset = 0): boolean {
  const wanted = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : Buffer.from(bytes);
  return buffer.subarray(offset, offset + wanted.length).equals(wanted);
}

/** Reads a 64-bit number. One that no file size reaches counts as damage. */
export function readLong(buffer: Buffer, offset: number): number {
  const value = buffer.readBigUInt64LE(offset);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError('A figure beyond any file.');
  return Number(value);
}

/** Returns what `look` finds, or `otherwise` if the bytes are damaged or more than we read. */
export async function unlessDamaged<T>(look: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof RangeError) return otherwise;
    throw error;
  }
}
