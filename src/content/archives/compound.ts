import { type ReadAt, startsWith } from '../bytes.ts';
import type { Kind } from '../magic.ts';

/** Class ids of the root of compound files ([MS-CFB] 2.6.1), as they stand in the file. */
const classes: Readonly<Record<string, Kind>> = {
  '84100c0000000000c000000000000046': { extension: 'msi', mime: 'application/x-msi' },
  '86100c0000000000c000000000000046': { extension: 'msp', mime: 'application/x-msi' },
  '0609020000000000c000000000000046': { extension: 'doc', mime: 'application/msword' },
  '1008020000000000c000000000000046': { extension: 'xls', mime: 'application/vnd.ms-excel' },
  '2008020000000000c000000000000046': { extension: 'xls', mime: 'application/vnd.ms-excel' },
  '108d81649b4fcf1186ea00aa00b929e8': { extension: 'ppt', mime: 'application/vnd.ms-powerpoint' },
  '0b0d020000000000c000000000000046': { extension: 'msg', mime: 'application/vnd.ms-outlook' },
};

/** Installers and the documents of old Office share one container: its root says which it is. */
export async function compoundKind(head: Buffer, read: ReadAt): Promise<Kind | undefined> {
  if (!startsWith(head, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) return undefined;
  const unnamed = { extension: 'cfb', mime: 'application/x-cfb' };
  if (head.length < 512) return unnamed;
  const sectorSize = head.readUInt16LE(30) === 12 ? 4096 : 512;
  const root = await read((head.readUInt32LE(48) + 1) * sectorSize, 128);
  return classes[root.toString('hex', 80, 96)] ?? unnamed;
}
