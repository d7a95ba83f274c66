import type { Lock, ScannedFile } from '../scan/scan.ts';
import { archiveBehind, type Carried, zipAtEnd } from './archives/carried.ts';
import { readCompound } from './archives/compound.ts';
import { rarLock } from './archives/rar.ts';
import { sealedContent } from './archives/sealed.ts';
import { sevenZipLock } from './archives/sevenZip.ts';
import { readZip } from './archives/zip.ts';
import { exactly, type ReadAt, startsWith, unlessDamaged } from './bytes.ts';
import { type Kind, magicKind } from './magic.ts';
import { pdfLock } from './pdf/pdf.ts';
import { isMarkedWide, isText } from './text.ts';

export type Content = ScannedFile['content'];

/** An ISO image names itself at 32 KiB; everything else does so earlier. */
export const headLength = 64 * 1024;

/** Tells what a file's bytes are, whatever its name says. Reads little of the file and never fails on malformed bytes. */
export async function readContent(readAt: ReadAt, size: number): Promise<Content> {
  const head = await readAt(0, headLength);
  const file = { head, readAt, size };
  const known = (await readArchive(file)) ?? (await readCompound(head, readAt, size)) ?? sealedContent(head);
  if (known) return known;
  const kind = await kindOf(head, size);
  if (kind.extension === 'pdf') {
    return { ...kind, lock: await unlessDamaged(() => pdfLock(exactly(readAt, size), size), 'unsure') };
  }
  return { ...kind, lock: await carriedLock(kind, file) };
}

async function readArchive({ head, readAt, size }: Carried): Promise<(Kind & { lock: Lock }) | undefined> {
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

/**
 * Whether a file carries an archive that needs a password. Engines judge a program or a picture itself, so an archive in it
 * that may be locked counts as open. A file of no known kind has nothing else to judge, so there it stays unsure.
 */
async function carriedLock({ mime, extension }: Partial<Kind>, { head, readAt, size }: Carried): Promise<Lock> {
  // It calls itself an archive, but none that we can read.
  if (extension !== undefined && ['zip', '7z', 'rar'].includes(extension)) return 'unsure';
  const behind = extension === 'exe' ? await archiveBehind(head, readAt, size) : undefined;
  const atEnd = await zipAtEnd(readAt, size);
  const locks = [behind && (await readArchive(behind))?.lock, atEnd && (await zipLock(atEnd))];
  if (locks.includes('locked')) return 'locked';
  return mime === undefined && locks.includes('unsure') ? 'unsure' : 'open';
}

const zipLock = async ({ head, readAt, size }: Carried) => (await readZip(head, exactly(readAt, size), size)).lock;

async function kindOf(head: Buffer, size: number): Promise<Partial<Kind>> {
  // Scripts, tables and notes are all plain text: no extension is the usual one.
  const text = isText(head, head.length === size) ? { mime: 'text/plain' } : undefined;
  // The mark of UTF-16 could also begin a piece of sound.
  if (text && isMarkedWide(head)) return text;
  return (await magicKind(head)) ?? text ?? latePdf(head) ?? {};
}

/** Readers accept other bytes before a PDF. */
const latePdf = (head: Buffer) =>
  head.subarray(0, 1024).includes('%PDF-') ? { mime: 'application/pdf', extension: 'pdf' } : undefined;
