import { open } from 'node:fs/promises';
import { z } from 'zod';
import type { Clock } from '../scan/clock.ts';
import { Failure } from '../scan/failure.ts';
import type { ScannedFile } from '../scan/scan.ts';
import { openBody } from './body.ts';
import { readContent } from './content.ts';
import { digesting } from './digests.ts';
import { readerOf } from './file.ts';
import { idleWatch } from './idle.ts';

export interface Transfer {
  url: URL;
  hosts: readonly string[];
  /** Where the copy goes. What is there is written over. */
  path: string;
  /** As the message said, in bytes. */
  declared: number;
  limit: number;
  clock: Clock;
  signal: AbortSignal;
  progress(bytes: number): void;
}

/** How far a file may exceed its declared size, in bytes. */
const slack = 4096;

/** Copies one file, hashing on the way. A try: it fails with whatever goes wrong, as a `Failure`. */
export async function transfer(job: Transfer): Promise<ScannedFile> {
  const watch = idleWatch(job.clock, job.signal);
  try {
    return await copy(job, watch.signal, watch.arrived);
  } catch (error) {
    job.signal.throwIfAborted();
    if (error instanceof Failure) throw error;
    throw new Failure('download.failed', watch.signal.aborted ? 'The host fell silent.' : broken(error));
  } finally {
    watch.end();
  }
}

async function copy(job: Transfer, signal: AbortSignal, arrived: () => void): Promise<ScannedFile> {
  const body = await openBody(job.url, job.hosts, job.clock.now(), signal);
  const { path, declared, progress } = job;
  const stop = () => body.stream.destroy(new Error('aborted'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    checkSize(body.length ?? 0, job);
    const file = await open(path, 'w+', 0o600);
    try {
      const digests = digesting();
      let size = 0;
      progress(0);
      const chunks: AsyncIterable<Uint8Array> = body.stream;
      for await (const bytes of chunks) {
        arrived();
        size += bytes.length;
        checkSize(size, job);
        digests.update(bytes);
        await file.writeFile(bytes);
        progress(size);
      }
      signal.throwIfAborted();
      if (size < Math.max(declared, body.length ?? 0)) throw new Failure('download.failed', 'The file ended early.');
      return { path, spooled: true, size, ...digests.done(), content: await readContent(readerOf(file, size), size) };
    } finally {
      await file.close();
    }
  } finally {
    signal.removeEventListener('abort', stop);
    body.stream.destroy();
  }
}

function checkSize(size: number, { limit, declared }: Transfer): void {
  if (size > limit) throw new Failure('file.tooLarge', `The file has more than ${limit} bytes.`);
  if (size > declared + slack) throw new Failure('download.oversized', 'The file is larger than declared.');
}

const codedSchema = z.object({ code: z.string().regex(/^\w{1,40}$/) });

/** Only the code: an error of axios holds the address, whose signature opens the file. */
function broken(error: unknown): string {
  return `The download broke off (${codedSchema.safeParse(error).data?.code ?? 'no code'}).`;
}
