import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { ReadAt } from '../content/bytes.ts';
import { readContent } from '../content/content.ts';
import { bytesOfPath } from '../content/path.ts';
import { Failure } from '../scan/failure.ts';
import type { ScannedFile } from '../scan/scan.ts';

/** Computes all hashes of a file in one pass. */
export function digesting() {
  const [sha256, sha1, md5] = [createHash('sha256'), createHash('sha1'), createHash('md5')];
  return {
    update(chunk: Uint8Array): void {
      for (const hash of [sha256, sha1, md5]) hash.update(chunk);
    },
    done: () => ({ sha256: sha256.digest('hex'), sha1: sha1.digest('hex'), md5: md5.digest('hex') }),
  };
}

/** How much is read at a time, in bytes. */
const chunk = 256 * 1024;

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
    const digests = digesting();
    const buffer = Buffer.allocUnsafe(chunk);
    let size = 0;
    progress(0);
    for (;;) {
      const { bytesRead } = await unlessUnreadable(() => handle.read(buffer, 0, chunk, size));
      signal.throwIfAborted();
      if (bytesRead === 0) break;
      size += bytesRead;
      if (size > limit) throw new Failure('file.tooLarge', `The file has more than ${limit} bytes.`);
      digests.update(buffer.subarray(0, bytesRead));
      progress(size);
    }
    const content = await unlessUnreadable(() => readContent(readerOf(handle, size), size));
    return { path, spooled: false, size, ...digests.done(), content };
  } finally {
    await handle.close();
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
