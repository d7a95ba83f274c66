import type { Clock } from '../scan/clock.ts';
import { isPassing } from '../scan/failure.ts';
import { longestRetryAfter, tries } from '../scan/limits.ts';

const first = 1_000;
const longest = 60_000;

/**
 * How long to wait before try number `attempt` + 1, in ms: doubling from a second to a minute, the upper half of it by
 * chance so that many do not come back at once; never sooner than the other side asked, but within an hour.
 */
export function backoff(attempt: number, retryAfter = 0, random = Math.random()): number {
  const step = Math.min(longest, first * 2 ** (attempt - 1));
  return Math.max(Math.min(retryAfter, longestRetryAfter), step / 2 + (step / 2) * random);
}

/** Does `work` until it works: passing trouble is waited out, up to `tries` times; anything else is thrown at once. */
export async function persistently<T>(work: () => Promise<T>, clock: Clock, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || attempt >= tries) throw error;
      await clock.sleep(backoff(attempt, error.retryAfter), signal);
    }
  }
}
