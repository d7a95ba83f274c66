/** Reads a file at a place; fewer bytes where it ends. */
export type ReadAt = (offset: number, length: number) => Promise<Buffer>;

/** Whether `bytes` are what stands at `offset`. */
export function startsWith(buffer: Buffer, bytes: readonly number[] | string, offset = 0): boolean {
  const wanted = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : Buffer.from(bytes);
  return buffer.subarray(offset, offset + wanted.length).equals(wanted);
}

/** A 64-bit figure. One that no file reaches is as good as damage. */
export function readLong(buffer: Buffer, offset: number): number {
  const value = buffer.readBigUInt64LE(offset);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError('A figure beyond any file.');
  return Number(value);
}
