import type { Clock } from '../scan/clock.ts';
import { Timers } from './timers.ts';

/** So many different calls must fail without a success between them, so that one file that always fails holds up nobody else. */
const enoughCalls = 3;
/** Less is enough if the service does not even tell the usage. */
const enoughWithUsage = 2;
/** How long after the beginning the service is tried, and how long at most between two tries, in ms. The time doubles with each try. */
const [firstDelay, longestDelay] = [5_000, 180_000];

/** Stands for reading the usage where a call is named. */
export const usageCall = 'usage';

export type OutageEvent = { event: 'outage' } | { event: 'outageOver' };
export type Outage = ReturnType<typeof createOutage>;

/** Whether the service is out of order. The schedulers of all keys may share one, since they use the same service. */
export function createOutage(clock: Clock, log: (event: OutageEvent) => void) {
  const timers = new Timers(clock);
  /** What has failed since the last success. */
  const failing = new Set<string>();
  const listeners = new Set<() => void>();
  let out: { tryAt: number; delay: number } | undefined;

  function set(next: typeof out): void {
    out = next;
    log({ event: out ? 'outage' : 'outageOver' });
    for (const changed of [...listeners]) changed();
  }

  return {
    isOut: () => out !== undefined,
    /** Milliseconds until the next try. */
    untilTry: () => (out ? Math.max(0, out.tryAt - timers.steady()) : 0),
    /** Whether that call has failed since the last success. */
    hasFailed: (call: string) => failing.has(call),
    /** Records that the service did not answer a call, named by its subject. */
    failed(call: string): void {
      failing.add(call);
      if (out || failing.size < (failing.has(usageCall) ? enoughWithUsage : enoughCalls)) return;
      set({ tryAt: timers.steady() + firstDelay, delay: firstDelay });
    },
    /** Records that the service has answered a call. It may tell the usage and nothing else, so that ends no outage. */
    succeeded(call: string): void {
      failing.delete(call);
      if (call === usageCall) return;
      failing.clear();
      if (out) set(undefined);
    },
    /** Whether the caller is the one who tries the service now. Sets the time of the next try. */
    claimTry(): boolean {
      if (!out || out.tryAt > timers.steady()) return false;
      const delay = Math.min(out.delay * 2, longestDelay);
      out = { tryAt: timers.steady() + delay, delay };
      return true;
    },
    /** Calls `changed` when an outage begins or ends. Returns a function that stops that. */
    listen(changed: () => void): () => void {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
  };
}
