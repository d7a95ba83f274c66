import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Failure } from '../../src/scan/failure.ts';
import { asking, createWorld, noon, pursue, type World } from './world.ts';

const minute = 60_000;
const badKey = new Failure('engine.badKey', 'the key is refused');
const isBadKey = (error: unknown) => error instanceof Failure && error.code === 'engine.badKey';

async function refusing(usage?: Parameters<typeof createWorld>[0]): Promise<World & { heal(): void }> {
  const world = await createWorld(usage);
  let fails: Failure | undefined = badKey;
  world.treat = () => ({ there: 100, back: 100, fails });
  return Object.assign(world, {
    heal() {
      fails = undefined;
    },
  });
}

const names = (world: World) => world.events.map(({ event }) => event);

describe('a key that is refused', () => {
  test('fails what people asked for at once, keeps the rest waiting, and is told to the operator once', async () => {
    const world = await refusing();
    const asks = [1, 2, 3].map((since) => asking({ since }));
    const verdicts = asks.map((ask, n) => pursue(world, `machine ${n}`, ask));
    const person = pursue(world, 'person', asking({ urgency: 'interactive' }));
    const refused = assert.rejects(person, isBadKey);
    await world.clock.runUntil(noon + minute);
    await refused;
    await assert.rejects(pursue(world, 'later', asking({ urgency: 'interactive' })), isBadKey);
    for (const ask of asks) assert.equal(ask.places.at(-1)?.for, 'key');
    assert.deepEqual(names(world), ['keyRefused']);

    world.heal();
    await world.clock.runUntil(noon + 60 * minute);
    await Promise.all(verdicts);
    assert.deepEqual(names(world), ['keyRefused', 'keyAccepted']);
    await world.scheduler.stop();
  });

  test('is tried by one call every few minutes where the quota endpoint does not tell', async () => {
    const world = await refusing();
    for (const since of [1, 2, 3, 4, 5]) pursue(world, `${since}`, asking({ since })).catch(() => {});
    await world.clock.runUntil(noon + 60 * minute);
    assert.ok(world.arrivals.length >= 15 && world.arrivals.length <= 25, `${world.arrivals.length} calls`);
    await world.scheduler.stop();
  });

  test('is tried for nothing where the quota endpoint tells', async () => {
    const world = await createWorld({ usage: () => Promise.reject(badKey) });
    const verdict = pursue(world, 'machine', asking());
    await assert.rejects(async () => {
      await world.clock.runUntil(noon + minute);
      await pursue(world, 'person', asking({ urgency: 'interactive' }));
    }, isBadKey);
    await world.clock.runUntil(noon + 30 * minute);
    assert.equal(world.arrivals.length, 0);
    world.usage = async () => ({ day: { used: 0, allowed: 500 }, month: undefined });
    await world.clock.runUntil(noon + 60 * minute);
    await verdict;
    assert.deepEqual(names(world), ['keyRefused', 'keyAccepted']);
    await world.scheduler.stop();
  });

  test('a raised call fails like one that a person asked for', async () => {
    const world = await refusing();
    const ask = asking();
    const verdict = assert.rejects(pursue(world, 'file', ask), isBadKey);
    await world.clock.runUntil(noon + minute);
    ask.raise();
    await verdict;
    await world.scheduler.stop();
  });
});

test('a call that is forbidden while the key works for others fails alone', async () => {
  const world = await createWorld();
  const forbidden = new Failure('engine.forbidden', 'not with this key');
  world.treat = (what) => ({ there: 100, back: 100, fails: what === 'look up special' ? forbidden : undefined });
  world.known.add('file');
  const special = assert.rejects(pursue(world, 'special', asking({ since: 2 })), forbidden);
  const files = [3, 4, 5].map((since) => pursue(world, 'file', asking({ server: 'b', since })));
  await world.clock.runUntil(noon + 60 * minute);
  await special;
  await Promise.all(files);
  await world.scheduler.stop();
});
