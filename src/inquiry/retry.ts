import type { Clock } from '../scan/clock.ts';
import { type Failure, isPassing } from '../scan/failure.ts';
import { longestRetryAfter, tries } from '../scan/limits.ts';

/** Both in ms. */
const [first, longest] = [1_000, 60_000];

/**
 * How long to wait after try number `attempt`, in ms. The wait doubles from one second to one minute; its upper half is
 * random, so that many callers do not return at once. It is never shorter than `retryAfter`, of which an hour counts at most.
 */
export function backoff(attempt: number, retryAfter = 0, random = Math.random()): number {
  const step = Math.min(longest, first * 2 ** (attempt - 1));
  return Math.max(Math.min(retryAfter, longestRetryAfter), step / 2 + (step / 2) * random);
}

/**
 * Repeats `work` after passing failures, up to `tries` times in all. `failed` hears of each before the wait. Throws the last
 * failure, and any other error at once.
 */
export async function withRetries<T>(
  work: () => Promise<T>,
  clock: Clock,
  signal: AbortSignal,
  failed: (failure: Failure) => void = () => {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || attempt >= tries) throw error;
      failed(error);
      await clock.sleep(backoff(attempt, error.retryAfter), signal);
    }
  }
}
