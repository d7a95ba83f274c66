import type { ScannedFile } from '../scan/scan.ts';
import { readCompound } from './archives/compound.ts';
import { rarLock } from './archives/rar.ts';
import { sevenZipLock } from './archives/sevenZip.ts';
import { readZip } from './archives/zip.ts';
import { exactly, type ReadAt, type ReadExactly, startsWith, unlessDamaged } from './bytes.ts';
import { type Kind, magicKind } from './magic.ts';
import { pdfLock } from './pdf/pdf.ts';
import { isMarkedWide, isText } from './text.ts';

export type Content = ScannedFile['content'];

/** An ISO image names itself at 32 KiB; everything else does so earlier. */
export const headLength = 64 * 1024;

/** What a file's bytes are, whatever its name says. Reads little of it, and survives whatever the bytes say. */
export async function readContent(readAt: ReadAt, size: number): Promise<Content> {
  const head = await readAt(0, headLength);
  const read = exactly(readAt, size);
  return (await readArchive(head, read, size)) ?? (await readOther(head, readAt, size));
}

async function readArchive(head: Buffer, read: ReadExactly, size: number): Promise<Content | undefined> {
  if (startsWith(head, 'PK\x03\x04') || startsWith(head, 'PK\x05\x06') || startsWith(head, 'PK\x07\x08')) {
    return readZip(head, read, size);
  }
  if (startsWith(head, '7z\xbc\xaf\x27\x1c')) {
    const lock = await unlessDamaged(() => sevenZipLock(read), 'unsure');
    return { mime: 'application/x-7z-compressed', extension: '7z', lock };
  }
  if (startsWith(head, 'Rar!\x1a\x07')) {
    return { mime: 'application/vnd.rar', extension: 'rar', lock: await unlessDamaged(() => rarLock(read), 'unsure') };
  }
  return undefined;
}

async function readOther(head: Buffer, readAt: ReadAt, size: number): Promise<Content> {
  const compound = await readCompound(head, readAt, size);
  if (compound) return compound;
  const kind = await kindOf(head, size);
  if (kind.extension !== 'pdf') return { ...kind, lock: 'open' };
  return { ...kind, lock: await unlessDamaged(() => pdfLock(exactly(readAt, size), size), 'unsure') };
}

async function kindOf(head: Buffer, size: number): Promise<Partial<Kind>> {
  // Scripts, tables and notes are all plain text: no extension is the usual one.
  const text = isText(head, head.length === size) ? { mime: 'text/plain' } : undefined;
  // The mark of UTF-16 could also begin a piece of sound.
  if (text && isMarkedWide(head)) return text;
  return (await magicKind(head)) ?? text ?? latePdf(head) ?? {};
}

/** Readers forgive what stands before a PDF. */
const latePdf = (head: Buffer) =>
  head.subarray(0, 1024).includes('%PDF-') ? { mime: 'application/pdf', extension: 'pdf' } : undefined;
