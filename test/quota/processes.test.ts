import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { withProcesses } from './processes.ts';
import { asking, fileOf, mostIn, noon, pursue, type World } from './world.ts';

const minute = 60_000;
const hour = 60 * minute;
/** All moments of these tests are ms since noon. */
const since = (world: World) => world.clock.now() - noon;
const allLimits = { perMinute: 4, perDay: 1e6, perMonth: 1e6 };

type Who = Parameters<typeof asking>[0];

/** Looks files up that are known, one call each. */
function lookUp(world: World, count: number, asker: Who): void {
  for (let n = 0; n < count; n++) {
    const name = `${asker?.server ?? 'server'} ${n}`;
    world.known.add(name);
    pursue(world, name, asking({ since: n, ...asker })).catch(() => {});
  }
}

/** When each call of all processes arrived, in order. */
const arrivals = (...worlds: World[]) => worlds.flatMap((world) => world.arrivals).sort((a, b) => a.nth - b.nth);

/** How many calls of others arrive after `from` before the first one of `name`; undefined if that never arrives. */
function slotsBefore(name: string, from: number, ...worlds: World[]): number | undefined {
  const later = arrivals(...worlds).filter(({ at }) => at >= from);
  const at = later.findIndex(({ what }) => what.includes(name));
  return at < 0 ? undefined : at;
}

