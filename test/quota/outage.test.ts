import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createOutage, usageCall } from '../../src/quota/outage.ts';
import { Failure } from '../../src/scan/failure.ts';
import { virtualClock } from '../fixtures/virtualClock.ts';
import { asking, createWorld, fileOf, noon, pursue, type World } from './world.ts';

const minute = 60_000;
const hour = 60 * minute;
const away = new Failure('engine.unavailable', 'VirusTotal did not answer');
const badKey = new Failure('engine.badKey', 'the key is refused');
const names = (world: World) => world.events.map(({ event }) => event);

/** A service that fails as told. */
async function failing(fails: (what: string) => Failure | undefined, options: Parameters<typeof createWorld>[0] = {}) {
  const world = await createWorld(options);
  let now: typeof fails = fails;
  world.treat = (what) => ({ there: 100, back: 100, fails: now(what) });
  return Object.assign(world, {
    failAs(next: typeof fails) {
      now = next;
    },
  });
}

/** Looks a file up again and again, as the domain does after a passing failure. */
async function persist(world: World, name: string, ask = asking(), tries = 9): Promise<'answered' | 'given up'> {
  for (let n = 0; n < tries; n++) {
    try {
      await world.engine.lookUp(fileOf(name), ask);
      return 'answered';
    } catch {
      await world.clock.sleep(5_000);
    }
  }
  return 'given up';
}

