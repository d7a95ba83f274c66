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
import { copiesIn, createSpool, type SpoolOwner, sizeOf } from './spool.ts';
import { transfer } from './transfer.ts';

export interface DownloadOptions {
  /** The folder for copies. Created if it is missing. */
  dir: string;
  /** This process among those that use the folder. */
  owner: SpoolOwner;
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
/**
 * The shares of the budget that copies may fill while they wait. What is left is for files that are only hashed. Files of
 * commands go first: nobody can get a new link to one later.
 */
const keptShare = { ofCommands: 0.6, ofMessages: 0.3 };
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
  const { dir, owner, hosts, clock, refresh, limit = largestFile, concurrency = 4, budget = 5 * gibibyte } = options;
  const spool = createSpool(dir, owner);
  const slots = createSlots(concurrency, budget);
  const peeks = createSlots(peeksAtOnce, Number.POSITIVE_INFINITY);
  /** The size of each copy in bytes, by path; 0 while it is being made. */
  const copies = new Map<string, number>();

  /** Downloads to a path. `keeps` decides whether the copy stays. */
  async function download(
    source: Attachment,
    path: string,
    { signal, progress, keeps }: { signal: AbortSignal; progress: Progress; keeps(file: ScannedFile): boolean },
  ): Promise<ScannedFile> {
    const link = linkTo(source, { hosts, clock, refresh, signal });
    if ((source.size ?? 0) > limit)
      throw new Failure('file.tooLarge', `The file is declared to have more than ${limit} bytes.`);

    const slot = await slots.take(Math.max(0, source.size ?? guessedSize), signal, () => progress(undefined));
    // A copy that was there and is gone gives its bytes back.
    slots.free(copies.get(path) ?? 0);
    copies.set(path, 0);
    try {
      await keeping(spool.make);
      const job = { hosts, path, declared: source.size, limit, clock, signal, progress: spaced(progress, clock) };
      const file = await retried(link, (url) => transfer({ ...job, url }), clock, signal);
      progress(file.size);
      if (keeps(file)) copies.set(path, file.size);
      return file;
    } finally {
      const kept = copies.get(path) ?? 0;
      if (kept === 0) {
        copies.delete(path);
        // If this fails, another process deletes the copy when this one is dead.
        await spool.remove(path).catch(() => {});
      }
      slot.end(kept);
    }
  }

  /** Whether there is room for a copy that waits until it is uploaded. */
  function hasRoom({ messageId }: Attachment, size: number): boolean {
    const kept = Array.from(copies.values()).reduce((sum, bytes) => sum + bytes, 0);
    const share = messageId === undefined ? keptShare.ofCommands : keptShare.ofMessages;
    return kept + size <= budget * share;
  }

  /** Finds a copy at its path, or takes it over from another process. */
  async function hasCopy({ path, size }: ScannedFile, left = path): Promise<boolean> {
    const isThere = (await sizeOf(path)) === size || ((await spool.take(left)) && (await sizeOf(path)) === size);
    if (isThere && spool.owns(path) && !copies.has(path)) {
      copies.set(path, size);
      slots.hold(size);
    }
    return isThere;
  }

  return {
    async fetch(source, signal, progress, keep = true) {
      if (source.kind === 'attachment') {
        const keeps = ({ size }: ScannedFile) => keep && hasRoom(source, size);
        return download(source, spool.place(), { signal, progress, keeps });
      }
      const file = await readLocal({ path: source.path, limit, signal, progress: spaced(progress, clock) });
      progress(file.size);
      return file;
    },
    async adopt(file) {
      const own = { ...file, path: file.spooled ? spool.ownPath(file.path) : file.path };
      await hasCopy(own, file.path);
      return own;
    },
    async provide(file, source, signal) {
      if (source.kind === 'path' || (await hasCopy(file))) return;
      const isSame = ({ sha256 }: ScannedFile) => sha256 === file.sha256;
      const again = await download(source, file.path, { signal, progress() {}, keeps: isSame });
      if (!isSame(again)) throw new Failure('download.changed', 'The link leads to other bytes than before.');
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
    async drop({ path, spooled }) {
      if (!spooled || !spool.owns(path)) return;
      await spool.remove(path);
      slots.free(copies.get(path) ?? 0);
      copies.delete(path);
    },
    keepOnly: (named) => spool.clean(new Set(named.flatMap(copiesIn))),
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

/** Reports the first number and each 0, with which a try begins, at once; others at most every `progressEvery` ms. */
function spaced(progress: Progress, clock: Clock): (bytes: number) => void {
  let told = Number.NEGATIVE_INFINITY;
  return (bytes) => {
    const now = clock.now();
    if (bytes > 0 && Math.abs(now - told) < progressEvery) return;
    told = now;
    progress(bytes);
  };
}
