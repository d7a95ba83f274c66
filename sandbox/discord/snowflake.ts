import { randomInt } from 'node:crypto';
import type { Clock } from '../../src/scan/clock.ts';

const discordEpoch = Date.UTC(2015, 0, 1);

/** Ids as Discord makes them: milliseconds since 2015 above 22 bits of counter. They rise even when the clock is set back. */
export function snowflakes(clock: Clock): () => string {
  let last = 0n;
  return () => {
    const fromClock = firstOf(clock.now());
    last = fromClock > last ? fromClock : last + 1n;
    return String(last);
  };
}

/** An id that was made at a moment of the past. */
export function snowflakeAt(ms: number): string {
  return String(firstOf(ms) + BigInt(randomInt(1 << 22)));
}

/** When an id was made, in milliseconds. */
export const timeOf = (id: string) => Number(BigInt(id) >> 22n) + discordEpoch;

const firstOf = (ms: number) => BigInt(Math.floor(ms) - discordEpoch) << 22n;