describe('an outage of the service', () => {
  test('keeps all calls waiting, says so, and costs a try now and then until it is over', async () => {
    const world = await failing(() => away);
    const asks = Array.from({ length: 8 }, (_, n) =>
      asking({ since: n, server: `${n}`, urgency: n % 2 ? 'automatic' : 'interactive' }),
    );
    const ends = asks.map((ask, n) => persist(world, `${n}`, ask));
    await world.clock.runUntil(noon + 12 * hour);
    assert.ok(world.arrivals.length < 260, `${world.arrivals.length} calls`);
    const later = asks.filter(({ places }) => places.at(-1)?.for === 'outage');
    assert.ok(later.length >= 7, `${later.length} of 8 know`);
    const until = (later[0]?.places.at(-1)?.until ?? 0) - world.clock.now();
    assert.ok(until >= 0 && until <= 3 * minute, `${until} ms`);

    world.failAs(() => undefined);
    const back = world.clock.now();
    await world.clock.runUntil(back + 10 * minute);
    assert.deepEqual(await Promise.all(ends), Array(8).fill('answered'));
    assert.deepEqual(names(world), ['outage', 'outageOver']);
    await world.scheduler.stop();
  });

  test('is known by one call when the usage cannot be read either, and lets nothing fail', async () => {
    const world = await failing(() => away);
    await world.clock.runUntil(noon + minute);
    world.usage = () => Promise.reject(away);
    const verdict = pursue(world, 'file', asking({ urgency: 'interactive' }));
    await world.clock.runUntil(noon + 2 * hour);
    assert.deepEqual(names(world), ['outage']);
    // The tries read the usage, so they cost nothing.
    assert.equal(world.arrivals.length, 1);
    world.usage = async () => ({ day: { used: 1, allowed: 500 }, month: undefined });
    world.failAs(() => undefined);
    await world.clock.runUntil(noon + 3 * hour);
    await verdict;
    await world.scheduler.stop();
  });

  test('is not what one call means that fails after the usage was told again', async () => {
    const world = await failing(() => away, { usage: () => Promise.reject(away) });
    await world.clock.runUntil(noon + minute);
    const usage = async () => ({ day: { used: 1, allowed: 500 }, month: undefined });
    world.usage = usage;
    await world.scheduler.takeUsage(usage);
    const failed = assert.rejects(world.engine.lookUp(fileOf('a'), asking()), away);
    await world.clock.runUntil(noon + 2 * minute);
    await failed;
    assert.deepEqual(names(world), []);
    await world.scheduler.stop();
  });

  test('is over with the first answer, also of a call that was sent before', async () => {
    const world = await failing((what) => (what.includes('slow') ? undefined : away));
    world.treat = (what) =>
      what.includes('slow') ? { there: 100, back: 60_000 } : { there: 100, back: 100, fails: away };
    const slow = world.engine.lookUp(fileOf('slow'), asking());
    for (const n of [1, 2, 3]) void persist(world, `${n}`, asking({ server: `${n}` }));
    await world.clock.runUntil(noon + 50_000);
    assert.deepEqual(names(world), ['outage']);
    await world.clock.runUntil(noon + 61_000);
    await slow;
    assert.deepEqual(names(world), ['outage', 'outageOver']);
    await world.scheduler.stop();
  });

  const usages: {
    says: string;
    usage: () => Promise<undefined | { day: { used: number; allowed: number }; month: undefined }>;
  }[] = [
    { says: 'is told', usage: async () => ({ day: { used: 1, allowed: 500 }, month: undefined }) },
    { says: 'is not told', usage: async () => undefined },
  ];
  for (const { says, usage } of usages) {
    test(`is not what one file means that always fails, where the usage ${says}`, async () => {
      const world = await failing((what) => (what.includes('poison') ? away : undefined), { usage });
      const poison = persist(world, 'poison', asking({ since: 0 }));
      const others = Array.from({ length: 20 }, async (_, n) => {
        await world.clock.sleep(n * 20_000);
        return persist(world, `${n}`, asking({ since: n + 1 }), 1);
      });
      await world.clock.runUntil(noon + 30 * minute);
      assert.equal(await poison, 'given up');
      assert.deepEqual(await Promise.all(others), Array(20).fill('answered'));
      assert.deepEqual(names(world), []);
      await world.scheduler.stop();
    });
  }

  test('that three files only seem to be is over when another file is tried, which goes before them', async () => {
    const world = await failing((what) => (what.includes('poison') ? away : undefined));
    for (const n of [1, 2, 3]) void persist(world, `poison ${n}`, asking({ server: `${n}` }));
    await world.clock.runUntil(noon + 40_000);
    assert.deepEqual(names(world), ['outage']);
    const other = persist(world, 'other', asking({ since: 9 }));
    await world.clock.runUntil(noon + 2 * minute);
    assert.equal(await other, 'answered');
    await world.scheduler.stop();
  });

  test('needs no timer while nobody waits', async () => {
    const world = await failing(() => away);
    const asks = [1, 2, 3].map((n) => asking({ server: `${n}` }));
    for (const [n, ask] of asks.entries()) void persist(world, `${n}`, ask, 1);
    await world.clock.runUntil(noon + 30_000);
    assert.deepEqual(names(world), ['outage']);
    for (const ask of asks) ask.abort();
    await world.clock.runUntil(noon + hour);
    const before = world.arrivals.length;
    await world.clock.runUntil(noon + 10 * hour);
    assert.equal(world.arrivals.length, before);
    world.failAs(() => undefined);
    const next = persist(world, 'next', asking());
    await world.clock.runUntil(noon + 10 * hour + minute);
    assert.equal(await next, 'answered');
    await world.scheduler.stop();
  });

  test('is shared by the keys of one process: one of them tries', async () => {
    const clock = virtualClock(noon);
    const outage = createOutage(clock, () => {});
    const worlds = await Promise.all([1, 2, 3].map(() => failing(() => away, { clock, outage })));
    const ends = worlds.map((world, n) => persist(world, `file ${n}`));
    await clock.runUntil(noon + 10_000);
    assert.equal(outage.isOut(), true);
    const calls = () => worlds.reduce((sum, { arrivals }) => sum + arrivals.length, 0);
    const before = calls();
    await clock.runUntil(noon + 2 * hour);
    assert.ok(calls() - before <= 45, `${calls() - before} tries`);
    for (const world of worlds) world.failAs(() => undefined);
    await clock.runUntil(noon + 3 * hour);
    assert.deepEqual(await Promise.all(ends), Array(3).fill('answered'));
    for (const { scheduler } of worlds) await scheduler.stop();
  });
});

