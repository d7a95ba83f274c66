import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { bytesOfPath } from '../content/path.ts';
import { Failure } from '../scan/failure.ts';

const chunkSize = 64 * 1024;

/** Opens the file to be sent before any request is made. The caller closes it. */
export async function openFile(path: string, size: number): Promise<FileHandle> {
  const file = await open(bytesOfPath(path)).catch(() => undefined);
  const stat = await file?.stat().catch(() => undefined);
  if (file && stat?.isFile() && stat.size === size) return file;
  await file?.close();
  throw new Failure('file.unreadable', file ? 'the file is not what was hashed' : 'the file cannot be opened');
}

interface Hashed {
  size: number;
  sha256: string;
}

/** Yields the file's first `size` bytes. Yields the last ones only if all of them together have the given hash. */
export async function* bytesOf(file: FileHandle, { size, sha256 }: Hashed): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for (let at = 0; at < size; ) {
    const chunk = Buffer.allocUnsafe(Math.min(chunkSize, size - at));
    const { bytesRead } = await file.read(chunk, 0, chunk.length, at).catch(() => ({ bytesRead: 0 }));
    if (bytesRead === 0) throw new Failure('file.unreadable', 'the file ended early or cannot be read');
    at += bytesRead;
    const bytes = chunk.subarray(0, bytesRead);
    hash.update(bytes);
    if (at === size) check(hash.digest('hex'), sha256);
    yield bytes;
  }
  if (size === 0) check(hash.digest('hex'), sha256);
}

function check(sha256: string, expected: string): void {
  if (sha256 !== expected.toLowerCase()) throw new Failure('file.unreadable', 'the file is not what was hashed');
}
