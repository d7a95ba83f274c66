import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { asking, createWorld, keyLimits, noon, pursue, type World } from './world.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Look-ups of known files: one call each. */
function lookUp(world: World, sha256: string, asker: Parameters<typeof asking>[0]) {
  world.known.add(sha256);
  const ask = asking(asker);
  return { ask, done: pursue(world, sha256, ask) };
}

const order = (world: World) => world.arrivals.map(({ what }) => what.replace('look up ', ''));

describe('whose turn it is', () => {
  test('people go before machines', async () => {
    const world = await createWorld();
    for (const n of [1, 2, 3, 4, 5, 6, 7, 8]) lookUp(world, `machine ${n}`, { since: n });
    await world.clock.runUntil(noon + 1_000);
    lookUp(world, 'person', { urgency: 'interactive', since: noon });
    await world.clock.runUntil(noon + 14_000);
    assert.equal(order(world).at(-1), 'person');
    await world.clock.runUntil(noon + hour);
    await world.scheduler.stop();
  });

  test('a person waits no longer than a quarter of a minute, however many machines wait', async () => {
    const cases = fc.asyncProperty(fc.integer({ min: 90_000, max: 30 * minute }), async (after) => {
      const world = await createWorld();
      for (let n = 0; n < 100; n++) lookUp(world, `machine ${n}`, { since: n });
      await world.clock.runUntil(noon + after);
      const { done } = lookUp(world, 'person', { urgency: 'interactive', since: noon });
      await world.clock.runUntil(noon + after + minute);
      assert.ok((await done) - (noon + after) <= 16_000, `${(await done) - noon - after} ms`);
      await world.scheduler.stop();
    });
    await fc.assert(cases, { numRuns: 15 });
  });

  test('servers take turns, each with its oldest file', async () => {
    const world = await createWorld();
    for (const n of [3, 1, 2, 5, 4]) lookUp(world, `noisy ${n}`, { server: 'noisy', since: n });
    lookUp(world, 'quiet 9', { server: 'quiet', since: 9 });
    lookUp(world, 'other 8', { server: 'other', since: 8 });
    await world.clock.runUntil(noon + 10 * minute);
    await world.scheduler.stop();
    const expected = ['noisy 1', 'quiet 9', 'other 8', 'noisy 2', 'noisy 3', 'noisy 4', 'noisy 5'];
    assert.deepEqual(order(world), expected);
  });

  test('an older file is finished before a newer one is begun', async () => {
    const world = await createWorld();
    world.analysisTime = () => 1_000;
    for (const n of [1, 2, 3]) pursue(world, `file ${n}`, asking({ since: n, urgency: 'interactive', member: 'm' }));
    await world.clock.runUntil(noon + hour);
    await world.scheduler.stop();
    const begun = order(world).filter((what) => !what.startsWith('poll'));
    assert.deepEqual(begun.slice(3), ['upload file 1', 'upload file 2', 'upload file 3']);
  });

  test('who joins as a person raises the call of a machine at once', async () => {
    const world = await createWorld();
    for (let n = 0; n < 20; n++) lookUp(world, `machine ${n}`, { since: n });
    const last = lookUp(world, 'raised', { since: noon });
    await world.clock.runUntil(noon + minute);
    last.ask.raise();
    await world.clock.runUntil(noon + minute + 16_000);
    assert.ok(order(world).includes('raised'));
    await world.scheduler.stop();
  });

  test('a poll becomes due earlier when a person joins', async () => {
    const world = await createWorld({ limits: { ...keyLimits, perDay: 100 } });
    world.analysisTime = () => 20_000;
    const ask = asking();
    const verdict = pursue(world, 'file', ask);
    await world.clock.runUntil(noon + 35_000);
    ask.raise();
    await world.clock.runUntil(noon + 55_000);
    assert.ok((await verdict) <= noon + 55_000);
    await world.scheduler.stop();
  });

  test('who gives up leaves the line, and its place to others', async () => {
    const world = await createWorld();
    const calls = [1, 2, 3, 4, 5, 6].map((n) => lookUp(world, `file ${n}`, { since: n, urgency: 'interactive' }));
    await world.clock.runUntil(noon + 30_000);
    const [, , , , fifth] = calls;
    fifth?.ask.abort();
    await assert.rejects(async () => fifth?.done, /given up/);
    await world.clock.runUntil(noon + 62_000);
    assert.deepEqual(order(world).slice(4), ['file 6']);
    await world.scheduler.stop();
  });

  test('calls that are nice to have wait until nobody needs the quota', async () => {
    const world = await createWorld();
    lookUp(world, 'spare', { urgency: 'spare', since: 0 });
    for (const n of [1, 2, 3]) lookUp(world, `file ${n}`, { since: n });
    await world.clock.runUntil(noon + 10 * minute);
    await world.scheduler.stop();
    assert.equal(order(world).at(-1), 'spare');
  });
});

