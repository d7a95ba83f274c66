import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { analysing, opened } from '../../src/inquiry/inquiry.ts';
import type { Ask } from '../../src/scan/ports.ts';
import { asking, fileOf, mostIn, mostOn, noon, quotaFailure } from '../quota/world.ts';
import { badKey, fails, flightOf, type Keys, keysOf, lookUp, questionOf, quitting, uploadOf } from './world.ts';

const minute = 60_000;
const never = new AbortController().signal;
const arrivedAt = (keys: Keys, name: string) => (keys.worlds.get(name)?.arrivals ?? []).map(({ what }) => what);
/** A call of each kind, by the number of the file. */
function callAbout({ engine }: Keys, hash: string, ask: Ask): Promise<unknown> {
  switch (Number(hash) % 4) {
    case 0:
      return engine.upload(uploadOf(hash), ask);
    case 1:
      return engine.submit(fileOf(hash), ask);
    case 2:
      return engine.poll(analysing(opened(hash, { kind: 'file', hash }), noon), ask);
    default:
      return engine.lookUp(fileOf(hash), ask);
  }
}

test('each call carries the key of a server that asked for it, counts on it alone, and is made once', async () => {
  const owner = new Map([
    ['a', 'A'],
    ['b', 'B'],
    ['c', 'C'],
  ]);
  const limits = { perMinute: 4, perDay: 12, perMonth: 12 };
  const joins = fc.record({ at: fc.nat(2 * minute), server: fc.constantFrom('a', 'b', 'c', 'd'), file: fc.nat(7) });
  const troubles = fc.record({
    key: fc.constantFrom('', 'A', 'B', 'C'),
    from: fc.nat(minute),
    for: fc.nat(minute),
    kind: fc.constantFrom('quota', 'key'),
  });
  const property = async (asked: { at: number; server: string; file: number }[], bad: Trouble[]) => {
    const keys = await keysOf(['A', 'B', 'C'], limits);
    for (const [server, key] of owner) keys.give(server, key);
    for (const [name, world] of keys.worlds) {
      world.treat = () => {
        const now = keys.clock.elapsed();
        const trouble = bad.find(({ key, from, for: ms }) => key === name && now >= from && now < from + ms);
        const failure = trouble?.kind === 'key' ? badKey() : quotaFailure();
        return { there: 50, back: 50, fails: trouble && failure };
      };
    }
    const { signal, quit } = quitting();
    const flights = new Map<number, ReturnType<typeof flightOf>>();
    const servers = new Map<string, Set<string>>();
    const done = new Set<number>();
    for (const { at, server, file } of asked.toSorted((one, other) => one.at - other.at)) {
      void keys.clock.sleep(at).then(() => {
        const hash = `${file}`;
        servers.set(hash, (servers.get(hash) ?? new Set()).add(server));
        const flight = flights.get(file);
        if (flight) flight.join(questionOf(server, hash));
        else {
          const begun = flightOf([questionOf(server, hash)]);
          flights.set(file, begun);
          callAbout(keys, hash, begun.ask(signal)).then(
            () => done.add(file),
            () => {},
          );
        }
      });
    }
    await keys.clock.runUntil(noon + 60 * minute);
    const served: string[] = [];
    for (const [name, world] of keys.worlds) {
      assert.ok(mostIn(world.arrivals, minute) <= limits.perMinute);
      assert.ok(mostOn(world.arrivals) <= limits.perDay);
      assert.equal(world.scheduler.overview().day.used, world.arrivals.length);
      for (const { what, asker } of world.arrivals) {
        assert.equal(owner.get(asker.server ?? '') ?? '', name);
        assert.ok(servers.get(what.replace(/^[a-z ]+/, ''))?.has(asker.server ?? ''));
      }
      served.push(...world.served);
    }
    assert.equal(new Set(served).size, served.length, 'a call was made twice');
    // One file is asked for at most eight times, and a key has twelve calls: only trouble eats up a day.
    if (bad.length === 0) assert.equal(done.size, flights.size);
    quit();
    await keys.clock.runUntil(noon + 61 * minute);
    await keys.stop();
  };
  type Trouble = { key: string; from: number; for: number; kind: string };
  await fc.assert(
    fc.asyncProperty(fc.array(joins, { maxLength: 25 }), fc.array(troubles, { maxLength: 4 }), property),
    { numRuns: 40 },
  );
});

