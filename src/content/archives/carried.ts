import { type ReadAt, startsWith, unlessDamaged } from '../bytes.ts';

/** An archive in another file. */
export interface Carried {
  head: Buffer;
  readAt: ReadAt;
  size: number;
}

/**
 * Bytes that are read as an archive's head and searched for a 7z. A self-extracting archive may have a text of settings before
 * it.
 */
const headLength = 64 * 1024;
/** The end record of a zip with its longest comment. */
const longestEnd = 22 + 65_535;
const sevenZip = Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1');

/** Returns the archive behind a Windows program (a self-extracting archive), if there is one. */
export async function archiveBehind(program: Buffer, readAt: ReadAt, size: number): Promise<Carried | undefined> {
  const end = await unlessDamaged(async () => programEnd(program), undefined);
  if (end === undefined || end >= size) return undefined;
  const behind = await readAt(end, headLength);
  const start = startsWith(behind, ';!@Install@!') ? Math.max(0, behind.indexOf(sevenZip)) : 0;
  return carriedFrom(end + start, readAt, size);
}

/** Returns the zip at the end of a file of any kind. Programs find it there and ignore what comes before it. */
export async function zipAtEnd(readAt: ReadAt, size: number): Promise<Carried | undefined> {
  const tailStart = Math.max(0, size - longestEnd);
  const tail = await readAt(tailStart, longestEnd);
  const end = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0 || end + 22 > tail.length) return undefined;
  // Offsets count from the start of the zip; some tools make them count from the start of the file.
  const start = tailStart + end - tail.readUInt32LE(end + 12) - tail.readUInt32LE(end + 16);
  return carriedFrom(Math.max(0, start), readAt, size);
}

async function carriedFrom(start: number, readAt: ReadAt, size: number): Promise<Carried> {
  const shifted: ReadAt = (offset, length) => readAt(start + offset, length);
  return { head: await shifted(0, headLength), readAt: shifted, size: size - start };
}

/** Returns the offset at which a program's last section ends. Throws a RangeError if the headers are damaged. */
function programEnd(head: Buffer): number | undefined {
  const header = head.readUInt32LE(60);
  if (!startsWith(head, 'PE\0\0', header)) return undefined;
  const count = head.readUInt16LE(header + 6);
  const table = header + 24 + head.readUInt16LE(header + 20);
  let end = table + count * 40;
  for (let at = table; at < table + count * 40; at += 40) {
    end = Math.max(end, head.readUInt32LE(at + 16) + head.readUInt32LE(at + 20));
  }
  return end;
}
