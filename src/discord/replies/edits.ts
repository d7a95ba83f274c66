import { backoff } from '../../inquiry/retry.ts';
import type { Clock } from '../../scan/clock.ts';

/** At most one edit of a reply in this time, in ms. */
const every = 2_000;
/** After these failures in a row, about a day's, an edit is given up until something changes. */
const mostFailures = 1_500;

export interface Edits {
  /** What is shown has changed. Many calls become one edit, and the last one is never left out. */
  touch(): void;
}

/** Keeps a message up to date by calling `send`, which shows how things are at that moment. */
export function createEdits(
  send: () => Promise<void>,
  clock: Clock,
  stop: AbortSignal,
  failed: (error: unknown) => void,
): Edits {
  let changed = false;
  let busy = false;

  async function work(): Promise<void> {
    busy = true;
    try {
      for (let failures = 0; changed && !stop.aborted; ) {
        changed = false;
        try {
          await send();
          failures = 0;
          await clock.sleep(every, stop);
        } catch (error) {
          if (stop.aborted) return;
          failed(error);
          if (++failures >= mostFailures) return;
          changed = true;
          await clock.sleep(backoff(failures), stop).catch(() => {});
        }
      }
    } finally {
      busy = false;
    }
  }

  return {
    touch() {
      changed = true;
      if (!busy) void work();
    },
  };
}
