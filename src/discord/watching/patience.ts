import type { Clock } from '../../scan/clock.ts';
import { storeRetry } from '../../scan/limits.ts';

interface PatienceParts {
  clock: Clock;
  stop: AbortSignal;
  failed(error: unknown, message: string): void;
}

/** Work on messages that ends no process when it fails. */
export function createPatience({ clock, stop, failed }: PatienceParts) {
  /** Never rejects. */
  async function guarded(message: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!stop.aborted) failed(error, message);
    }
  }

  /** Tries again while something of ours fails for a while, such as the store: a message is watched to its end. */
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
