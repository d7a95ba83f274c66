import { crc32 } from 'node:zlib';
import type { Lock } from '../../scan/scan.ts';
import { type ReadExactly, startsWith } from '../bytes.ts';

/** Archives are read for at most this many blocks. */
const mostBlocks = 200_000;

/** The parts of a block's header that matter here. */
interface Block {
  locked: boolean;
  /** `last`: nothing follows. `volume`: the archive continues in another file. */
  end: 'last' | 'volume' | undefined;
  /** Bytes until the next block. */
  length: number;
}

/**
 * Whether a RAR archive, its list of files or one of the files needs a password. The list is complete only if there is an end
 * block. Throws a RangeError if it is damaged. RARLAB's technote has the layout of RAR 5, unrar's headers.hpp that of RAR 4.
 */
export async function rarLock(read: ReadExactly): Promise<Lock> {
  const isFive = startsWith(await read(0, 8), [0x01, 0x00], 6);
  const readBlock = isFive ? blockOfFive : blockOfFour;
  let at = isFive ? 8 : 7;
  for (let count = 0; count < mostBlocks; count += 1) {
    const block = await readBlock(at, read);
    if (block.locked) return 'locked';
    if (block.end) return block.end === 'last' ? 'open' : 'unsure';
    at += block.length;
  }
  return 'unsure';
}

/** RAR 1.5 to 4: a checksum, the type, flags, the length, and, if a flag says so, the length of the data that follows. */
async function blockOfFour(at: number, read: ReadExactly): Promise<Block> {
  const headerLength = (await read(at, 7)).readUInt16LE(5);
  if (headerLength < 7) throw new RangeError('A header of no length.');
  const header = await read(at, headerLength);
  checkSum(crc32(header.subarray(2)) & 0xffff, header.readUInt16LE(0));

  const [type, flags] = [header.readUInt8(2), header.readUInt16LE(3)];
  const isFile = type === 0x74 || type === 0x7a;
  const locked = (type === 0x73 && (flags & 0x80) !== 0) || (isFile && (flags & 0x04) !== 0);
  const end = type !== 0x7b ? undefined : (flags & 0x01) === 0 ? 'last' : 'volume';
  const data = (flags & 0x8000) !== 0 && type !== 0x7b ? header.readUInt32LE(7) : 0;
  // The upper half of the length of a file above 4 GiB comes later.
  const above = isFile && (flags & 0x100) !== 0 ? header.readUInt32LE(32) : 0;
  return { locked, end, length: headerLength + data + above * 2 ** 32 };
}

/**
 * RAR 5: a checksum, then numbers of seven bits a byte: the header's length, type, flags and, if flags say so, more lengths.
 */
async function blockOfFive(at: number, read: ReadExactly): Promise<Block> {
  // The length takes three bytes at most: a header has less than 2 MiB.
  const told = figuresOf(await read(at, 7), 4);
  const length = told.next();
  const header = await read(at, told.at() + length);
  checkSum(crc32(header.subarray(4)), header.readUInt32LE(0));

  const figures = figuresOf(header, told.at());
  const [type, flags] = [figures.next(), figures.next()];
  const extra = (flags & 1) !== 0 ? figures.next() : 0;
  const data = (flags & 2) !== 0 ? figures.next() : 0;
  const isFile = type === 2 || type === 3;
  const locked = type === 4 || (isFile && hasEncryptionRecord(header, header.length - extra));
  const end = type !== 5 ? undefined : figures.next() === 0 ? 'last' : 'volume';
  return { locked, end, length: header.length + data };
}

/** The extra area at the header's end is a list of records: length, type, data. */
function hasEncryptionRecord(header: Buffer, start: number): boolean {
  if (start < 0) throw new RangeError('More extras than header.');
  for (let at = start; at < header.length; ) {
    const figures = figuresOf(header, at);
    const length = figures.next();
    const end = figures.at() + length;
    if (length === 0 || end > header.length) throw new RangeError('A record of no length, or of too much.');
    if (figures.next() === 1) return true;
    at = end;
  }
  return false;
}

function checkSum(found: number, told: number): void {
  if (found !== told) throw new RangeError('A header that is not what it was.');
}

function figuresOf(bytes: Buffer, start: number) {
  let at = start;
  const next = (): number => {
    let value = 0;
    for (let weight = 1; weight < 2 ** 49; weight *= 128) {
      const byte = bytes.readUInt8(at);
      at += 1;
      value += (byte & 0x7f) * weight;
      if (byte < 0x80) return value;
    }
    throw new RangeError('A figure beyond any file.');
  };
  return { next, at: () => at };
}