describe('processes with one key on one file', { concurrency: 2 }, () => {
  for (const urgency of ['interactive', 'automatic'] as const) {
    test(`with a batch of 30 (${urgency}) in one, a person's look-up in the other starts within three slots`, () =>
      withProcesses({ limits: allLimits }, async ({ clock, start }) => {
        const [batch, bot] = [await start(), await start()];
        lookUp(batch, 30, { urgency, server: 'batch' });
        await clock.runUntil(noon + 65_000);
        const from = clock.now();
        lookUp(bot, 1, { urgency: 'interactive', server: 'person' });
        await clock.runUntil(from + hour);
        const before = slotsBefore('person', from, batch, bot);
        assert.ok(before !== undefined && before <= 2, `${before} slots`);
        assert.equal(arrivals(batch, bot).length, 31);
      }));
  }

  test('people go before machines, whichever process they ask', async () => {
    const cases = fc.asyncProperty(fc.integer({ min: minute, max: 10 * minute }), (after) =>
      withProcesses({ limits: allLimits }, async ({ clock, start }) => {
        const [flooded, asked] = [await start(), await start()];
        lookUp(flooded, 100, { server: 'flood' });
        await clock.runUntil(noon + after);
        lookUp(asked, 1, { urgency: 'interactive', server: 'person' });
        await clock.runUntil(noon + after + minute);
        const at = asked.arrivals[0]?.at ?? Number.NaN;
        assert.ok(at - noon - after <= 16_000, `${at - noon - after} ms`);
      }),
    );
    await fc.assert(cases, { numRuns: 5 });
  });

  test('each gets its turn while all have more than enough to do', () =>
    withProcesses({ limits: allLimits }, async ({ clock, start }) => {
      const worlds = [await start(), await start(), await start()];
      for (const world of worlds) lookUp(world, 20, { urgency: 'interactive', server: 'busy' });
      await clock.runUntil(noon + 10 * minute);
      const counts = worlds.map((world) => world.arrivals.filter(({ at }) => at > noon + minute).length);
      assert.ok(Math.max(...counts) - Math.min(...counts) <= 1, `${counts}`);
    }));

  test('one call in twenty is left to machines while people ask in another process', () =>
    withProcesses({ limits: { ...allLimits, perMinute: 60 } }, async ({ clock, start }) => {
      const [people, machines] = [await start(), await start()];
      // The slots come free one by one.
      for (let n = 0; n < 260; n++) {
        lookUp(people, 1, { urgency: 'interactive', server: `person ${n}` });
        if (n < 60) await clock.runUntil(noon + n * 1_000);
      }
      for (let n = 0; n < 5; n++) lookUp(machines, 1, { server: `machine ${n}` });
      await clock.runUntil(noon + 10 * minute);
      const order = arrivals(people, machines).map(({ asker }) => asker.urgency);
      const turns = order.flatMap((urgency, index) => (urgency === 'automatic' ? index : []));
      assert.equal(turns.length, 5);
      const gaps = turns.slice(1).map((turn, index) => turn - (turns[index] ?? 0) - 1);
      assert.ok(Math.max(...gaps) <= 19, `${turns}`);
    }));

  for (const urgency of ['interactive', 'automatic'] as const) {
    test(`a call of two slots (${urgency}) starts within a few slots of a busy process`, () =>
      withProcesses({ limits: allLimits, uploadCost: 2 }, async ({ clock, start }) => {
        const [busy, other] = [await start(), await start()];
        for (let n = 0; n < 30; n++) lookUp(busy, 1, { urgency, server: `batch ${n}` });
        await clock.runUntil(noon + 70_000);
        const upload = {
          path: '',
          size: 1,
          sha256: 'large',
          name: '',
          password: undefined,
          sent: () => {},
          ready: async () => {},
        };
        void other.engine.upload(upload, asking({ urgency, server: 'large' }));
        const from = clock.now();
        await clock.runUntil(from + hour);
        const before = slotsBefore('large', from, busy, other);
        assert.ok(before !== undefined && before <= 2, `${before} slots`);
      }));
  }

  test('one that dies at the head of the line delays the others by half a minute at most', () =>
    withProcesses({ limits: { ...allLimits, perMinute: 1 } }, async ({ clock, start, kill }) => {
      const [dying, other] = [await start(), await start()];
      lookUp(dying, 3, { urgency: 'interactive', server: 'dying' });
      await clock.runUntil(noon + 1_000);
      lookUp(other, 1, { urgency: 'interactive', server: 'other' });
      // The slot comes free after a minute. Until then the dying process stands first.
      await clock.runUntil(noon + 58_000);
      kill(dying);
      await clock.runUntil(noon + 3 * minute);
      const waited = (other.arrivals[0]?.at ?? Number.NaN) - noon - 60_400;
      assert.ok(waited > 0 && waited <= 30_000, `${waited} ms after the slot came free`);
    }));

  test('one that stops leaves the line at once', () =>
    withProcesses({ limits: { ...allLimits, perMinute: 1 } }, async ({ clock, start }) => {
      const [stopping, other] = [await start(), await start()];
      lookUp(stopping, 3, { urgency: 'interactive', server: 'stopping' });
      await clock.runUntil(noon + 1_000);
      lookUp(other, 1, { urgency: 'interactive', server: 'other' });
      await clock.runUntil(noon + 58_000);
      await stopping.scheduler.stop();
      await clock.runUntil(noon + 3 * minute);
      const waited = (other.arrivals[0]?.at ?? Number.NaN) - noon - 60_400;
      assert.ok(waited <= 1_000, `${waited} ms after the slot came free`);
    }));

  test('one whose calls were given up does not keep the others from going', () =>
    withProcesses({ limits: { ...allLimits, perMinute: 1 } }, async ({ clock, start }) => {
      const [fickle, other] = [await start(), await start()];
      lookUp(fickle, 1, { urgency: 'interactive', server: 'fickle' });
      await clock.runUntil(noon + 1_000);
      const ask = asking({ urgency: 'interactive' });
      fickle.engine.lookUp(fileOf('given up'), ask).catch(() => {});
      await clock.runUntil(noon + 2_000);
      lookUp(other, 1, { urgency: 'interactive', server: 'other' });
      await clock.runUntil(noon + 30_000);
      ask.abort();
      await clock.runUntil(noon + 62_000);
      assert.equal(other.arrivals.length, 1);
    }));

  test('keep the minute together and starve nobody, whatever arrives where', async () => {
    const shared = fc.record({
      at: fc.nat(5 * minute),
      process: fc.nat(1),
      urgency: fc.constantFrom('interactive' as const, 'automatic' as const),
      cost: fc.constantFrom(1, 1, 1, 2),
    });
    const cases = fc.asyncProperty(fc.array(shared, { minLength: 5, maxLength: 30 }), (calls) =>
      withProcesses({ limits: allLimits, uploadCost: 2 }, async ({ clock, start }) => {
        const worlds = [await start(), await start()];
        const started = calls.map(async ({ at, process, urgency, cost }, index) => {
          await clock.sleep(at);
          const world = worlds[process];
          assert.ok(world);
          const ask = asking({ urgency, server: `server ${index % 3}`, since: clock.now() });
          const asked = since(world);
          const sha256 = `file ${index}`;
          if (cost === 1) await world.engine.lookUp(fileOf(sha256), ask);
          else
            await world.engine.upload(
              { path: '', size: 1, sha256, name: '', password: undefined, sent() {}, ready: async () => {} },
              ask,
            );
          return { urgency, waited: since(world) - asked };
        });
        await clock.runUntil(noon + hour);
        const all = await Promise.all(started);
        assert.ok(all.every(({ waited }) => waited < 20 * minute));
        const slots = arrivals(...worlds).flatMap((one) => (one.what.startsWith('upload') ? [one, one] : [one]));
        assert.ok(mostIn(slots, minute) <= 4);
      }),
    );
    await fc.assert(cases, { numRuns: 10 });
  });
});
