import { randomBytes } from 'node:crypto';
import type { ScanStore } from '../scan/ports.ts';

/** Draws the salt of a store when it is first needed. `turn` runs one call after the other. */
export function saltIn(place: {
  get(): Promise<string | undefined>;
  set(salt: string): Promise<unknown>;
  turn(work: () => Promise<string>): Promise<string>;
}): ScanStore['salt'] {
  return () =>
    place.turn(async () => {
      const stored = await place.get();
      if (stored !== undefined) return stored;
      const drawn = randomBytes(32).toString('hex');
      await place.set(drawn);
      // Another process may have set its own at the same time.
      return (await place.get()) ?? drawn;
    });
}
