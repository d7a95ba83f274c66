import { crc32 } from 'node:zlib';
import type { Lock } from '../../scan/scan.ts';
import { type ReadExactly, readLong } from '../bytes.ts';
import { unpackLzma } from './lzma.ts';
import { type Folder, readHeader } from './sevenZipHeader.ts';

/** In bytes. */
const longestHeader = 4 * 1024 * 1024;
/** 7-Zip itself packs a header once. */
const mostLayers = 2;

const copy = '00';
const lzma = '030101';

/**
 * Whether a 7z archive or one of its files needs a password. The list of files is usually packed, so it is unpacked here.
 * `unsure`: the list is too long, or packed in a way that no program uses. Throws a RangeError if it is damaged. 7-Zip as
 * WebAssembly was tried and rejected: it blocks the event loop, needs a path where we have only reads, and aborts on one
 * damaged archive in ten, after which it must be loaded again.
 */
export async function sevenZipLock(read: ReadExactly): Promise<Lock> {
  const start = await read(0, 32);
  checkSum(start.subarray(12), start.readUInt32LE(8));
  const [offset, length] = [readLong(start, 12), readLong(start, 20)];
  if (length > longestHeader) return 'unsure';
  let header = await read(32 + offset, length);
  checkSum(header, start.readUInt32LE(28));

  for (let layer = 0; layer < mostLayers; layer += 1) {
    const { packed, locked, first, packStart, packLength } = readHeader(header);
    if (locked) return 'locked';
    if (!packed) return 'open';
    if (!first || packLength > longestHeader) return 'unsure';
    const unpacked = unpack(await read(32 + packStart, packLength), first);
    if (!unpacked || first.digest === undefined) return 'unsure';
    checkSum(unpacked, first.digest);
    header = unpacked;
  }
  return 'unsure';
}

function checkSum(bytes: Buffer, told: number): void {
  if (crc32(bytes) !== told) throw new RangeError('Bytes that are not what they were.');
}

function unpack(bytes: Buffer, { coders, unpackedLength }: Folder): Buffer | undefined {
  const [coder, second] = coders;
  if (!coder || second || unpackedLength > longestHeader) return undefined;
  if (coder.id === copy) return bytes;
  return coder.id === lzma ? unpackLzma(bytes, coder.properties, unpackedLength) : undefined;
}
