import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { asking, createWorld, fileOf, noon } from './world.ts';

const minute = 60_000;

describe('after long runs of calls by people', () => {
  test('each twentieth call is an automatic one, as long as any waits', async () => {
    const world = await createWorld({ limits: { perMinute: 1_000, perDay: 10_000, perMonth: 100_000 } });
    for (let n = 0; n < 100; n++) {
      const person = asking({ urgency: 'interactive', server: `server ${n}`, member: `member ${n}` });
      void world.engine.lookUp(fileOf(`asked ${n}`), person);
    }
    for (let n = 0; n < 3; n++) void world.engine.lookUp(fileOf(`watched ${n}`), asking({ server: `other ${n}` }));
    await world.clock.runUntil(noon + 2 * minute);
    const places = world.arrivals.flatMap(({ what }, at) => (what.startsWith('look up watched') ? at : []));
    assert.deepEqual(places, [19, 39, 59]);
    await world.scheduler.stop();
  });

  test('those who ask are charged, and those whose files are watched are not', async () => {
    const limits = { perMinute: 100, perDay: 40, perMonth: 1_000 };
    const world = await createWorld({ limits });
    // A tenth of the day is a member's share: four calls.
    for (let n = 0; n < 6; n++)
      void world.engine.lookUp(
        fileOf(`greedy ${n}`),
        asking({ urgency: 'interactive', server: 'a', member: 'greedy' }),
      );
    for (let n = 0; n < 6; n++)
      void world.engine.lookUp(fileOf(`watched ${n}`), asking({ server: 'b', member: 'watched' }));
    for (let n = 0; n < 2; n++)
      void world.engine.lookUp(
        fileOf(`modest ${n}`),
        asking({ urgency: 'interactive', server: 'a', member: 'modest' }),
      );
    await world.clock.runUntil(noon + 20 * minute);
    const order = world.arrivals.map(({ what }) => what.split(' ')[2]);
    assert.equal(order.length, 14);
    assert.ok(order.lastIndexOf('modest') < order.lastIndexOf('greedy'), order.join());
    assert.equal(order.filter((who, at) => who === 'greedy' && at < order.lastIndexOf('modest')).length <= 4, true);
    await world.scheduler.stop();
  });
});

describe('a booked call', () => {
  test('that nobody wants any more is given back, in the minute and in the day', async () => {
    const world = await createWorld();
    const ask = asking({ urgency: 'interactive' });
    const call = world.engine.lookUp(fileOf('a'), ask);
    ask.abort();
    await assert.rejects(call, /given up/);
    await world.clock.runUntil(noon + 1_000);
    await world.scheduler.stop();
    const { minute: slots, day, month } = world.scheduler.overview();
    assert.deepEqual([slots.used, day.used, month.used], [0, 0, 0]);
    assert.deepEqual(world.arrivals, []);
  });

  test('counts in the month when the day is over, and a used-up month lets nothing go', async () => {
    const lateEvening = Date.UTC(2026, 2, 10, 23, 59);
    const limits = { perMinute: 100, perDay: 4, perMonth: 6 };
    const world = await createWorld({ limits, start: lateEvening });
    for (let n = 0; n < 10; n++)
      void world.engine.lookUp(fileOf(`${n}`), asking({ urgency: 'interactive', server: `${n}` }));
    await world.clock.runUntil(lateEvening + 30_000);
    assert.equal(world.arrivals.length, 4);
    await world.clock.runUntil(lateEvening + 24 * 60 * minute);
    assert.equal(world.arrivals.length, 6);
    await world.scheduler.stop();
  });
});

test('midnight while the usage is read: the answer of the old day is not taken for the new one', async () => {
  const beforeMidnight = Date.UTC(2026, 2, 10, 23, 59, 59);
  const world = await createWorld({
    start: beforeMidnight,
    limits: { perMinute: 100, perDay: 10, perMonth: 1_000 },
  });
  world.usage = async () => {
    await world.clock.sleep(5_000);
    return { day: { used: 10, allowed: 10 }, month: { used: 10, allowed: 1_000 } };
  };
  void world.engine.usage(new AbortController().signal);
  await world.clock.runUntil(beforeMidnight + 2_000);
  const asked = world.engine.lookUp(fileOf('a'), asking({ urgency: 'interactive' }));
  await world.clock.runUntil(beforeMidnight + minute);
  await asked;
  assert.equal(world.scheduler.overview().day.used, 1);
  await world.scheduler.stop();
});
