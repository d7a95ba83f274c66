import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Failure } from '../../src/scan/failure.ts';
import { asking, createWorld, noon, pursue, type World } from './world.ts';

const minute = 60_000;
const badKey = new Failure('engine.badKey', 'the key is refused');

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
  test('keeps everything waiting, and is told to the operator once', async () => {
    const world = await refusing();
    const asks = [1, 2, 3, 4].map((since) => asking({ since, urgency: since % 2 ? 'automatic' : 'interactive' }));
    const verdicts = asks.map((ask, n) => pursue(world, `file ${n}`, ask));
    await world.clock.runUntil(noon + minute);
    asks.push(asking({ urgency: 'interactive' }));
    verdicts.push(...asks.slice(4).map((ask) => pursue(world, 'later', ask)));
    await world.clock.runUntil(noon + 2 * minute);
    for (const ask of asks) assert.equal(ask.places.at(-1)?.for, 'key');
    // A refused key is tried again after three minutes.
    const triedAt = (asks[0]?.places.at(-1)?.until ?? 0) - noon;
    assert.ok(triedAt >= 3 * minute && triedAt < 4 * minute, `${triedAt} ms`);
    assert.deepEqual(names(world), ['keyRefused']);
    assert.equal(world.scheduler.overview().key, 'refused');

    world.heal();
    await world.clock.runUntil(noon + 60 * minute);
    await Promise.all(verdicts);
    assert.deepEqual(names(world), ['keyRefused', 'keyAccepted']);
    assert.equal(world.scheduler.overview().key, 'accepted');
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
    const verdict = pursue(world, 'file', asking());
    await world.clock.runUntil(noon + 30 * minute);
    assert.equal(world.arrivals.length, 0);
    world.usage = async () => ({ day: { used: 0, allowed: 500 }, month: undefined });
    await world.clock.runUntil(noon + 60 * minute);
    await verdict;
    assert.deepEqual(names(world), ['keyRefused', 'keyAccepted']);
    await world.scheduler.stop();
  });
});

describe('a call that is forbidden', () => {
  const forbidden = new Failure('engine.forbidden', 'not with this key');

  async function forbidding(usage?: Parameters<typeof createWorld>[0]): Promise<World> {
    const world = await createWorld(usage);
    world.treat = (what) => ({ there: 100, back: 100, fails: what === 'look up special' ? forbidden : undefined });
    world.known.add('file');
    return world;
  }

  const endpoints = [
    { says: 'says that the key works', usage: async () => ({ day: { used: 0, allowed: 500 }, month: undefined }) },
    { says: 'does not tell', usage: async () => undefined },
    { says: 'fails', usage: () => Promise.reject(new Failure('engine.unavailable', 'away')) },
  ];
  for (const { says, usage } of endpoints) {
    for (const urgency of ['interactive', 'automatic'] as const) {
      test(`fails alone where the quota endpoint ${says} (${urgency})`, async () => {
        const world = await forbidding({ usage });
        const special = assert.rejects(pursue(world, 'special', asking({ urgency, since: 2 })), forbidden);
        const files = [3, 4, 5].map((since) =>
          pursue(world, 'file', asking({ urgency: 'interactive', server: 'b', since })),
        );
        await world.clock.runUntil(noon + 2 * minute);
        await special;
        await Promise.all(files);
        assert.deepEqual(world.events, []);
        assert.equal(world.arrivals.filter(({ what }) => what === 'look up special').length, 1);
        await world.scheduler.stop();
      });
    }
  }

  test('stands for the key where the quota endpoint refuses that too', async () => {
    const world = await forbidding();
    world.usage = () => Promise.reject(badKey);
    const asks = [asking({ urgency: 'interactive' }), asking()];
    const special = assert.rejects(pursue(world, 'special', asks[0] ?? asking()), forbidden);
    await world.clock.runUntil(noon + minute);
    const machine = pursue(world, 'file', asks[1] ?? asking());
    await world.clock.runUntil(noon + 2 * minute);
    for (const { places } of asks) assert.equal(places.at(-1)?.for, 'key');
    assert.deepEqual(names(world), ['keyRefused']);

    world.usage = async () => ({ day: { used: 0, allowed: 500 }, month: undefined });
    await world.clock.runUntil(noon + 60 * minute);
    await Promise.all([special, machine]);
    assert.deepEqual(names(world), ['keyRefused', 'keyAccepted']);
    await world.scheduler.stop();
  });

  test('does not keep whoever stops waiting for the quota endpoint', async () => {
    const world = await forbidding();
    await world.clock.runUntil(noon + minute);
    world.usage = () => new Promise(() => {});
    const ask = asking({ urgency: 'interactive' });
    const special = assert.rejects(pursue(world, 'special', ask), /given up/);
    await world.clock.runUntil(noon + 2 * minute);
    ask.abort();
    await special;
    await world.scheduler.stop();
  });
});
