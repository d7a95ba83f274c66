import type { Clock } from '../scan/clock.ts';

/** The time, and things to be done later. */
export interface Timers {
  /** What people's clocks say: ms since the epoch. */
  now(): number;
  /** Ms that never run backwards: when the clock is set back, they continue from where they were. */
  steady(): number;
  /** Calls `act` after `ms`. Returns a function that cancels it. */
  after(ms: number, act: () => void): () => void;
  /** Cancels everything. */
  stop(): void;
}

/** Each wait has a signal of its own: with one signal for all, each new wait would cost a walk over the others. */
export function createTimers(clock: Clock): Timers {
  const waits = new Set<AbortController>();
  let stopped = false;
  let last = clock.now();
  let setBack = 0;

  return {
    now: () => clock.now(),
    steady() {
      const now = clock.now();
      if (now < last) setBack += last - now;
      last = now;
      return now + setBack;
    },
    after(ms, act) {
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
    stop() {
      stopped = true;
      for (const wait of waits) wait.abort();
      waits.clear();
    },
  };
}

/** Returns a function that has `wake` called after so many ms at the latest. Of several requests the soonest counts. */
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
