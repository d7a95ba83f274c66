import type { Clock } from '../../scan/clock.ts';
import { storeRetry } from '../../scan/limits.ts';

interface PatienceParts {
  clock: Clock;
  stop: AbortSignal;
  failed(error: unknown, message: string): void;
}

/** Runs work on messages so that its failure does not end the process. */
export function createPatience({ clock, stop, failed }: PatienceParts) {
  /** Never rejects. */
  async function guarded(message: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!stop.aborted) failed(error, message);
    }
  }

  /** Repeats the work until it succeeds, because the store may fail for a while. */
  async function persistently(message: string, work: () => Promise<void>): Promise<void> {
    for (let isOver = false; !isOver && !stop.aborted; ) {
      await guarded(message, async () => {
        await work();
        isOver = true;
      });
      if (!isOver) await clock.sleep(storeRetry, stop).catch(() => {});
    }
  }

  return { guarded, persistently };
}
