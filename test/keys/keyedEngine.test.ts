import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Failure } from '../../src/scan/failure.ts';
import { asking, fileOf, mostIn, mostOn, noon, quotaFailure } from '../quota/world.ts';
import { flightOf, type Keys, keysOf, questionOf } from './world.ts';

const minute = 60_000;
const never = new AbortController().signal;
const badKey = () => new Failure('engine.badKey', 'refused');
const arrivedAt = (keys: Keys, name: string) => (keys.worlds.get(name)?.arrivals ?? []).map(({ what }) => what);
const lookUp = (keys: Keys, server: string, hash: string) =>
  keys.engine.lookUp(fileOf(hash), flightOf([questionOf(server, hash)]).ask(never));

function fails(keys: Keys, name: string, failure: () => Failure): void {
  const world = keys.worlds.get(name) ?? assert.fail(name);
  world.treat = () => ({ there: 10, back: 10, fails: failure() });
}

/** Whatever waits is given up with this signal, so that a test may end. */
function quitting() {
  const stop = new AbortController();
  return { signal: stop.signal, quit: () => stop.abort(new Error('the test is over')) };
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
          keys.engine.lookUp(fileOf(hash), begun.ask(signal)).then(
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
        assert.ok(servers.get(what.replace('look up ', ''))?.has(asker.server ?? ''));
      }
      served.push(...world.served);
    }
    assert.equal(new Set(served).size, served.length, 'a file was looked up twice');
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

describe('an upload', () => {
  const mayNot = { mode: 'lookUp' as const, file: undefined };
  const askers = fc.uniqueArray(
    fc.record({
      server: fc.constantFrom('a', 'b', 'c'),
      /** ms before noon. */
      since: fc.nat(60_000),
      isPerson: fc.boolean(),
      mayUpload: fc.boolean(),
      key: fc.constantFrom('works', 'works', 'refused', 'usedUp', 'paused', 'unreadable'),
    }),
    { minLength: 1, selector: ({ server }) => server },
  );
  type Askers = typeof askers extends fc.Arbitrary<infer One> ? One : never;
  const limits = { perMinute: 4, perDay: 2, perMonth: 100 };

  /** Keys in the state that the askers say, and the upload that they ask for together. */
  async function begin(asking: Askers) {
    const keys = await keysOf(['A', 'B', 'C'], limits);
    for (const { server, key } of asking) {
      const name = server.toUpperCase();
      keys.give(server, name);
      if (key === 'usedUp') for (const hash of ['8', '9']) await during(keys, lookUp(keys, server, hash));
      if (key === 'refused') fails(keys, name, badKey);
      // It asks for a pause of ten minutes.
      if (key === 'paused') fails(keys, name, () => quotaFailure(10 * minute));
      if (key === 'unreadable') keys.give(server, 'unreadable');
    }
    const questions = asking.map(({ server, since, isPerson, mayUpload }) => {
      const urgency = isPerson ? ('interactive' as const) : ('automatic' as const);
      const asker = { urgency, server, member: isPerson ? server : undefined, since: noon - since };
      return questionOf(server, '1', mayUpload ? { asker } : { asker, ...mayNot });
    });
    const uploaded = () => Array.from(keys.worlds.values()).flatMap(({ served }) => served.filter(isUpload));
    const carrying = () =>
      Array.from(keys.worlds).flatMap(([name, { served }]) => (served.some(isUpload) ? [name] : []));
    const { signal, quit } = quitting();
    const upload = { path: '', size: 1, sha256: '1', name: '', password: undefined, ready: async () => {}, sent() {} };
    return {
      keys,
      flight: flightOf(questions),
      carrying,
      uploaded,
      signal,
      async end() {
        quit();
        await keys.clock.runUntil(keys.clock.now() + 1_000);
        await keys.stop();
      },
      start: (flight: ReturnType<typeof flightOf>) =>
        keys.engine.upload(upload, flight.ask(signal, { by: ({ file }) => file !== undefined })).catch(() => {}),
    };
  }
  const isUpload = (what: string) => what.startsWith('upload');
  const during = async (keys: Keys, work: Promise<unknown>) => {
    await keys.clock.runUntil(keys.clock.now() + 1_000);
    await work;
  };

  test('goes once, on the key of the first who may upload; if that is refused, used up or paused, on the next one', async () => {
    const property = async (asking: Askers) => {
      const may = asking.filter(({ mayUpload }) => mayUpload);
      if (may.length === 0) return;
      const { keys, flight, start, carrying, uploaded, end } = await begin(asking);
      void start(flight);
      await keys.clock.runUntil(noon + 5 * minute);
      // People go before machines, here as in each line.
      const [first] = may
        .filter(({ key }) => key === 'works')
        .toSorted((a, b) => Number(b.isPerson) - Number(a.isPerson) || b.since - a.since);
      assert.deepEqual(carrying(), first ? [first.server.toUpperCase()] : []);
      assert.equal(uploaded().length, first ? 1 : 0);
      await end();
    };
    await fc.assert(fc.asyncProperty(askers, property), { numRuns: 60 });
  });

  test('goes on the first key if that works again before the turn of the next one has come', async () => {
    const asking: Askers = [
      { server: 'a', since: 2, isPerson: false, mayUpload: true, key: 'refused' },
      { server: 'b', since: 1, isPerson: false, mayUpload: true, key: 'usedUp' },
    ];
    const { keys, flight, start, carrying, end } = await begin(asking);
    void start(flight);
    await keys.clock.runUntil(noon + minute);
    assert.deepEqual(carrying(), []);
    const world = keys.worlds.get('A') ?? assert.fail();
    world.treat = () => ({ there: 10, back: 10 });
    await keys.clock.runUntil(noon + 10 * minute);
    assert.deepEqual(carrying(), ['A']);
    await end();
  });

  test('moves to the key of a person who joins while it waits behind watched files', async () => {
    const { keys, flight, start, carrying, end } = await begin([
      { server: 'a', since: 2, isPerson: false, mayUpload: true, key: 'paused' },
    ]);
    keys.give('b', 'B');
    void start(flight);
    await keys.clock.runUntil(noon + minute);
    flight.join(questionOf('b', '1', { asker: { urgency: 'interactive', server: 'b', member: 'm', since: noon } }));
    await keys.clock.runUntil(noon + minute + 5_000);
    assert.deepEqual(carrying(), ['B']);
    await end();
  });
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
