import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { memoryCalls } from '../fixtures/memoryCalls.ts';
import { virtualClock } from '../fixtures/virtualClock.ts';
import { share, shared, treatments, treatWith } from './shares.ts';
import { asking, createWorld, keyLimits, mostIn, mostOn, noon, pursue, quotaFailure } from './world.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('the quota', () => {
  test('no minute of the service holds more calls than the key allows, whatever arrives and however it is answered', async () => {
    const cases = fc.asyncProperty(
      fc.array(shared, { maxLength: 25 }),
      treatments,
      fc.integer({ min: 1, max: 6 }),
      async (files, list, perMinute) => {
        const world = await createWorld({ limits: { ...keyLimits, perMinute } });
        treatWith(world, list);
        share(world, files);
        await world.clock.runUntil(noon + hour);
        await world.scheduler.stop();
        assert.ok(mostIn(world.arrivals, minute) <= perMinute);
      },
    );
    await fc.assert(cases, { numRuns: 40 });
  });

  test('nor when the clock is set forward and back meanwhile', async () => {
    const sets = fc.array(fc.record({ after: fc.nat(5 * minute), by: fc.integer({ min: -day, max: day }) }), {
      maxLength: 8,
    });
    const cases = fc.asyncProperty(
      fc.array(shared, { maxLength: 25 }),
      treatments,
      sets,
      async (files, list, jumps) => {
        const world = await createWorld();
        treatWith(world, list);
        share(world, files);
        for (const { after, by } of jumps) {
          await world.clock.runUntil(world.clock.now() + after);
          world.clock.set(world.clock.now() + by);
        }
        await world.clock.runUntil(world.clock.now() + hour);
        await world.scheduler.stop();
        assert.ok(mostIn(world.arrivals, minute) <= keyLimits.perMinute);
      },
    );
    await fc.assert(cases, { numRuns: 40 });
  });

  test('day and month are kept over midnight and the end of the month, for calls on their way too', async () => {
    const beginnings = fc.integer({ min: Date.UTC(2026, 0, 31, 23, 40), max: Date.UTC(2026, 1, 1, 0, 5) });
    const cases = fc.asyncProperty(
      beginnings,
      fc.array(shared, { minLength: 10, maxLength: 25 }),
      treatments,
      async (start, files, list) => {
        const limits = { perMinute: 4, perDay: 9, perMonth: 15 };
        const world = await createWorld({ start, limits });
        treatWith(world, list);
        share(world, files);
        await world.clock.runUntil(start + 1.2 * day);
        await world.scheduler.stop();
        assert.ok(mostOn(world.arrivals) <= limits.perDay);
        assert.ok(mostOn(world.arrivals, 7) <= limits.perMonth);
      },
    );
    await fc.assert(cases, { numRuns: 12 });
  });

  test('every file gets its verdict, by one look-up and one upload', async () => {
    const due = shared.filter(({ urgency }) => urgency !== 'spare');
    const cases = fc.asyncProperty(fc.array(due, { maxLength: 20 }), treatments, async (files, list) => {
      const world = await createWorld();
      treatWith(world, [...list, { there: 1, back: 1 }]);
      const verdicts = share(world, files);
      await world.clock.runUntil(noon + 2 * day);
      await world.scheduler.stop();
      await Promise.all(verdicts);
      const served = world.served.filter((what) => !what.startsWith('poll'));
      assert.equal(new Set(served).size, served.length);
      assert.equal(served.length, 2 * files.length);
    });
    await fc.assert(cases, { numRuns: 25 });
  });

  test('a day that was used up is waited out, then all goes on', async () => {
    const world = await createWorld({ limits: { ...keyLimits, perDay: 5 } });
    const asks = [1, 2, 3].map((since) => asking({ since, urgency: 'interactive', member: `m${since}` }));
    const verdicts = asks.map((ask, index) => pursue(world, `file ${index}`, ask));
    await world.clock.runUntil(noon + hour);
    const place = asks.flatMap(({ places }) => places).findLast((told) => told !== undefined);
    assert.equal(place?.for, 'day');
    assert.equal(place?.until, Date.UTC(2026, 2, 11));
    assert.equal(world.arrivals.length, 5);
    assert.equal(world.events.filter(({ event }) => event === 'usedUp').length, 1);

    await world.clock.runUntil(noon + 4 * day);
    await Promise.all(verdicts);
    await world.scheduler.stop();
  });

  test('a day that was used up ends at midnight, not at the next review', async () => {
    const midnight = Date.UTC(2026, 2, 11);
    const world = await createWorld({ start: midnight - 20_000, limits: { ...keyLimits, perDay: 1 } });
    for (const name of ['a', 'b']) world.known.add(name);
    const verdicts = ['a', 'b'].map((name) => pursue(world, name, asking({ urgency: 'interactive' })));
    await world.clock.runUntil(midnight + 1_000);
    await Promise.all(verdicts);
    await world.scheduler.stop();
  });

  test('a month that was used up is waited out', async () => {
    const world = await createWorld({ limits: { ...keyLimits, perMonth: 2 } });
    const ask = asking({ urgency: 'interactive' });
    const verdict = pursue(world, 'file', ask);
    await world.clock.runUntil(noon + hour);
    const told = ask.places.at(-1);
    assert.deepEqual([told?.for, told?.until], ['month', Date.UTC(2026, 3, 1)]);
    await world.clock.runUntil(Date.UTC(2026, 3, 1, 1));
    await verdict;
    await world.scheduler.stop();
  });

  test('the clock running ahead over midnight and back gives no second day', async () => {
    const limits = { ...keyLimits, perDay: 6 };
    const world = await createWorld({ limits });
    for (const n of [1, 2, 3, 4, 5]) pursue(world, `file ${n}`, asking({ since: n, urgency: 'interactive' }));
    await world.clock.runUntil(noon + 10 * minute);
    assert.equal(world.arrivals.length, 6);
    world.clock.set(noon + day - minute);
    await world.clock.runUntil(world.clock.now() + 30_000);
    world.clock.set(noon + 20 * minute);
    await world.clock.runUntil(noon + hour);
    assert.equal(world.arrivals.length, 6);
    await world.scheduler.stop();
  });

  test('a key of 1,000 calls a minute is used without a gap when writes of the table take longer than its calls are apart', async () => {
    const clock = virtualClock(noon);
    const table = memoryCalls(clock.now);
    let [writes, slow] = [0, false];
    const calls = {
      ...table,
      async replace(...row: Parameters<typeof table.replace>) {
        writes += 1;
        if (slow) await clock.sleep(writes % 3 === 0 ? 70 : 1);
        return table.replace(...row);
      },
    };
    const limits = { perMinute: 1_000, perDay: 1e6, perMonth: 1e7 };
    const world = await createWorld({ clock, calls, limits });
    slow = true;
    for (let number = 0; number < 400; number += 1) {
      world.known.add(`file ${number}`);
      pursue(world, `file ${number}`, asking()).catch(() => {});
    }
    await clock.runUntil(noon + 5 * minute);
    slow = false;
    await world.scheduler.stop();
    const gaps = world.arrivals.map(({ at }, index) => at - (world.arrivals[index - 1]?.at ?? noon));
    assert.equal(world.arrivals.length, 400);
    assert.ok(Math.max(...gaps) < 1_000, `${Math.max(...gaps)} ms`);
  });
});

