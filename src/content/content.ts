import type { ScannedFile } from '../scan/scan.ts';
import { compoundKind } from './archives/compound.ts';
import { isRarLocked } from './archives/rar.ts';
import { isSevenZipLocked } from './archives/sevenZip.ts';
import { readZip } from './archives/zip.ts';
import { zipKind } from './archives/zipKind.ts';
import { type ReadAt, startsWith } from './bytes.ts';
import { type Kind, magicKind } from './magic.ts';
import { isMarkedWide, isText } from './text.ts';

export type Content = ScannedFile['content'];

/** An ISO image names itself at 32 KiB; everything else does so earlier. */
export const headLength = 64 * 1024;

/** What a file's bytes are, whatever its name says. Reads little of it, and survives whatever the bytes say. */
export async function readContent(read: ReadAt, size: number): Promise<Content> {
  const head = await read(0, headLength);
  return (await readArchive(head, read, size)) ?? { ...(await kindOf(head, read, size)), encrypted: false };
}

async function readArchive(head: Buffer, read: ReadAt, size: number): Promise<Content | undefined> {
  if (startsWith(head, 'PK\x03\x04') || startsWith(head, 'PK\x05\x06') || startsWith(head, 'PK\x07\x08')) {
    const zip = await readZip(head, read, size);
    return { ...zipKind(zip.names, head), encrypted: zip.encrypted };
  }
  if (startsWith(head, '7z\xbc\xaf\x27\x1c')) {
    return { mime: 'application/x-7z-compressed', extension: '7z', encrypted: await isSevenZipLocked(head, read) };
  }
  if (startsWith(head, 'Rar!\x1a\x07')) {
    return { mime: 'application/vnd.rar', extension: 'rar', encrypted: await isRarLocked(head, read) };
  }
  return undefined;
}

async function kindOf(head: Buffer, read: ReadAt, size: number): Promise<Partial<Kind>> {
  // Scripts, tables and notes are all plain text: no extension is the usual one.
  const text = isText(head, head.length === size) ? { mime: 'text/plain' } : undefined;
  // The mark of UTF-16 could also begin a piece of sound.
  if (text && isMarkedWide(head)) return text;
  return (await compoundKind(head, read)) ?? (await magicKind(head)) ?? text ?? {};
}
