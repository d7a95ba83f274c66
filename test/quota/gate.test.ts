import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { CallTable } from '../../src/quota/keyState.ts';
import { memoryCalls } from '../fixtures/memoryCalls.ts';
import { virtualClock } from '../fixtures/virtualClock.ts';
import { asking, createWorld, fileOf, mostIn, mostOn, noon, pursue, type World } from './world.ts';

const minute = 60_000;
const hour = 60 * minute;

const shared = fc.record({
  at: fc.nat(10 * minute),
  process: fc.nat(2),
  urgency: fc.constantFrom('interactive', 'automatic'),
});
const treatments = fc.array(fc.record({ there: fc.nat(5_000), back: fc.nat(5_000) }), { minLength: 1, maxLength: 20 });

/** Worlds that have one key and one table between them. */
async function together(count: number, limits: { perMinute: number; perDay: number; perMonth: number }) {
  const clock = virtualClock(noon);
  const calls = memoryCalls(clock.now);
  const worlds = await Promise.all(Array.from({ length: count }, () => createWorld({ clock, calls, limits })));
  return { clock, worlds };
}

const arrivalsOf = (worlds: readonly World[]) => worlds.flatMap(({ arrivals }) => arrivals);

describe('processes with one key', () => {
  test('keep its minute, day and month together, and every file gets its verdict', async () => {
    const cases = fc.asyncProperty(
      fc.array(shared, { maxLength: 25 }),
      treatments,
      fc.integer({ min: 1, max: 6 }),
      async (files, list, perMinute) => {
        const limits = { perMinute, perDay: 60, perMonth: 100 };
        const { clock, worlds } = await together(3, limits);
        let next = 0;
        for (const world of worlds) world.treat = () => list[next++ % list.length] ?? { there: 0, back: 0 };
        const verdicts = files.map(async ({ at, process, urgency }, index) => {
          await clock.sleep(at);
          const world = worlds[process];
          assert.ok(world);
          await pursue(world, `file ${index}`, asking({ urgency: urgency === 'interactive' ? urgency : 'automatic' }));
        });
        await clock.runUntil(noon + 9 * hour);
        assert.ok(mostIn(arrivalsOf(worlds), minute) <= perMinute);
        assert.ok(mostOn(arrivalsOf(worlds)) <= limits.perDay);
        assert.ok(mostOn(arrivalsOf(worlds), 7) <= limits.perMonth);
        if (arrivalsOf(worlds).length < limits.perDay) await Promise.all(verdicts);
        else Promise.all(verdicts).catch(() => {});
        await Promise.all(worlds.map(({ scheduler }) => scheduler.stop()));
      },
    );
    await fc.assert(cases, { numRuns: 25 });
  });

  test('lose a slot to a process that was killed for a minute and a half at most', async () => {
    const limits = { perMinute: 1, perDay: 60, perMonth: 100 };
    const {
      worlds: [killed, other],
    } = await together(2, limits);
    assert.ok(killed && other);
    killed.treat = () => ({ there: 0, back: 10 * hour });
    killed.engine.lookUp(fileOf('a'), asking()).catch(() => {});
    await killed.clock.runUntil(noon + 1_000);
    await killed.scheduler.stop();

    other.known.add('b');
    const verdict = pursue(other, 'b', asking({ urgency: 'interactive' }));
    await other.clock.runUntil(noon + 95_000);
    const at = await verdict;
    assert.ok(at >= noon + minute && at <= noon + 95_000, `${at - noon}`);
    await other.scheduler.stop();
  });

  test('keep the slot of a call until a minute after its answer, however long that takes', async () => {
    const {
      worlds: [slow, other],
    } = await together(2, { perMinute: 1, perDay: 60, perMonth: 100 });
    assert.ok(slow && other);
    slow.treat = () => ({ there: 0, back: 5 * minute });
    other.treat = () => ({ there: 0, back: 0 });
    for (const world of [slow, other]) world.known.add('a');
    const first = pursue(slow, 'a', asking({ urgency: 'interactive' }));
    await slow.clock.runUntil(noon + 1_000);
    const second = pursue(other, 'a', asking({ urgency: 'interactive' }));
    await slow.clock.runUntil(noon + 10 * minute);
    const after = (await second) - (await first);
    assert.ok(after >= minute && after <= minute + 1_000, `${after} ms after the answer`);
    await Promise.all([slow, other].map(({ scheduler }) => scheduler.stop()));
  });

  test('count the slow call of a living process once', async () => {
    const {
      worlds: [slow, other],
    } = await together(2, { perMinute: 3, perDay: 60, perMonth: 100 });
    assert.ok(slow && other);
    slow.treat = () => ({ there: 0, back: 5 * minute });
    slow.engine.lookUp(fileOf('slow'), asking()).catch(() => {});
    for (const second of [30, 40]) {
      await slow.clock.runUntil(noon + second * 1_000);
      void other.engine.lookUp(fileOf(`${second}`), asking({ urgency: 'interactive' }));
    }
    await slow.clock.runUntil(noon + 41_000);
    assert.deepEqual(other.served, ['look up 30', 'look up 40']);
    assert.equal(other.scheduler.overview().minute.used, 3);
    await slow.clock.runUntil(noon + 10 * minute);
    await Promise.all([slow, other].map(({ scheduler }) => scheduler.stop()));
  });

  test('wait for no longer than the slot is taken', async () => {
    const limits = { perMinute: 1, perDay: 60, perMonth: 100 };
    const {
      worlds: [first, second],
    } = await together(2, limits);
    assert.ok(first && second);
    for (const world of [first, second]) world.treat = () => ({ there: 100, back: 100 });
    for (const world of [first, second]) world.known.add('a');
    const verdicts = [first, second].map((world) => pursue(world, 'a', asking({ urgency: 'interactive' })));
    await first.clock.runUntil(noon + 2 * minute);
    const [one = 0, another = 0] = (await Promise.all(verdicts)).toSorted((a, b) => a - b);
    assert.ok(another - one < minute + 1_000, `${another - one} ms`);
    await Promise.all([first, second].map(({ scheduler }) => scheduler.stop()));
  });

  test('show one day to all', async () => {
    const {
      worlds: [first, second],
    } = await together(2, { perMinute: 10, perDay: 60, perMonth: 100 });
    assert.ok(first && second);
    await Promise.all([pursue(first, 'a', asking({ urgency: 'interactive' })), first.clock.runUntil(noon + hour)]);
    const before = first.scheduler.overview().day.used;
    assert.ok(before >= 3);
    second.known.add('b');
    await Promise.all([pursue(second, 'b', asking()), second.clock.runUntil(noon + 2 * hour)]);
    assert.equal(second.scheduler.overview().day.used, before + 1);
    await Promise.all([first, second].map(({ scheduler }) => scheduler.stop()));
  });
});

