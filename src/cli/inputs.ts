import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Failure } from '../scan/failure.ts';
import { largestFile } from '../scan/limits.ts';
import type { Scan } from '../scan/scan.ts';
import { systemCode } from '../store/refused.ts';

/** A copy without a scan may still be growing in another process, unless it has not changed for this long, in ms. */
const leftAfter = 60 * 60_000;

/** Copies of standard input in the data directory. Each is deleted when its scan ends, whichever command sees that. */
export interface Inputs {
  /** Copies a stream to a file that nobody else may read, and returns its path. Rejects with a `Failure`. */
  copy(input: Readable, signal: AbortSignal): Promise<string>;
  /** Deletes the copy that a settled scan was made from, if it is one. */
  release(scan: Scan): void;
  /** Deletes copies that processes left when they were killed: those whose names stand in none of the texts, such as paths. */
  sweep(named: () => Promise<string[]>, now: number): Promise<void>;
  /** Resolves when what is being deleted is gone. */
  close(): Promise<void>;
}

export function openInputs(dataDir: string): Inputs {
  const folder = resolve(dataDir, 'stdin');
  const removals = new Set<Promise<void>>();
  const remove = (path: string) => rm(path, { force: true }).catch(() => {});

  return {
    async copy(input, signal) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, randomBytes(16).toString('hex'));
      try {
        await pipeline(input, limited, createWriteStream(path, { flags: 'wx', mode: 0o600 }), { signal });
        return path;
      } catch (error) {
        await remove(path);
        signal.throwIfAborted();
        throw error instanceof Failure ? error : unwritable(error);
      }
    },
    release({ stage, source }) {
      if (stage === 'settled' && source.kind === 'path' && dirname(source.path) === folder)
        removals.add(remove(source.path));
    },
    async sweep(named, now) {
      const names = await readdir(folder).catch(() => []);
      if (names.length === 0) return;
      const texts = await named();
      for (const name of names.filter((one) => !texts.some((text) => text.includes(one)))) {
        const path = join(folder, name);
        const changed = await stat(path).then(
          ({ mtimeMs }) => mtimeMs,
          () => now,
        );
        if (now - changed > leftAfter) await remove(path);
      }
    },
    async close() {
      await Promise.all(removals);
    },
  };
}

async function* limited(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > largestFile) throw new Failure('file.tooLarge', `Standard input has more than ${largestFile} bytes.`);
    yield chunk;
  }
}

function unwritable(cause: unknown): Failure {
  const isFull = ['ENOSPC', 'EDQUOT'].includes(systemCode(cause) ?? '');
  return new Failure(isFull ? 'file.noRoom' : 'file.unreadable', 'Standard input cannot be copied.', { cause });
}
