import { fromRandomAccessReaderPromise, RandomAccessReader } from 'yauzl';
import type { Lock } from '../../scan/scan.ts';
import { type ReadExactly, startsWith } from '../bytes.ts';
import type { Kind } from '../magic.ts';
import { zipKinds } from './zipKind.ts';

/** Zips are read for at most this many entries. */
const mostEntries = 200_000;
/** The end record without its comment, in bytes. */
const endLength = 22;
/** The two records before the end record of a zip of 64 bits. */
const longRecords = 56 + 20;
/** The longest record behind an entry's data, with its checksum and lengths, in bytes. */
const longestDescriptor = 24;

/** Returns what kind of zip it is, and whether an entry needs a password. */
export async function readZip(head: Buffer, read: ReadExactly, size: number): Promise<Kind & { lock: Lock }> {
  const { see, kind } = zipKinds();
  const first = entryAt(head);
  // A file that is cut off has no directory: only its start says what it is.
  if (first) see(first.name);
  const lock = await listLock(new ZipReader(read), size, see).catch((): Lock => 'unsure');
  return { ...kind(head), lock: first?.locked ? 'locked' : lock };
}

/**
 * Reads the directory at the end, and then the header of each entry: programs differ in which they believe, so what either says
 * counts. `open` only if the directory is complete and the file contains nothing else. Rejects if it cannot be read.
 */
async function listLock(reader: ZipReader, size: number, see: (name: string) => void): Promise<Lock> {
  const options = { decodeStrings: false, validateEntrySizes: false, autoClose: false };
  const zip = await fromRandomAccessReaderPromise(reader, size, options);
  if (zip.entryCount > mostEntries) return 'unsure';
  const end = size - endLength - zip.comment.length;
  if (zip.entryCount === 0) return end === 0 ? 'open' : 'unsure';

  reader.start = undefined;
  const entries: Place[] = [];
  for await (const entry of zip.eachEntry()) {
    if (isLocked(entry.generalPurposeBitFlag)) return 'locked';
    see(entry.fileNameRaw.toString());
    entries.push({ offset: entry.relativeOffsetOfLocalHeader, length: entry.compressedSize });
  }
  const isWhole = reader.end === end || reader.end + longRecords === end;
  return isWhole && reader.start !== undefined ? headersLock(reader, entries, reader.start) : 'unsure';
}

interface Place {
  offset: number;
  /** Of the packed data, in bytes. */
  length: number;
}

/**
 * Whether the entries' own headers name a password. Entries begin at the start of the file and end where the directory starts.
 */
async function headersLock(reader: ZipReader, entries: Place[], directory: number): Promise<Lock> {
  let dataEnd = 0;
  for (const { offset, length } of entries.toSorted((a, b) => a.offset - b.offset)) {
    if (dataEnd === 0 && offset > 0) return 'unsure';
    const header = await reader.piece(offset, 30);
    if (!startsWith(header, 'PK\x03\x04')) return 'unsure';
    if (isLocked(header.readUInt16LE(6))) return 'locked';
    dataEnd = Math.max(dataEnd, offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28) + length);
  }
  const left = directory - dataEnd;
  return left >= 0 && (left <= longestDescriptor || (await isSigned(reader, directory))) ? 'open' : 'unsure';
}

/** The signature of an Android app comes before the directory. */
async function isSigned(reader: ZipReader, directory: number): Promise<boolean> {
  return startsWith(await reader.piece(directory - 16, 16), 'APK Sig Block 42');
}

/** The bit of encryption, and that of PKWARE's strong encryption. */
const isLocked = (flags: number) => (flags & 0x41) !== 0;

function entryAt(head: Buffer): { name: string; locked: boolean } | undefined {
  if (head.length < 30 || !startsWith(head, 'PK\x03\x04')) return undefined;
  return { name: head.toString('utf8', 30, 30 + head.readUInt16LE(26)), locked: isLocked(head.readUInt16LE(6)) };
}

/** yauzl reads through this, one piece after another. `start` and `end` span what it has read since `start` was undefined. */
class ZipReader extends RandomAccessReader {
  readonly piece: ReadExactly;
  start: number | undefined;
  end = 0;

  constructor(read: ReadExactly) {
    super();
    this.piece = read;
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, done: (error: Error | null) => void) {
    const copied = this.piece(position, length).then((bytes) => {
      bytes.copy(buffer, offset);
      this.start ??= position;
      this.end = position + length;
      done(null);
    });
    copied.catch(done);
  }
}
