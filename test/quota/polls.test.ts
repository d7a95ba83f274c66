import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { firstGuess, learned, stepAfter, stillRunning } from '../../src/quota/polling.ts';
import { asking, createWorld, noon, pursue, type World } from './world.ts';

const minute = 60_000;

const pollTimes = (world: World) =>
  world.arrivals.filter(({ what }) => what.startsWith('poll')).map(({ at }) => at - noon);

describe('the analysis time', () => {
  test('is learned until three of four analyses are finished at their first question', () => {
    const cases = fc.property(fc.integer({ min: 40_000, max: 300_000 }), (median) => {
      let typical = firstGuess;
      // An even sample of a log-logistic distribution, mixed.
      for (let n = 0; n < 2_000; n++) {
        const share = ((n * 0.618) % 1) * 0.98 + 0.01;
        const took = median * Math.sqrt(share / (1 - share));
        typical = learned(typical, typical, took <= typical);
      }
      const expected = Math.min(median * Math.sqrt(3), 600_000);
      assert.ok(typical > expected * 0.6 && typical < expected * 1.7, `${typical} instead of ${expected}`);
    });
    fc.assert(cases, { numRuns: 30 });
  });

  test('stays within bounds whatever happens', () => {
    const answers = fc.array(fc.record({ age: fc.double({ noNaN: true }), finished: fc.boolean() }));
    fc.assert(
      fc.property(answers, (list) => {
        const typical = list.reduce((before, { age, finished }) => learned(before, age, finished), firstGuess);
        assert.ok(typical >= 30_000 && typical <= 600_000);
      }),
    );
  });

  test('a question is never sooner than 15 s after the last, nor later than 15 min', () => {
    const asked = fc.record({
      since: fc.nat(),
      polls: fc.nat(500),
      lastPollAt: fc.option(fc.nat(), { nil: undefined }),
    });
    fc.assert(
      fc.property(asked, fc.double({ min: 0.05, max: 0.95, noNaN: true }), (it, share) => {
        const step = stepAfter(it, firstGuess, share);
        assert.ok(step >= 15_000 && step <= 15 * minute);
      }),
    );
  });
});

describe('questions about an analysis', () => {
  test('are spaced wider and wider', async () => {
    const world = await createWorld();
    world.analysisTime = () => 20 * minute;
    const verdict = pursue(world, 'file', asking({ urgency: 'interactive', member: 'm' }));
    await world.clock.runUntil(noon + 60 * minute);
    await verdict;
    const times = pollTimes(world);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    assert.ok(gaps.every((gap) => gap >= 15_000));
    assert.ok((gaps.at(-1) ?? 0) > 4 * (gaps[0] ?? 0));
    await world.scheduler.stop();
  });

  test('keep a fixed delay when one is set, below any minimum', async () => {
    const world = await createWorld({ pollSeconds: 0.5, limits: { perMinute: 1_000, perDay: 1e6, perMonth: 1e6 } });
    world.treat = () => ({ there: 0, back: 0 });
    world.analysisTime = () => 3_000;
    const verdict = pursue(world, 'file', asking());
    await world.clock.runUntil(noon + minute);
    await verdict;
    assert.deepEqual(pollTimes(world), [500, 1_000, 1_500, 2_000, 2_500, 3_000]);
    await world.scheduler.stop();
  });

  test('are not put off by a clock that is set back, nor lost', async () => {
    const world = await createWorld();
    const verdict = pursue(world, 'file', asking());
    await world.clock.runUntil(noon + 20_000);
    world.clock.set(noon - 60 * minute);
    await world.clock.runUntil(noon - 60 * minute + 5 * minute);
    await Promise.race([verdict, Promise.reject(new Error('still waiting'))]);
    await world.scheduler.stop();
  });

  test('of a server whose files are done are not those of a busy server', async () => {
    const world = await createWorld({ limits: { perMinute: 100, perDay: 500, perMonth: 1e6 } });
    for (let n = 0; n < 20; n++) {
      world.known.add(`${n}`);
      void pursue(world, `${n}`, asking({ since: n }));
    }
    await world.clock.runUntil(noon + 5 * minute);
    // The day is ahead of its pace, so nothing goes before it is due, but not so far that polls become rarer.
    await world.scheduler.takeUsage(async () => ({ day: { used: 258, allowed: 500 }, month: undefined }));
    const verdict = pursue(world, 'file', asking());
    await world.clock.runUntil(noon + 60 * minute);
    await verdict;
    const step = stepAfter({ since: 0, polls: 0 }, firstGuess, stillRunning.automatic);
    assert.ok(Math.abs((pollTimes(world)[0] ?? 0) - 5 * minute - step) < 2_000);
    await world.scheduler.stop();
  });

  test('tell nobody to wait before they are due', async () => {
    const world = await createWorld();
    const ask = asking();
    const verdict = pursue(world, 'file', ask);
    await world.clock.runUntil(noon + 5 * minute);
    await verdict;
    assert.deepEqual(ask.places, []);
    await world.scheduler.stop();
  });

  test('what was learned survives a restart', async () => {
    const world = await createWorld();
    world.analysisTime = () => 16_000;
    for (let n = 0; n < 10; n++) pursue(world, `file ${n}`, asking({ since: n }));
    await world.clock.runUntil(noon + 30 * minute);
    const before = (await world.state.get('quota'))?.analysisTime ?? firstGuess;
    assert.ok(before < firstGuess * 0.9);
    await world.restart();
    await world.scheduler.stop();
    assert.equal((await world.state.get('quota'))?.analysisTime, before);
  });
});
