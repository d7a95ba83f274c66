import { type ReadAt, readLong } from '../bytes.ts';
import { unpackLzma } from './lzma.ts';
import { type Folder, readHeader } from './sevenZipHeader.ts';

const longestHeader = 4 * 1024 * 1024;
/** 7-Zip packs a header once. */
const mostLayers = 2;

const copy = '00';
const lzma = '030101';

/**
 * Whether a 7z archive or one of its files cannot be read without a password. The list of files is usually packed, so it
 * is unpacked here; one packed in a way that no program uses counts as locked, since silence about it says nothing.
 */
export async function isSevenZipLocked(head: Buffer, read: ReadAt): Promise<boolean> {
  try {
    const [offset, length] = [readLong(head, 12), readLong(head, 20)];
    if (length > longestHeader) return true;
    let header = await read(32 + offset, length);
    for (let layer = 0; layer < mostLayers; layer += 1) {
      const { packed, locked, first, packStart, packLength } = readHeader(header);
      if (locked || !packed) return locked;
      if (!first || packLength > longestHeader) return true;
      const unpacked = unpack(await read(32 + packStart, packLength), first);
      if (!unpacked) return true;
      header = unpacked;
    }
    return true;
  } catch (error) {
    // Damaged: nobody reads it, with a password or without.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function unpack(bytes: Buffer, { coders, unpackedLength }: Folder): Buffer | undefined {
  const [coder, second] = coders;
  if (!coder || second || unpackedLength > longestHeader) return undefined;
  if (coder.id === copy) return bytes;
  return coder.id === lzma ? unpackLzma(bytes, coder.properties, unpackedLength) : undefined;
}
