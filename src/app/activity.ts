import type { Clock } from '../scan/clock.ts';

/** So long nothing must begin before all counts as over: what follows a request, such as writing it down, begins at once. Ms. */
const quiet = 100;

/** What is under way and should come to its end before somebody else goes on with it. */
export interface Activity {
  during<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when nothing is under way any more, and after `ms` at the latest. */
  over(ms: number): Promise<void>;
}

export function createActivity(clock: Clock): Activity {
  let [running, begun] = [0, 0];
  return {
    async during(work) {
      running += 1;
      begun += 1;
      try {
        return await work();
      } finally {
        running -= 1;
      }
    },
    async over(ms) {
      const until = clock.now() + ms;
      for (let before = -1; clock.now() < until && (running > 0 || begun !== before); ) {
        before = begun;
        await clock.sleep(Math.min(quiet, until - clock.now()));
      }
    },
  };
}
