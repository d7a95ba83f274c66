import type { FileHandle } from 'node:fs/promises';
import { keeping } from './failures.ts';

/** How much is written at a time, in bytes. */
const pieceSize = 1024 * 1024;

/** Writes to the end of a file in large pieces, while the caller receives and hashes the next one. Fails with `file.noRoom`. */
export function writerTo(file: FileHandle) {
  let waiting: Uint8Array[] = [];
  let size = 0;
  let writing: Promise<void> = Promise.resolve();

  async function flush(): Promise<void> {
    await writing;
    const piece = Buffer.concat(waiting, size);
    waiting = [];
    size = 0;
    writing = keeping(() => file.writeFile(piece));
    // The next call of `write` or `end` throws the error.
    writing.catch(() => {});
  }

  return {
    /** Takes the bytes over. Waits only while a whole piece is still being written. */
    async write(bytes: Uint8Array): Promise<void> {
      waiting.push(bytes);
      size += bytes.length;
      if (size >= pieceSize) await flush();
    },
    /** Resolves when everything is written. */
    async end(): Promise<void> {
      await flush();
      await writing;
    },
  };
}
