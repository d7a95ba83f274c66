import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { readContent } from '../content/content.ts';
import { watchdog } from '../http/watchdog.ts';
import type { Clock } from '../scan/clock.ts';
import { Failure } from '../scan/failure.ts';
import type { ScannedFile } from '../scan/scan.ts';
import { openBody } from './body.ts';
import { broken, keeping } from './failures.ts';
import { readerOf } from './localFile.ts';
import { writerTo } from './writer.ts';

export interface Transfer {
  url: URL;
  hosts: readonly string[];
  /** The path of the copy. An existing file is overwritten. */
  path: string;
  /** The size that the message declared, in bytes; undefined when it declared none. */
  declared: number | undefined;
  limit: number;
  clock: Clock;
  signal: AbortSignal;
  progress(bytes: number): void;
}

/** The download ends after this many ticks of the watchdog without a byte. */
const silentTicks = 3;
/** How far a file may exceed its declared size, in bytes. */
const slack = 4096;

/** Downloads and hashes one file. Tries once. Every error is a `Failure`. */
export async function transfer(job: Transfer): Promise<ScannedFile> {
  const watch = watchdog(job.clock, job.signal, silentTicks);
  try {
    return await copy(job, watch.signal, watch.moved);
  } catch (error) {
    job.signal.throwIfAborted();
    if (error instanceof Failure) throw error;
    throw new Failure('download.failed', watch.isStalled() ? 'The host fell silent.' : broken(error));
  } finally {
    watch.rest();
  }
}

async function copy(job: Transfer, signal: AbortSignal, arrived: () => void): Promise<ScannedFile> {
  const body = await openBody(job.url, { hosts: job.hosts, now: job.clock.now(), signal });
  const { path, declared, progress } = job;
  const stop = () => body.stream.destroy(new Error('aborted'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    checkSize(body.length ?? 0, job);
    const file = await keeping(() => open(path, 'w+', 0o600));
    try {
      const hash = createHash('sha256');
      const writer = writerTo(file);
      let size = 0;
      progress(0);
      const chunks: AsyncIterable<Uint8Array> = body.stream;
      for await (const bytes of chunks) {
        arrived();
        size += bytes.length;
        checkSize(size, job);
        await writer.write(bytes);
        hash.update(bytes);
        progress(size);
      }
      signal.throwIfAborted();
      if (size < Math.max(declared ?? 0, body.length ?? 0))
        throw new Failure('download.failed', 'The file ended early.');
      await writer.end();
      const content = await readContent(readerOf(file, size), size);
      return { path, spooled: true, size, sha256: hash.digest('hex'), content };
    } finally {
      await keeping(() => file.close());
    }
  } finally {
    signal.removeEventListener('abort', stop);
    body.stream.destroy();
  }
}

function checkSize(size: number, { limit, declared }: Transfer): void {
  if (size > limit) throw new Failure('file.tooLarge', `The file has more than ${limit} bytes.`);
  if (declared !== undefined && size > declared + slack)
    throw new Failure('download.oversized', 'The file is larger than declared.');
}