describe('a refused key', () => {
  for (const [what, failure] of [
    ['refused', badKey],
    ['paused', quotaFailure],
  ] as const)
    test(`holds up nobody else when it is ${what}`, async () => {
      const keys = await keysOf(['A', 'B']);
      keys.give('a', 'A');
      keys.give('b', 'B');
      fails(keys, 'A', failure);
      const { signal, quit } = quitting();
      const waiting = flightOf([questionOf('a', '1')]);
      keys.engine.lookUp(fileOf('1'), waiting.ask(signal)).catch(() => {});
      await keys.clock.runUntil(noon + 5_000);
      const others = [lookUp(keys, 'b', '2'), lookUp(keys, 'nobody', '3')];
      await keys.clock.runUntil(noon + 7_000);
      await Promise.all(others);
      assert.deepEqual(arrivedAt(keys, 'B'), ['look up 2']);
      assert.deepEqual(arrivedAt(keys, ''), ['look up 3']);

      // A server with a key that works joins: its key makes the call for both.
      waiting.join(questionOf('b', '1'));
      await keys.clock.runUntil(noon + 10_000);
      assert.deepEqual(arrivedAt(keys, 'B'), ['look up 2', 'look up 1']);
      quit();
      await keys.stop();
    });

  test('waits with words, and falls back to the operator only if the server chose to', async () => {
    for (const mayFallBack of [false, true]) {
      const keys = await keysOf(['A']);
      keys.give('a', 'A', mayFallBack);
      fails(keys, 'A', badKey);
      const question = questionOf('a', '1');
      const { signal, quit } = quitting();
      keys.engine.lookUp(fileOf('1'), flightOf([question]).ask(signal)).catch(() => {});
      await keys.clock.runUntil(noon + 10_000);
      const reasons = question.told.map((activity) => activity.kind === 'waiting' && activity.place.for);
      assert.ok(reasons.includes('ownKey'), String(reasons));
      assert.deepEqual(arrivedAt(keys, ''), mayFallBack ? ['look up 1'] : []);
      quit();
      await keys.stop();
    }
  });

  test('of a used-up day falls back in the same way', async () => {
    const limits = { perMinute: 4, perDay: 1, perMonth: 10 };
    for (const mayFallBack of [false, true]) {
      const keys = await keysOf(['A'], limits);
      keys.give('a', 'A', mayFallBack);
      await Promise.all([lookUp(keys, 'a', '1'), keys.clock.runUntil(noon + 1_000)]);
      const { signal, quit } = quitting();
      keys.engine.lookUp(fileOf('2'), flightOf([questionOf('a', '2')]).ask(signal)).catch(() => {});
      await keys.clock.runUntil(noon + minute);
      assert.deepEqual(arrivedAt(keys, 'A'), ['look up 1']);
      assert.deepEqual(arrivedAt(keys, ''), mayFallBack ? ['look up 2'] : []);
      quit();
      await keys.stop();
    }
  });
});

test('a call that waits moves to the key that was set meanwhile, and back when it is removed', async () => {
  const keys = await keysOf(['A', 'B']);
  keys.give('a', 'unreadable');
  const question = questionOf('a', '1');
  const first = keys.engine.lookUp(fileOf('1'), flightOf([question]).ask(never));
  await keys.clock.runUntil(noon + 1_000);
  assert.deepEqual(question.told.at(-1), { kind: 'waiting', place: { for: 'ownKey', ahead: 0, until: undefined } });
  keys.give('a', 'A');
  await keys.clock.runUntil(noon + 2_000);
  await first;
  assert.deepEqual(arrivedAt(keys, 'A'), ['look up 1']);

  fails(keys, 'A', badKey);
  const second = lookUp(keys, 'a', '2');
  await keys.clock.runUntil(noon + 3_000);
  keys.give('a', undefined);
  await keys.clock.runUntil(noon + 4_000);
  await second;
  assert.deepEqual(arrivedAt(keys, ''), ['look up 2']);
  await keys.stop();
});

test('a call that is given up leaves all lines', async () => {
  const keys = await keysOf(['A', 'B'], { perMinute: 1, perDay: 10, perMonth: 10 });
  keys.give('a', 'A');
  keys.give('b', 'B');
  await Promise.all([lookUp(keys, 'a', '1'), lookUp(keys, 'b', '2'), keys.clock.runUntil(noon + 1_000)]);
  const stop = new AbortController();
  const given = keys.engine.lookUp(
    fileOf('3'),
    flightOf([questionOf('a', '3'), questionOf('b', '3')]).ask(stop.signal),
  );
  await keys.clock.runUntil(noon + 2_000);
  stop.abort(new Error('given up'));
  await assert.rejects(given, /given up/);
  await keys.clock.runUntil(noon + 5 * minute);
  for (const name of ['A', 'B']) assert.equal(keys.worlds.get(name)?.scheduler.overview().waiting.automatic, 0);
  assert.equal(arrivedAt(keys, 'A').length + arrivedAt(keys, 'B').length, 2);
  await keys.stop();
});

test('a person who joins raises the call in the line of their own key', async () => {
  const keys = await keysOf(['A'], { perMinute: 1, perDay: 100, perMonth: 100 });
  keys.give('a', 'A');
  await Promise.all([lookUp(keys, 'a', '0'), keys.clock.runUntil(noon + 1_000)]);
  const { signal, quit } = quitting();
  const flights = ['1', '2', '3'].map((hash) => {
    const flight = flightOf([questionOf('a', hash)]);
    keys.engine.lookUp(fileOf(hash), flight.ask(signal)).catch(() => {});
    return flight;
  });
  await keys.clock.runUntil(noon + 2_000);
  const person = asking({ urgency: 'interactive', member: 'm' }).asker();
  flights[2]?.join(questionOf('a', '3', { asker: person }));
  await keys.clock.runUntil(noon + 70_000);
  assert.deepEqual(arrivedAt(keys, 'A'), ['look up 0', 'look up 3']);
  quit();
  await keys.stop();
});