describe('nobody starves', () => {
  test('one call in twenty is left to machines while people keep asking', async () => {
    const world = await createWorld({ limits: { perMinute: 60, perDay: 1e6, perMonth: 1e6 } });
    lookUp(world, 'machine', { since: 0 });
    for (let n = 0; n < 60; n++) lookUp(world, `person ${n}`, { urgency: 'interactive', server: `s${n}`, since: n });
    await world.clock.runUntil(noon + 5 * minute);
    await world.scheduler.stop();
    assert.ok(order(world).indexOf('machine') <= 19);
  });

  test('a call starts after at most (m + 1) calls of each other server, m being the older files of its own', async () => {
    const files = fc.array(fc.record({ server: fc.constantFrom('a', 'b', 'c', 'd'), since: fc.nat(1_000) }), {
      minLength: 1,
      maxLength: 40,
    });
    const cases = fc.asyncProperty(files, async (list) => {
      const world = await createWorld({ limits: { ...keyLimits, perDay: 1e6, perMonth: 1e6 } });
      for (const [n, asker] of list.entries()) lookUp(world, `${n}`, { ...asker, urgency: 'interactive' });
      await world.clock.runUntil(noon + hour);
      await world.scheduler.stop();
      const started = order(world).map(Number);
      assert.equal(started.length, list.length);
      // The first calls begin while the others are only arriving.
      const settled = started.slice(keyLimits.perMinute);
      settled.forEach((n, index) => {
        const own = list[n];
        const before = settled.slice(0, index).map((other) => list[other]);
        const older = before.filter((other) => other?.server === own?.server);
        assert.ok(older.every((other) => (other?.since ?? 0) <= (own?.since ?? 0)));
        for (const server of ['a', 'b', 'c', 'd']) {
          const theirs = before.filter((other) => other?.server === server).length;
          assert.ok(server === own?.server || theirs <= older.length + 1);
        }
      });
    });
    await fc.assert(cases, { numRuns: 40 });
  });
});

describe('shares of the day', () => {
  const limits = { perMinute: 4, perDay: 40, perMonth: 1e6 };

  test('a member who had a tenth of it waits while others do', async () => {
    const world = await createWorld({ limits });
    const greedy = { urgency: 'interactive' as const, server: 's', member: 'greedy' };
    for (let n = 0; n < 6; n++) lookUp(world, `greedy ${n}`, { ...greedy, since: n });
    await world.clock.runUntil(noon + 1_000);
    for (let n = 0; n < 3; n++) lookUp(world, `modest ${n}`, { ...greedy, member: `modest ${n}`, since: 100 + n });
    await world.clock.runUntil(noon + 10 * minute);
    await world.scheduler.stop();
    assert.deepEqual(order(world).slice(4), ['modest 0', 'modest 1', 'modest 2', 'greedy 4', 'greedy 5']);
  });

  test('a new day gives everybody a new one, also whoever waits already', async () => {
    const midnight = Date.UTC(2026, 2, 11);
    const world = await createWorld({ limits, start: midnight - 30_000 });
    const greedy = { urgency: 'interactive' as const, server: 's', member: 'greedy' };
    for (let n = 0; n < 6; n++) lookUp(world, `greedy ${n}`, { ...greedy, since: n });
    await world.clock.runUntil(midnight - 20_000);
    for (let n = 0; n < 3; n++) lookUp(world, `modest ${n}`, { ...greedy, member: `modest ${n}`, since: 100 + n });
    await world.clock.runUntil(midnight + 50_000);
    assert.deepEqual(order(world).slice(4), ['greedy 4', 'greedy 5', 'modest 0', 'modest 1']);
    assert.equal(world.scheduler.overview().today.calls, 4);
    await world.clock.runUntil(midnight + 10 * minute);
    await world.scheduler.stop();
  });

  test('a server that had half of it waits while others do', async () => {
    const world = await createWorld({ limits });
    const asker = { urgency: 'interactive' as const };
    for (let n = 0; n < 24; n++) lookUp(world, `busy ${n}`, { ...asker, server: 'busy', member: `m${n}`, since: n });
    await world.clock.runUntil(noon + 4.5 * minute);
    for (let n = 0; n < 4; n++) lookUp(world, `late ${n}`, { ...asker, server: `late ${n}`, since: 1_000 });
    await world.clock.runUntil(noon + 10 * minute);
    await world.scheduler.stop();
    assert.deepEqual(order(world).slice(20, 24), ['late 0', 'late 1', 'late 2', 'late 3']);
    assert.equal(order(world).length, 28);
  });

  test('the last calls of the day are kept for people, fewer as it ends', async () => {
    const evening = Date.UTC(2026, 2, 10, 18);
    const world = await createWorld({ limits: { perMinute: 60, perDay: 100, perMonth: 1e6 }, start: evening });
    for (let n = 0; n < 120; n++) lookUp(world, `machine ${n}`, { since: n });
    const [last] = [lookUp(world, 'last', { since: 1_000 })];
    await world.clock.runUntil(evening + hour);
    assert.equal(world.arrivals.length, 99);
    const place = last.ask.places.at(-1);
    assert.deepEqual([place?.for, place?.until], ['day', Date.UTC(2026, 2, 11)]);
    lookUp(world, 'person', { urgency: 'interactive', since: evening });
    await world.clock.runUntil(evening + hour + minute);
    assert.equal(order(world).at(-1), 'person');
    await world.clock.runUntil(Date.UTC(2026, 2, 11, 1));
    assert.equal(world.arrivals.length, 122);
    await world.scheduler.stop();
  });
});
