import type { Clock } from '../scan/clock.ts';
import { type Failure, isLasting, isPassing } from '../scan/failure.ts';
import { longestRetryAfter, outageDeadline, tries } from '../scan/limits.ts';
import { createPatience, type Patience } from './patience.ts';

/** Both in ms. */
const [first, longest] = [1_000, 60_000];

/**
 * How long to wait after try number `attempt`, in ms. The wait doubles from one second to one minute; its upper half is random,
 * so that many callers do not return at once. It is never shorter than `retryAfter`, which counts as an hour at most.
 */
export function backoff(attempt: number, retryAfter = 0, random = Math.random()): number {
  const step = Math.min(longest, first * 2 ** (attempt - 1));
  return Math.max(Math.min(retryAfter, longestRetryAfter), step / 2 + (step / 2) * random);
}

interface Retrying {
  clock: Clock;
  signal: AbortSignal;
  /** Called with each failure before the wait, and with the number of failures so far. If it throws, the tries end. */
  failed(failure: Failure, attempt: number): void;
}

/**
 * Repeats `work` after passing failures, up to `tries` times in all, and after lasting ones until `outageDeadline`. Throws the
 * last failure, and any other error at once. `work` tells what its call waits for, and ends with the signal.
 */
export async function withRetries<T>(
  work: (patience: Patience) => Promise<T>,
  { clock, signal, failed }: Retrying,
): Promise<T> {
  const since = clock.now();
  const patience = createPatience(clock, signal);
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work(patience);
      } catch (error) {
        if (patience.signal.aborted || !(isPassing(error) || isLasting(error))) throw error;
        const isOver = isLasting(error) ? clock.now() - since >= outageDeadline : true;
        if (attempt >= tries && isOver) throw error;
        failed(error, attempt);
        await clock.sleep(backoff(attempt, error.retryAfter), signal);
      }
    }
  } finally {
    patience.clear();
  }
}
