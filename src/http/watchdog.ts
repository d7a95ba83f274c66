import type { Clock } from '../scan/clock.ts';

export interface Watchdog {
  /** Aborted when nothing moves for too long or nobody wants the answer any more. */
  signal: AbortSignal;
  isStalled(): boolean;
  /** Bytes went or came: the silentTicks starts anew. */
  moved(): void;
  /** The request is over. */
  rest(): void;
}

const tick = 15_000;

/**
 * Ends a request after so many ticks of 15 s in which nothing moved. It counts ticks, not time: after a jump of the clock, as
 * when the machine slept, a request in flight has the other ticks left to go on.
 */
export function watchdog(clock: Clock, wanted: AbortSignal, silentTicks: number): Watchdog {
  const request = new AbortController();
  const over = new AbortController();
  let silent = 0;
  let stalled = false;
  const unwanted = () => request.abort();
  wanted.addEventListener('abort', unwanted, { once: true });
  watch().catch(() => {});

  /** Ends by its own rejection when the request is over. */
  async function watch() {
    for (; silent < silentTicks; silent += 1) await clock.sleep(tick, over.signal);
    stalled = true;
    request.abort();
  }

  return {
    signal: request.signal,
    isStalled: () => stalled,
    moved() {
      silent = 0;
    },
    rest() {
      wanted.removeEventListener('abort', unwanted);
      over.abort();
    },
  };
}
