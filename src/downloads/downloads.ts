import { backoff } from '../inquiry/retry.ts';
import type { Clock } from '../scan/clock.ts';
import { Failure, isPassing } from '../scan/failure.ts';
import { largestFile } from '../scan/limits.ts';
import type { Downloads } from '../scan/ports.ts';
import type { ScannedFile } from '../scan/scan.ts';
import { keeping } from './failures.ts';
import { type Attachment, type Link, linkTo, type Refresh } from './link.ts';
import { readLocal } from './localFile.ts';
import { peekAt } from './peek.ts';
import { createSlots } from './slots.ts';
import { createSpool, sizeOf } from './spool.ts';
import { transfer } from './transfer.ts';

export interface DownloadOptions {
  /** The folder for copies. Only one process may use it. Created if it is missing. */
  dir: string;
  /** The hosts that downloads and their redirects may go to: "host" or "host:port". Always https, except for loopback hosts. */
  hosts: readonly string[];
  clock: Clock;
  refresh?: Refresh;
  /** The largest file, in bytes. */
  limit?: number;
  /** How many downloads may run at once. */
  concurrency?: number;
  /** How many bytes all copies together may have. A file larger than this is downloaded alone. */
  budget?: number;
}

const gibibyte = 1024 ** 3;
const tries = 4;
/** The size that a file of unknown size counts with in the budget, in bytes. */
const guessedSize = 25 * 1024 ** 2;
/** How many peeks may run at once. They have slots of their own, so that they do not wait for whole files. */
const peeksAtOnce = 8;
/** A download is not tried again if the host asks for a longer wait than this, in ms. */
const longestWait = 10 * 60_000;
/** The least time between two reports of progress, in ms. */
const progressEvery = 250;

type Progress = (bytes: number | undefined) => void;

export function createDownloads(options: DownloadOptions): Downloads {
  const { dir, hosts, clock, refresh, limit = largestFile, concurrency = 4, budget = 5 * gibibyte } = options;
  const spool = createSpool(dir);
  const slots = createSlots(concurrency, budget);
  const peeks = createSlots(peeksAtOnce, Number.POSITIVE_INFINITY);
  /** The size of each copy in bytes, by path; 0 while it is being made. */
  const copies = new Map<string, number>();

  async function fetchCopy(source: Attachment, signal: AbortSignal, progress: Progress): Promise<ScannedFile> {
    const link = linkTo(source, { hosts, clock, refresh, signal });
    if ((source.size ?? 0) > limit)
      throw new Failure('file.tooLarge', `The file is declared to have more than ${limit} bytes.`);

    const slot = await slots.take(Math.max(0, source.size ?? guessedSize), signal, () => progress(undefined));
    const path = spool.place();
    copies.set(path, 0);
    try {
      await keeping(spool.make);
      const job = { hosts, path, declared: source.size, limit, clock, signal, progress: spaced(progress, clock) };
      const file = await retried(link, (url) => transfer({ ...job, url }), clock, signal);
      copies.set(path, file.size);
      progress(file.size);
      return file;
    } catch (error) {
      copies.delete(path);
      // If this fails, the next start deletes the copy.
      await spool.remove(path).catch(() => {});
      throw error;
    } finally {
      slot.end(copies.get(path) ?? 0);
    }
  }

  return {
    async fetch(source, signal, progress) {
      if (source.kind === 'attachment') return fetchCopy(source, signal, progress);
      const file = await readLocal({ path: source.path, limit, signal, progress: spaced(progress, clock) });
      progress(file.size);
      return file;
    },
    async peek(source, signal) {
      if (source.kind === 'path') return (await readLocal({ path: source.path, limit, signal, progress() {} })).content;
      const link = linkTo(source, { hosts, clock, refresh, signal });
      const slot = await peeks.take(0, signal, () => {});
      try {
        if (link.isExpired()) await link.renew();
        return await unlessGone(link, (url) => peekAt({ url, hosts, declared: source.size, clock, signal }));
      } finally {
        slot.end(0);
      }
    },
    async has(file) {
      return (await sizeOf(file.path)) === file.size;
    },
    async drop({ path, spooled }) {
      if (!spooled || !spool.owns(path)) return;
      await spool.remove(path);
      slots.free(copies.get(path) ?? 0);
      copies.delete(path);
    },
    async keepOnly(files) {
      const wanted = new Set(files.map(({ path }) => path));
      for (const path of await spool.paths()) {
        if (copies.has(path)) continue;
        if (!wanted.has(path)) {
          await spool.remove(path);
          continue;
        }
        const size = (await sizeOf(path)) ?? 0;
        copies.set(path, size);
        slots.hold(size);
      }
    },
  };
}

/** Repeats `work` after passing failures, `tries` times at most, and renews the link when it has expired. */
async function retried<T>(link: Link, work: (url: URL) => Promise<T>, clock: Clock, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (link.isExpired()) await link.renew();
      return await unlessGone(link, work);
    } catch (error) {
      signal.throwIfAborted();
      if (!isPassing(error) || attempt >= tries || (error.retryAfter ?? 0) > longestWait) throw error;
      await clock.sleep(backoff(attempt, error.retryAfter), signal);
    }
  }
}

/** Runs `work`. If the link does not work any more, renews it and runs `work` once more. */
async function unlessGone<T>(link: Link, work: (url: URL) => Promise<T>): Promise<T> {
  try {
    return await work(link.url());
  } catch (error) {
    const isGone = error instanceof Failure && error.code === 'download.gone';
    if (!isGone || !(await link.renew())) throw error;
    return work(link.url());
  }
}

/** Reports the first figure at once and later ones at most every `progressEvery` ms. */
function spaced(progress: Progress, clock: Clock): (bytes: number) => void {
  let told = Number.NEGATIVE_INFINITY;
  return (bytes) => {
    const now = clock.now();
    if (bytes > 0 && Math.abs(now - told) < progressEvery) return;
    told = now;
    progress(bytes);
  };
}
