import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { callsOn } from '../../src/quota/keyState.ts';
import { memoryCalls } from '../fixtures/memoryCalls.ts';
import { virtualClock } from '../fixtures/virtualClock.ts';
import { asking, createWorld, fileOf, mostIn, mostOn, noon, quotaFailure } from './world.ts';

const minute = 60_000;
const limits = { perMinute: 4, perDay: 10, perMonth: 12 };

function sharing() {
  const clock = virtualClock(noon);
  const calls = memoryCalls(clock.now);
  const open = (key: string) => createWorld({ clock, calls, key, limits });
  return { clock, calls, open };
}

describe('several keys', () => {
  test('have a minute, a day and a month each', async () => {
    const shared = fc.record({ at: fc.nat(3 * minute), key: fc.nat(2) });
    const cases = fc.asyncProperty(fc.array(shared, { maxLength: 50 }), async (files) => {
      const { clock, open } = sharing();
      const worlds = await Promise.all(['', 'first', 'second'].map(open));
      files.forEach(async ({ at, key }, index) => {
        await clock.sleep(at);
        worlds[key]?.engine.lookUp(fileOf(`${index}`), asking({ urgency: 'interactive' })).catch(() => {});
      });
      await clock.runUntil(noon + 30 * minute);
      worlds.forEach(({ arrivals, scheduler }, key) => {
        assert.ok(mostIn(arrivals, minute) <= limits.perMinute);
        assert.ok(mostOn(arrivals) <= limits.perDay);
        const asked = files.filter((file) => file.key === key).length;
        assert.equal(arrivals.length, Math.min(asked, limits.perDay));
        assert.equal(scheduler.overview().day.used, arrivals.length);
      });
      for (const { scheduler } of worlds) await scheduler.stop();
    });
    await fc.assert(cases, { numRuns: 20 });
  });

  test('do not wait for a pause of another', async () => {
    const { clock, open } = sharing();
    const [paused, other] = [await open('paused'), await open('other')];
    paused.treat = () => ({ there: 0, back: 0, fails: quotaFailure() });
    void paused.engine.lookUp(fileOf('a'), asking()).catch(() => {});
    await clock.runUntil(noon + 1_000);
    const answered = other.engine.lookUp(fileOf('b'), asking());
    await clock.runUntil(noon + 2_000);
    await answered;
    await paused.scheduler.stop();
    await other.scheduler.stop();
  });
});

describe('a scheduler that nobody uses', () => {
  test('has no timer', async () => {
    const { clock, open } = sharing();
    const world = await open('key');
    const answered = [1, 2, 3].map((n) => world.engine.lookUp(fileOf(`${n}`), asking({ urgency: 'interactive' })));
    // Ends when nothing is due any more.
    await clock.runWhile(() => true);
    await Promise.all(answered);
    assert.ok(clock.elapsed() < 2 * minute, `${clock.elapsed()} ms`);
    await world.scheduler.stop();
  });

  test('leaves nothing but counts in the table, from which the next one goes on', async () => {
    const { clock, calls, open } = sharing();
    const first = await open('key');
    for (const n of [1, 2, 3]) void first.engine.lookUp(fileOf(`${n}`), asking({ urgency: 'interactive' }));
    await clock.runUntil(noon + 30_000);
    await first.scheduler.stop();
    const { state = '' } = await calls.read('key');
    assert.match(state, /"processes":\{\}/);
    assert.equal(await callsOn(calls, '2026-03-10', 'key'), 3);
    assert.equal(await callsOn(calls, '2026-03-09', 'key'), 0);

    const second = await open('key');
    const { minute: slots, day, month } = second.scheduler.overview();
    assert.deepEqual([slots.used, day.used, month.used], [3, 3, 3]);
    await second.scheduler.stop();
  });

  test('starts anew if the row in the table is of an unknown version', async () => {
    const { clock, calls, open } = sharing();
    await calls.replace('key', 0, '{"shape": "unknown"}');
    await calls.replace('other', 0, 'no JSON');
    for (const key of ['key', 'other']) {
      const world = await open(key);
      const answered = world.engine.lookUp(fileOf('a'), asking({ urgency: 'interactive' }));
      await clock.runUntil(clock.now() + 1_000);
      await answered;
      assert.equal(world.scheduler.overview().day.used, 1);
      await world.scheduler.stop();
    }
  });
});
