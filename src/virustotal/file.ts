import { type FileHandle, open } from 'node:fs/promises';
import { Failure } from '../scan/failure.ts';

const chunkSize = 64 * 1024;

/** Opens the file that is to be sent, before anything is paid for. Close it when done. */
export async function openFile(path: string, size: number): Promise<FileHandle> {
  const file = await open(path).catch(() => undefined);
  const stat = await file?.stat().catch(() => undefined);
  if (file && stat?.isFile() && stat.size === size) return file;
  await file?.close();
  throw new Failure('file.unreadable', file ? 'the file is not what was hashed' : 'the file cannot be opened');
}

/** Its first `size` bytes. */
export async function* bytesOf(file: FileHandle, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < size; ) {
    const chunk = Buffer.allocUnsafe(Math.min(chunkSize, size - at));
    const { bytesRead } = await file.read(chunk, 0, chunk.length, at).catch(() => ({ bytesRead: 0 }));
    if (bytesRead === 0) throw new Failure('file.unreadable', 'the file ended early or cannot be read');
    at += bytesRead;
    yield chunk.subarray(0, bytesRead);
  }
}
