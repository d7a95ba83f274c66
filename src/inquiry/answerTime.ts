import type { Clock } from '../scan/clock.ts';
import { longestCounted } from '../scan/limits.ts';

/**
 * Measures for how long the engine could have answered a poll, in ms. The time in which the call waits for its turn does not
 * count.
 */
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
    /** Starts again at zero, because the engine could not be reached until now. */
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
