import type { Clock } from '../../src/scan/clock.ts';

const discordEpoch = Date.UTC(2015, 0, 1);

/** Ids as Discord makes them: milliseconds since 2015 above 22 bits of counter. They rise even when the clock is set back. */
export function snowflakes(clock: Clock): () => string {
  let last = 0n;
  return () => {
    const fromClock = BigInt(Math.floor(clock.now()) - discordEpoch) << 22n;
    last = fromClock > last ? fromClock : last + 1n;
    return String(last);
  };
}
