import type { Lock, ScannedFile } from '../scan/scan.ts';
import { readCompound } from './archives/compound.ts';
import { rarLock } from './archives/rar.ts';
import { sealedContent } from './archives/sealed.ts';
import { carriedLock } from './archives/selfExtracting.ts';
import { sevenZipLock } from './archives/sevenZip.ts';
import { readZip } from './archives/zip.ts';
import { exactly, type ReadAt, startsWith, unlessDamaged } from './bytes.ts';
import { type Kind, magicKind } from './magic.ts';
import { pdfLock } from './pdf/pdf.ts';
import { isMarkedWide, isText } from './text.ts';

export type Content = ScannedFile['content'];

/** An ISO image names itself at 32 KiB; everything else does so earlier. */
export const headLength = 64 * 1024;

/** What a file's bytes are, whatever its name says. Reads little of it, and survives whatever the bytes say. */
export async function readContent(readAt: ReadAt, size: number): Promise<Content> {
  const head = await readAt(0, headLength);
  const known =
    (await readArchive(head, readAt, size)) ?? (await readCompound(head, readAt, size)) ?? sealedContent(head);
  if (known) return known;
  const kind = await kindOf(head, size);
  return { ...kind, lock: await lockOf(kind, head, readAt, size) };
}

async function readArchive(head: Buffer, readAt: ReadAt, size: number): Promise<(Kind & { lock: Lock }) | undefined> {
  const read = exactly(readAt, size);
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

async function lockOf({ extension }: Partial<Kind>, head: Buffer, readAt: ReadAt, size: number): Promise<Lock> {
  if (extension === 'pdf') return unlessDamaged(() => pdfLock(exactly(readAt, size), size), 'unsure');
  if (extension !== 'exe') return 'open';
  return carriedLock(head, readAt, size, async (...archive) => (await readArchive(...archive))?.lock);
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
