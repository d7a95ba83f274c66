import type { Clock } from '../scan/clock.ts';

/** Things to be done later, which can be called off one by one or all together. */
export interface Timers {
  /** Answers with a way to call it off. */
  after(ms: number, act: () => void): () => void;
  stop(): void;
}

/** Each wait has a signal of its own: with one for all, each new wait would cost a walk over the others. */
export function createTimers(clock: Clock): Timers {
  const waits = new Set<AbortController>();
  let stopped = false;

  return {
    after(ms, act) {
      const wait = new AbortController();
      if (stopped) return () => {};
      waits.add(wait);
      const rung = () => {
        waits.delete(wait);
        act();
      };
      clock.sleep(ms, wait.signal).then(rung, () => {});
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