describe('the signs of an outage', () => {
  const cases: { when: string; signs: string[]; out: boolean }[] = [
    { when: 'one call fails', signs: ['-a'], out: false },
    { when: 'one call fails again and again', signs: ['-a', '-a', '-a', '-a', '-a'], out: false },
    { when: 'two calls fail', signs: ['-a', '-b', '-a', '-b'], out: false },
    { when: 'three calls fail', signs: ['-a', '-b', '-c'], out: true },
    { when: 'three calls fail, and one was answered between', signs: ['-a', '-b', '+d', '-c'], out: false },
    { when: 'three calls fail, and the usage was told between', signs: ['-a', '-b', `+${usageCall}`, '-c'], out: true },
    { when: 'only the usage is not told', signs: [`-${usageCall}`, `-${usageCall}`], out: false },
    { when: 'a call fails and the usage is not told', signs: ['-a', `-${usageCall}`], out: true },
    { when: 'a call fails and the usage was told', signs: [`-${usageCall}`, `+${usageCall}`, '-a'], out: false },
    { when: 'an outage is over', signs: ['-a', '-b', '-c', '+a'], out: false },
    { when: 'during an outage only the usage is told', signs: ['-a', '-b', '-c', `+${usageCall}`], out: true },
    { when: 'after an outage one call fails', signs: ['-a', '-b', '-c', '+a', '-b'], out: false },
  ];
  for (const { when, signs, out } of cases) {
    test(`when ${when}: ${out ? 'out of order' : 'in order'}`, () => {
      const outage = createOutage(virtualClock(noon), () => {});
      for (const sign of signs) {
        if (sign.startsWith('+')) outage.succeeded(sign.slice(1));
        else outage.failed(sign.slice(1));
      }
      assert.equal(outage.isOut(), out);
    });
  }

  test('the tries become rarer, from five seconds after the beginning to one in three minutes', async () => {
    const clock = virtualClock(noon);
    const outage = createOutage(clock, () => {});
    for (const call of ['a', 'b', 'c']) outage.failed(call);
    assert.equal(outage.claimTry(), false);
    const waits: number[] = [];
    for (let n = 0; n < 8; n++) {
      const wait = outage.untilTry();
      waits.push(wait / 1_000);
      await clock.runUntil(clock.now() + wait - 1);
      assert.equal(outage.claimTry(), false);
      await clock.runUntil(clock.now() + 1);
      assert.equal(outage.claimTry(), true);
      assert.equal(outage.claimTry(), false);
    }
    assert.deepEqual(waits, [5, 10, 20, 40, 80, 160, 180, 180]);
  });
});

describe('a key that is refused', () => {
  for (const stage of ['upload', 'poll'] as const) {
    for (const urgency of ['interactive', 'automatic'] as const) {
      test(`in the middle fails nothing: the ${stage} waits until the key works again (${urgency})`, async () => {
        const world = await failing((what) => (what.startsWith(stage) ? badKey : undefined));
        const ask = asking({ urgency });
        const verdict = pursue(world, 'file', ask);
        await world.clock.runUntil(noon + 10 * minute);
        assert.equal(ask.places.at(-1)?.for, 'key');
        assert.deepEqual(names(world), ['keyRefused']);
        await world.clock.runUntil(noon + 23 * hour);
        world.failAs(() => undefined);
        await world.clock.runUntil(noon + 24 * hour);
        await verdict;
        assert.equal(world.served.filter((what) => what.startsWith('upload')).length, 1);
        assert.deepEqual(names(world), ['keyRefused', 'keyAccepted']);
        await world.scheduler.stop();
      });
    }
  }
});
