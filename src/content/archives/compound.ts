import type { Lock } from '../../scan/scan.ts';
import { exactly, type ReadAt, type ReadExactly, startsWith, unlessDamaged } from '../bytes.ts';
import type { Kind } from '../magic.ts';
import { openCompound, type Streams } from './compoundFile.ts';

const doc: Kind = { extension: 'doc', mime: 'application/msword' };
const xls: Kind = { extension: 'xls', mime: 'application/vnd.ms-excel' };
const ppt: Kind = { extension: 'ppt', mime: 'application/vnd.ms-powerpoint' };
const msg: Kind = { extension: 'msg', mime: 'application/vnd.ms-outlook' };
const unnamed: Kind = { extension: 'cfb', mime: 'application/x-cfb' };

/** Class ids of the root of compound files ([MS-CFB] 2.6.1), as they stand in the file. */
const classes: Readonly<Record<string, Kind>> = {
  '84100c0000000000c000000000000046': { extension: 'msi', mime: 'application/x-msi' },
  '86100c0000000000c000000000000046': { extension: 'msp', mime: 'application/x-msi' },
  '0609020000000000c000000000000046': doc,
  '1008020000000000c000000000000046': xls,
  '2008020000000000c000000000000046': xls,
  '108d81649b4fcf1186ea00aa00b929e8': ppt,
  '0b0d020000000000c000000000000046': msg,
};

/** Streams that tell the kind if the root has no class id. */
const streams: readonly [name: string, kind: Kind][] = [
  ['WordDocument', doc],
  ['Workbook', xls],
  ['Book', xls],
  ['PowerPoint Document', ppt],
  ['__properties_version1.0', msg],
];

/**
 * Reads the container that installers, documents of old Office and locked documents of new Office share. undefined: it is none.
 */
export async function readCompound(
  head: Buffer,
  readAt: ReadAt,
  size: number,
): Promise<(Kind & { lock: Lock }) | undefined> {
  if (!startsWith(head, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) return undefined;
  // Its sectors lie anywhere: a window would read more than it saves.
  return unlessDamaged(() => look(exactly(readAt, size, 0)), { ...unnamed, lock: 'unsure' });
}

async function look(read: ReadExactly): Promise<Kind & { lock: Lock }> {
  const file = await openCompound(read);
  const named = classes[file.classId];
  const found = await unlessDamaged(file.streams, undefined);
  if (!found) return { ...(named ?? unnamed), lock: 'unsure' };
  const kind = named ?? streams.find(([name]) => found.has(name))?.[1] ?? unnamed;
  return { ...kind, lock: await unlessDamaged(() => lockOf(found), 'unsure') };
}

/** Whether a document needs a password, by [MS-OFFCRYPTO]. */
async function lockOf(found: Streams): Promise<Lock> {
  if (['EncryptionInfo', 'EncryptedPackage', 'EncryptedSummary'].some(found.has)) return 'locked';
  // Bit 0x0100 of the flags of [MS-DOC] 2.5.2.
  const word = await found.start('WordDocument');
  if (word && (word.readUInt16LE(10) & 0x0100) !== 0) return 'locked';
  // A token of [MS-PPT] 2.3.2.
  const user = await found.start('Current User');
  if (user && user.length >= 16 && user.readUInt32LE(12) === 0xf3d1c4df) return 'locked';
  const book = (await found.start('Workbook')) ?? (await found.start('Book'));
  // Excel opens a workbook without asking if its password is the default one. We cannot tell.
  return book && hasFilePass(book) ? 'unsure' : 'open';
}

/**
 * The record FilePass ([MS-XLS] 2.4.117) follows the first record, or the one for write protection. Throws a RangeError if it is
 * beyond the bytes.
 */
function hasFilePass(book: Buffer): boolean {
  const behind = (at: number) => at + 4 + book.readUInt16LE(at + 2);
  let at = behind(0);
  if (book.readUInt16LE(at) === 0x86) at = behind(at);
  return book.readUInt16LE(at) === 0x2f;
}
