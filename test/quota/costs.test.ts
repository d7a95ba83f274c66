import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { QuotaState } from '../../src/quota/ledger.ts';
import { codeOf } from '../../src/scan/failure.ts';
import { memoryCollection } from '../fixtures/memoryStore.ts';
import { asking, createWorld, fileOf, keyLimits, noon, pursue } from './world.ts';

const minute = 60_000;
const isForbidden = (error: unknown) => codeOf(error) === 'engine.forbidden';

describe('an upload that costs more calls than a day has', () => {
  test('fails in words instead of waiting forever, and holds nobody up', async () => {
    const world = await createWorld({ limits: { ...keyLimits, perDay: 2 }, uploadCost: 3 });
    world.known.add('other');
    const hopeless = assert.rejects(pursue(world, 'large', asking({ since: 1 })), isForbidden);
    const other = pursue(world, 'other', asking({ since: 2 }));
    await world.clock.runUntil(noon + minute);
    await hopeless;
    await other;
    // The key is not to blame.
    assert.ok(world.events.every(({ event }) => event !== 'keyRefused'));
    await world.scheduler.stop();
  });

  test('fails also when the service says only meanwhile how few it allows', async () => {
    const world = await createWorld({ uploadCost: 3 });
    const large = assert.rejects(pursue(world, 'large', asking({ since: 1 })), isForbidden);
    for (const n of [2, 3, 4]) {
      world.known.add(`${n}`);
      pursue(world, `${n}`, asking({ since: n })).catch(() => {});
    }
    await world.clock.runUntil(noon + 10_000);
    assert.ok(!world.served.includes('upload large'));
    await world.scheduler.takeUsage(async () => ({ day: { used: 2, allowed: 2 }, month: undefined }));
    await large;
    await world.scheduler.stop();
  });
});

test('a call that is given up costs nothing unless it was sent, however slow the store is', async () => {
  const state = memoryCollection<QuotaState>();
  const world = await createWorld({ state });
  const { set } = state;
  state.set = async (key, row) => {
    await world.clock.sleep(minute);
    await set(key, row);
  };
  const ask = asking();
  const givenUp = world.engine.lookUp(fileOf('file'), ask).catch(() => {});
  await world.clock.runUntil(noon + 10_000);
  ask.abort();
  await world.clock.runUntil(noon + 5 * minute);
  await givenUp;
  const { day, today } = world.scheduler.overview();
  assert.deepEqual([day.used, today.calls], [world.arrivals.length, world.arrivals.length]);
  const stopped = world.scheduler.stop();
  await world.clock.runUntil(noon + 10 * minute);
  await stopped;
});