describe('the table of calls', () => {
  function onTable() {
    const clock = virtualClock(noon);
    const table = memoryCalls(clock.now);
    return {
      clock,
      table,
      open: (change: Partial<CallTable>) => createWorld({ clock, calls: { ...table, ...change } }),
    };
  }

  test('is asked a few times a minute while only one process waits', async () => {
    const { clock, table, open } = onTable();
    let reads = 0;
    const read: CallTable['read'] = (key) => {
      reads += 1;
      return table.read(key);
    };
    const world = await open({ read });
    for (let n = 0; n < 20; n++) world.engine.lookUp(fileOf(`${n}`), asking({ since: n })).catch(() => {});
    await clock.runUntil(noon + minute);
    const before = reads;
    await clock.runUntil(noon + 2 * minute);
    assert.ok(reads - before < 60, `${reads - before} times`);
    await world.scheduler.stop();
  });

  test('is asked again half a minute after it failed', async () => {
    const { clock, table, open } = onTable();
    let fails = false;
    const read: CallTable['read'] = (key) => (fails ? Promise.reject(new Error('away')) : table.read(key));
    const world = await open({ read });
    world.known.add('a');
    fails = true;
    const verdict = pursue(world, 'a', asking({ urgency: 'interactive' }));
    await clock.runUntil(noon + 1_000);
    assert.deepEqual(
      world.events.map(({ event }) => event),
      ['notSaved'],
    );
    fails = false;
    await clock.runUntil(noon + 31_000);
    await verdict;
    await world.scheduler.stop();
  });

  test('gets back what was booked for a call that was given up meanwhile', async () => {
    const { clock, table, open } = onTable();
    let delay = 0;
    const replace: CallTable['replace'] = async (...row) => {
      await clock.sleep(delay);
      return table.replace(...row);
    };
    const opened = open({ replace });
    await clock.runUntil(noon + 1);
    const world = await opened;
    delay = 300;
    const ask = asking({ urgency: 'interactive' });
    const given = assert.rejects(world.engine.lookUp(fileOf('a'), ask), /given up/);
    await clock.runUntil(noon + 100);
    ask.abort();
    await clock.runUntil(noon + 10_000);
    await given;
    assert.equal(world.arrivals.length, 0);
    const { minute: slots, day, month } = world.scheduler.overview();
    assert.deepEqual([slots.used, day.used, month.used], [0, 0, 0]);
    delay = 0;
    await world.scheduler.stop();
  });
});
