import { type ReadAt, readLong, startsWith } from '../bytes.ts';

/** What a zip says of its entries. */
export interface Zip {
  names: string[];
  /** Some entry cannot be read without a password. */
  encrypted: boolean;
}

interface Entry {
  name: string;
  flags: number;
}

/** The end record and the longest comment behind it. */
const endLength = 22 + 65_535;
const longestDirectory = 4 * 1024 * 1024;
const unknown32 = 0xffffffff;

/**
 * Reads both lists of entries, the directory at the end and the headers at the start: programs differ in which they
 * believe, so what either of them says counts. The layout is PKWARE's APPNOTE 4.3.
 */
export async function readZip(head: Buffer, read: ReadAt, size: number): Promise<Zip> {
  const entries = [...localEntries(head), ...(await directoryEntries(read, size))];
  return { names: entries.map(({ name }) => name), encrypted: entries.some(({ flags }) => (flags & 1) !== 0) };
}

/** The entries at the start, as far as they follow each other within the head. */
function localEntries(head: Buffer): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at + 30 <= head.length && startsWith(head, 'PK\x03\x04', at); ) {
    const flags = head.readUInt16LE(at + 6);
    const nameEnd = at + 30 + head.readUInt16LE(at + 26);
    entries.push({ name: head.toString('utf8', at + 30, nameEnd), flags });
    // With this bit the length is told only behind the data.
    if ((flags & 8) !== 0) break;
    at = nameEnd + head.readUInt16LE(at + 28) + head.readUInt32LE(at + 18);
  }
  return entries;
}

async function directoryEntries(read: ReadAt, size: number): Promise<Entry[]> {
  const tailStart = Math.max(0, size - endLength);
  const tail = await read(tailStart, endLength);
  const end = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0 || end + 22 > tail.length) return [];

  const told = tail.readUInt32LE(end + 12) === unknown32 ? await readLongEnd(tail, end, read) : undefined;
  const length = told?.length ?? tail.readUInt32LE(end + 12);
  const offset = told?.offset ?? tail.readUInt32LE(end + 16);
  // Something may stand before the zip: then the directory is further back than told, but still just before its end.
  for (const start of [(told?.end ?? tailStart + end) - length, offset]) {
    if (start < 0) continue;
    const directory = await read(start, Math.min(length, longestDirectory));
    if (startsWith(directory, 'PK\x01\x02')) return listed(directory);
  }
  return [];
}

/** Where the directory of a zip is that needs 64 bits to say so. */
async function readLongEnd(tail: Buffer, end: number, read: ReadAt) {
  if (end < 20 || !startsWith(tail, 'PK\x06\x07', end - 20)) return undefined;
  try {
    const at = readLong(tail, end - 12);
    const record = await read(at, 56);
    if (!startsWith(record, 'PK\x06\x06')) return undefined;
    return { length: readLong(record, 40), offset: readLong(record, 48), end: at };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function listed(directory: Buffer): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at + 46 <= directory.length && startsWith(directory, 'PK\x01\x02', at); ) {
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
    entries.push({ name: directory.toString('utf8', at + 46, nameEnd), flags: directory.readUInt16LE(at + 8) });
    at = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}
