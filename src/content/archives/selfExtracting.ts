import type { Lock } from '../../scan/scan.ts';
import { type ReadAt, startsWith, unlessDamaged } from '../bytes.ts';

/** How much behind the program is searched for a 7z archive: a text of settings may stand before it. */
const searched = 64 * 1024;
const sevenZip = Buffer.from('7z\xbc\xaf\x27\x1c', 'latin1');

/**
 * Whether a Windows program carries an archive that needs a password. Engines judge the program itself, so what is only
 * unsure about the archive counts as open.
 */
export async function carriedLock(
  head: Buffer,
  readAt: ReadAt,
  size: number,
  lockOf: (head: Buffer, readAt: ReadAt, size: number) => Promise<Lock | undefined>,
): Promise<Lock> {
  const end = await unlessDamaged(async () => programEnd(head), undefined);
  if (end === undefined || end >= size) return 'open';
  const behind = await readAt(end, searched);
  const start = startsWith(behind, ';!@Install@!') ? Math.max(0, behind.indexOf(sevenZip)) : 0;
  const shifted: ReadAt = (offset, length) => readAt(end + start + offset, length);
  const lock = await lockOf(behind.subarray(start), shifted, size - end - start);
  return lock === 'locked' ? 'locked' : 'open';
}

/** Where the last section of a program ends. Throws a RangeError where the headers are damaged. */
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
