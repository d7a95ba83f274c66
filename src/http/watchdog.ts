import { onAbort } from '../scan/abort.ts';
import type { Clock } from '../scan/clock.ts';

export interface Watchdog {
  /** Fires when no bytes move for too long, or when the request is no longer wanted. */
  signal: AbortSignal;
  /** Whether it fired because no bytes moved. */
  isStalled(): boolean;
  /** Call it when bytes were sent or received. */
  moved(): void;
  /** Call it when the request is over. */
  rest(): void;
}

/** In ms. */
const tick = 15_000;

/**
 * Ends a request after `silentTicks` ticks of 15 s in which no bytes moved. It counts ticks instead of comparing times: when
 * the clock jumps, as after the machine slept, only one tick passes, and a request in flight can still continue.
 */
export function watchdog(clock: Clock, wanted: AbortSignal, silentTicks: number): Watchdog {
  const request = new AbortController();
  const over = new AbortController();
  let silent = 0;
  let stalled = false;
  const forget = onAbort(wanted, () => request.abort());
  watch().catch(() => {});

  /** Rejects when the request is over, which ends the loop. */
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
      forget();
      over.abort();
    },
  };
}
