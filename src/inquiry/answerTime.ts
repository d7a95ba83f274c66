import type { Clock } from '../scan/clock.ts';
import { longestCounted } from '../scan/limits.ts';

/** Measures the time in which the engine could have answered a poll, in ms: not while the call waits for its turn. */
export function createAnswerTime(clock: Clock) {
  let since = clock.now();
  let passed = 0;
  let isPaused = false;

  /** Adds the time since the last call. The clock may have been set back. */
  function measure(): void {
    if (!isPaused) passed += Math.max(clock.now() - since, 0);
    since = clock.now();
  }

  return {
    pause(waits: boolean): void {
      measure();
      isPaused = waits;
    },
    /** Begins at zero: until now the engine could not be reached. */
    restart(): void {
      measure();
      passed = 0;
    },
    passed(): number {
      measure();
      return Math.min(passed, longestCounted);
    },
  };
}
