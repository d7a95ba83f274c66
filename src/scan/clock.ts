import { onAbort } from './abort.ts';

/** Time as the project sees it. Tests and the sandbox move it; nothing else may ask the system for the time or wait. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A limit on how long work may take: `signal` fires after `ms`, unless `clear` is called first. */
export function startDeadline(clock: Clock, ms: number, reason = new Error('too late')) {
  const late = new AbortController();
  const over = new AbortController();
  clock.sleep(ms, over.signal).then(
    () => late.abort(reason),
    () => {},
  );
  return { signal: late.signal, clear: () => over.abort() };
}

/** setTimeout counts in 32 bits and fires at once for more. */
const longestTimer = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(ms, signal) {
    for (let left = ms; left > 0; left -= longestTimer) await timer(Math.min(left, longestTimer), signal);
  },
};

function timer(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const handle = setTimeout(() => {
      forget?.();
      resolve();
    }, ms);
    const forget =
      signal &&
      onAbort(signal, () => {
        clearTimeout(handle);
        reject(signal.reason);
      });
  });
}
