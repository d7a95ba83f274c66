import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { share, shared, treatments, treatWith } from './shares.ts';
import { createWorld, mostIn, mostOn } from './world.ts';

const minute = 60_000;
const hour = 60 * minute;

/** How long one process after another lives, in ms. */
const lives = (longest: number) => fc.array(fc.nat(longest), { minLength: 1, maxLength: 8 });

describe('restarts at any moment', () => {
  test('exceed no quota', async () => {
    const cases = fc.asyncProperty(
      fc.array(shared, { minLength: 5, maxLength: 25 }),
      treatments,
      lives(2 * minute),
      async (files, list, spans) => {
        const limits = { perMinute: 4, perDay: 30, perMonth: 40 };
        const world = await createWorld({ limits });
        treatWith(world, list);
        for (const span of spans) {
          share(world, files);
          await world.clock.runUntil(world.clock.now() + span);
          await world.restart();
        }
        share(world, files);
        await world.clock.runUntil(world.clock.now() + 14 * hour);
        await world.scheduler.stop();
        assert.ok(mostIn(world.arrivals, minute) <= limits.perMinute);
        assert.ok(mostOn(world.arrivals) <= limits.perDay);
        assert.ok(mostOn(world.arrivals, 7) <= limits.perMonth);
      },
    );
    await fc.assert(cases, { numRuns: 12 });
  });

  test('exceed no quota around midnight and the end of a month either', async () => {
    const midnight = Date.UTC(2026, 3, 1);
    const cases = fc.asyncProperty(
      fc.array(shared, { minLength: 5, maxLength: 25 }),
      treatments,
      lives(20_000),
      fc.nat(40_000),
      async (files, list, spans, before) => {
        const limits = { perMinute: 40, perDay: 12, perMonth: 14 };
        const start = midnight - before;
        const world = await createWorld({ limits, start });
        treatWith(world, list);
        const early = files.map((file) => ({ ...file, at: file.at / 100 }));
        for (const span of spans) {
          share(world, early);
          await world.clock.runUntil(world.clock.now() + span);
          await world.restart();
        }
        share(world, files);
        await world.clock.runUntil(midnight + hour);
        await world.scheduler.stop();
        assert.ok(mostOn(world.arrivals) <= limits.perDay);
        assert.ok(mostOn(world.arrivals, 7) <= limits.perMonth);
      },
    );
    await fc.assert(cases, { numRuns: 40 });
  });
});