describe('the quota endpoint', () => {
  test('what others used of the day is known before the first call', async () => {
    const usage = async () => ({ day: { used: 500, allowed: 500 }, month: undefined });
    const world = await createWorld({ usage });
    const ask = asking({ urgency: 'interactive' });
    pursue(world, 'file', ask).catch(() => {});
    await world.clock.runUntil(noon + hour);
    assert.equal(world.arrivals.length, 0);
    assert.equal(ask.places.at(-1)?.for, 'day');
    await world.scheduler.stop();
  });

  test('is not asked about a used-up day while nobody waits', async () => {
    let reads = 0;
    const usage = async () => {
      reads += 1;
      return undefined;
    };
    const world = await createWorld({ limits: { ...keyLimits, perDay: 1 }, usage });
    world.known.add('a');
    void pursue(world, 'a', asking({ urgency: 'interactive' }));
    await world.clock.runUntil(noon + 5 * minute);
    assert.equal(reads, 1);
    await world.scheduler.stop();
  });

  test('calls that cost nothing are given back', async () => {
    const world = await createWorld({ limits: { ...keyLimits, perDay: 6 } });
    world.usage = async () => ({ day: { used: 1, allowed: 6 }, month: undefined });
    const verdicts = ['a', 'b', 'c'].map((name) =>
      pursue(world, name, asking({ urgency: 'interactive', member: name })),
    );
    await world.clock.runUntil(noon + hour);
    await Promise.all(verdicts);
    await world.scheduler.stop();
  });

  test('calls that are on their way when the counts are asked for are added to them, and answered ones are not', async () => {
    const world = await createWorld();
    await world.clock.runUntil(noon + 10 * minute);
    world.usage = async () => {
      await world.clock.sleep(100);
      return { day: { used: 40, allowed: 500 }, month: { used: 70, allowed: 15_500 } };
    };
    world.treat = (what) => ({ there: 100, back: what.includes('slow') ? minute : 200 });
    for (const name of ['quick', 'slow']) world.known.add(name);
    const slow = pursue(world, 'slow', asking({ urgency: 'interactive' }));
    // Its answer has the counts read.
    const quick = pursue(world, 'quick', asking({ urgency: 'interactive' }));
    await world.clock.runUntil(noon + 10 * minute + 1_000);
    await quick;
    const { day, month } = world.scheduler.overview();
    assert.deepEqual([day.used, month.used], [41, 71]);
    await world.clock.runUntil(noon + 12 * minute);
    await slow;
    await world.scheduler.stop();
  });

  test('a service that allows less than was configured is obeyed', async () => {
    const world = await createWorld({ usage: async () => ({ day: { used: 0, allowed: 1 }, month: undefined }) });
    pursue(world, 'file', asking({ urgency: 'interactive' })).catch(() => {});
    await world.clock.runUntil(noon + hour);
    assert.equal(world.scheduler.overview().day.allowed, 1);
    await world.scheduler.stop();
  });

  test('no answer there holds up nothing for long', async () => {
    const world = await createWorld({ usage: () => new Promise(() => {}) });
    const verdict = pursue(world, 'file', asking({ urgency: 'interactive' }));
    await world.clock.runUntil(noon + 5 * minute);
    await verdict;
    await world.scheduler.stop();
  });
});

describe('an answer 429', () => {
  test('pauses for 15 s and is not seen by whoever asked', async () => {
    const world = await createWorld();
    let calls = 0;
    world.treat = () => ({ there: 0, back: 0, fails: calls++ === 0 ? quotaFailure() : undefined });
    world.known.add('file');
    const at = await Promise.all([
      pursue(world, 'file', asking({ urgency: 'interactive' })),
      world.clock.runUntil(noon + minute),
    ]);
    assert.equal(at[0], noon + 15_000);
    await world.scheduler.stop();
  });

  test('pauses for longer when the service says so', async () => {
    const world = await createWorld();
    let calls = 0;
    world.treat = () => ({ there: 0, back: 0, fails: calls++ === 0 ? quotaFailure(40_000) : undefined });
    world.known.add('file');
    const at = await Promise.all([pursue(world, 'file', asking()), world.clock.runUntil(noon + minute)]);
    assert.equal(at[0], noon + 40_000);
    await world.scheduler.stop();
  });
});
