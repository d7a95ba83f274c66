import type { Clock } from '../scan/clock.ts';

export type Timers = ReturnType<typeof createTimers>;

/** The time, and calls at a later time. Each wait has its own signal: the cost of a wait grows with the listeners of its signal. */
export function createTimers(clock: Clock) {
  const waits = new Set<AbortController>();
  let stopped = false;
  let last = clock.now();
  let setBack = 0;

  return {
    /** Milliseconds since the epoch. */
    now: () => clock.now(),
    /** Milliseconds that never run backwards. When the clock is set back, they continue from where they were. */
    steady(): number {
      const now = clock.now();
      if (now < last) setBack += last - now;
      last = now;
      return now + setBack;
    },
    /** Calls `act` after `ms`. Returns a function that cancels it. */
    after(ms: number, act: () => void): () => void {
      const wait = new AbortController();
      if (stopped) return () => {};
      waits.add(wait);
      const ring = () => {
        waits.delete(wait);
        act();
      };
      clock.sleep(ms, wait.signal).then(ring, () => {});
      return () => {
        waits.delete(wait);
        wait.abort();
      };
    },
    /** Cancels all calls. */
    stop(): void {
      stopped = true;
      for (const wait of waits) wait.abort();
      waits.clear();
    },
  };
}

/** Returns a function that has `wake` called after the given ms. Of several requests only the soonest counts. */
export function createAlarm({ steady, after }: Timers, wake: () => void): (ms: number) => void {
  let alarm: { at: number; cancel(): void } | undefined;

  return (ms) => {
    const at = steady() + ms;
    if (alarm && alarm.at <= at) return;
    alarm?.cancel();
    const cancel = after(ms, () => {
      alarm = undefined;
      wake();
    });
    alarm = { at, cancel };
  };
}

/** The result of `work`. If the signal fires first, throws its reason; the work itself continues. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
