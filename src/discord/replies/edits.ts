import { backoff } from '../../inquiry/retry.ts';
import type { Clock } from '../../scan/clock.ts';

/** The least time between two edits of a message, in ms. */
const every = 2_000;
/** After this many failures in a row, about a day's, edits stop until `touch` is called again. */
const mostFailures = 1_500;

export interface Edits {
  /** Call it when the message's content has changed. Several calls become one edit. The last change is always shown. */
  touch(): void;
  /** Like `touch`, but ends the pause after a failure, for a change that cannot wait. */
  hurry(): void;
}

/** Keeps a message up to date by calling `send`, which shows the state at that moment. */
export function createEdits(
  send: () => Promise<void>,
  clock: Clock,
  stop: AbortSignal,
  failed: (error: unknown) => void,
): Edits {
  let changed = false;
  let busy = false;
  let failures = 0;
  let pause = new AbortController();

  async function work(): Promise<void> {
    busy = true;
    try {
      for (failures = 0; changed && !stop.aborted; ) {
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
          pause = new AbortController();
          await clock.sleep(backoff(failures), AbortSignal.any([stop, pause.signal])).catch(() => {});
        }
      }
    } finally {
      busy = false;
    }
  }

  function touch(): void {
    changed = true;
    if (!busy) void work();
  }

  return {
    touch,
    hurry() {
      failures = 0;
      pause.abort();
      touch();
    },
  };
}
