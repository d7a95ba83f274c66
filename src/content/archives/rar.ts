import { type ReadAt, startsWith } from '../bytes.ts';

/** An archive of more is looked at no further. */
const mostBlocks = 10_000;

/** A block's header, as far as it tells us something. */
interface Block {
  locked: boolean;
  last: boolean;
  /** Bytes until the next block. */
  length: number;
}

/** Whether a RAR archive, its list of files or one of the files cannot be read without a password. */
export async function isRarLocked(head: Buffer, read: ReadAt): Promise<boolean> {
  const isFive = startsWith(head, [0x01, 0x00], 6);
  const readBlock = isFive ? blockOfFive : blockOfFour;
  let at = isFive ? 8 : 7;
  for (let count = 0; count < mostBlocks; count += 1) {
    const block = readBlock(await read(at, 4096));
    if (!block) return false;
    if (block.locked || block.last) return block.locked;
    at += block.length;
  }
  return false;
}

/** RAR 1.5 to 4: a checksum, the type, flags, the length, and with one flag the length of what follows. */
function blockOfFour(bytes: Buffer): Block | undefined {
  if (bytes.length < 7) return undefined;
  const [type, flags, headerLength] = [bytes.readUInt8(2), bytes.readUInt16LE(3), bytes.readUInt16LE(5)];
  if (headerLength < 7) return undefined;
  const locked = (type === 0x73 && (flags & 0x80) !== 0) || (type === 0x74 && (flags & 0x04) !== 0);
  const hasData = (flags & 0x8000) !== 0 && bytes.length >= 11;
  // A file of more than 4 GiB has the upper half of its length further behind.
  const isLong = type === 0x74 && (flags & 0x100) !== 0 && bytes.length >= 36;
  const data = (hasData ? bytes.readUInt32LE(7) : 0) + (isLong ? bytes.readUInt32LE(32) * 2 ** 32 : 0);
  return { locked, last: type === 0x7b, length: headerLength + data };
}

/** RAR 5: a checksum, then figures of seven bits a byte: the header's length, type, flags and, where flagged, more lengths. */
function blockOfFive(bytes: Buffer): Block | undefined {
  const figures = figuresOf(bytes, 4);
  const headerLength = figures.next();
  if (headerLength === undefined || headerLength === 0) return undefined;
  const headerEnd = figures.at() + headerLength;
  const [type, flags] = [figures.next(), figures.next()];
  if (type === undefined || flags === undefined) return undefined;
  const extra = (flags & 1) !== 0 ? (figures.next() ?? 0) : 0;
  const data = (flags & 2) !== 0 ? (figures.next() ?? 0) : 0;
  const locked = type === 4 || (type === 2 && hasEncryptionRecord(bytes, headerEnd - extra, headerEnd));
  return { locked, last: type === 5, length: headerEnd + data };
}

/** The extra area at the header's end is a list of records: length, type, data. */
function hasEncryptionRecord(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at > 0 && at < Math.min(end, bytes.length); ) {
    const figures = figuresOf(bytes, at);
    const length = figures.next();
    const bodyStart = figures.at();
    if (length === undefined || length === 0) return false;
    if (figures.next() === 1) return true;
    at = bodyStart + length;
  }
  return false;
}

function figuresOf(bytes: Buffer, start: number) {
  let at = start;
  const next = (): number | undefined => {
    let value = 0;
    for (let weight = 1; weight < 2 ** 49; weight *= 128) {
      const byte = bytes[at];
      if (byte === undefined) return undefined;
      at += 1;
      value += (byte & 0x7f) * weight;
      if (byte < 0x80) return value;
    }
    return undefined;
  };
  return { next, at: () => at };
}
