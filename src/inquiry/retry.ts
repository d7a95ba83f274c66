import type { Clock } from '../scan/clock.ts';
import { isPassing } from '../scan/failure.ts';
import { longestRetryAfter, tries } from '../scan/limits.ts';

const first = 1_000;
const longest = 60_000;

/**
 * How long to wait after try number `attempt`, in ms: doubling from one second to one minute, with the upper half random so
 * that many callers do not return at once. Never shorter than the other side asked for (`retryAfter`, at most an hour).
 */
export function backoff(attempt: number, retryAfter = 0, random = Math.random()): number {
  const step = Math.min(longest, first * 2 ** (attempt - 1));
  return Math.max(Math.min(retryAfter, longestRetryAfter), step / 2 + (step / 2) * random);
}

/** Repeats `work` after passing failures, `tries` times at most. Throws the last one, and every other error at once. */
export async function withRetries<T>(work: () => Promise<T>, clock: Clock, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || attempt >= tries) throw error;
      await clock.sleep(backoff(attempt, error.retryAfter), signal);
    }
  }
}
