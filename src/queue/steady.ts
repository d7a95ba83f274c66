import type { Clock } from '../scan/clock.ts';

/** The clock's time, but when the clock is set back it goes on from where it was: what is waited for never moves away. */
export function steadyTime(clock: Clock): () => number {
  let last = clock.now();
  let ahead = 0;
  return () => {
    const now = clock.now();
    if (now < last) ahead += last - now;
    last = now;
    return now + ahead;
  };
}
