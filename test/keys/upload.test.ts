import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { noon, quotaFailure } from '../quota/world.ts';
import { badKey, fails, flightOf, type Keys, keysOf, lookUp, questionOf, quitting, uploadOf } from './world.ts';

const minute = 60_000;

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
        keys.engine.upload(uploadOf('1'), flight.ask(signal, { by: ({ file }) => file !== undefined })).catch(() => {}),
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
