import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { ReadAt } from '../content/bytes.ts';
import { readContent } from '../content/content.ts';
import { bytesOfPath } from '../content/path.ts';
import { Failure } from '../scan/failure.ts';
import type { ScannedFile } from '../scan/scan.ts';

/** How much is read at a time, in bytes. */
const chunk = 512 * 1024;

interface Reading {
  path: string;
  limit: number;
  signal: AbortSignal;
  progress(bytes: number): void;
}

/** Hashes and inspects a local file. It is not copied. */
export async function readLocal({ path, limit, signal, progress }: Reading): Promise<ScannedFile> {
  signal.throwIfAborted();
  const handle = await unlessUnreadable(() => openRegular(path));
  try {
    const hash = createHash('sha256');
    let size = 0;
    progress(0);
    for await (const bytes of chunksOf(handle)) {
      signal.throwIfAborted();
      size += bytes.length;
      if (size > limit) throw new Failure('file.tooLarge', `The file has more than ${limit} bytes.`);
      hash.update(bytes);
      progress(size);
    }
    const content = await unlessUnreadable(() => readContent(readerOf(handle, size), size));
    return { path, spooled: false, size, sha256: hash.digest('hex'), content };
  } finally {
    await handle.close();
  }
}

/** The bytes of a file from its beginning. While the caller works on one piece, the next is read. A piece is valid until the caller asks for the next. */
async function* chunksOf(handle: FileHandle): AsyncGenerator<Uint8Array> {
  let at = 0;
  const read = (buffer: Buffer) => handle.read(buffer, 0, chunk, at);
  let [filled, next] = [Buffer.allocUnsafe(chunk), Buffer.allocUnsafe(chunk)];
  let reading = read(next);
  for (;;) {
    const { bytesRead } = await unlessUnreadable(() => reading);
    if (bytesRead === 0) return;
    at += bytesRead;
    [filled, next] = [next, filled];
    reading = read(next);
    // The caller may give up before it looks.
    reading.catch(() => {});
    yield filled.subarray(0, bytesRead);
  }
}

/** Opens regular files only: a pipe or a device may have no end. O_NONBLOCK, because opening a pipe may block for ever. */
async function openRegular(path: string): Promise<FileHandle> {
  const handle = await open(bytesOfPath(path), constants.O_RDONLY | constants.O_NONBLOCK);
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new Failure('file.unreadable', 'It is not a regular file.');
}

export function readerOf(handle: FileHandle, size: number): ReadAt {
  return async (offset, length) => {
    const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
    if (buffer.length === 0) return buffer;
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset);
    return buffer.subarray(0, bytesRead);
  };
}

async function unlessUnreadable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('file.unreadable', 'The file cannot be read.', { cause: error });
  }
}
