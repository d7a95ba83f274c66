import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Place } from '../../src/scan/ports.ts';
import { memoryCalls } from '../fixtures/memoryCalls.ts';
import { virtualClock } from '../fixtures/virtualClock.ts';
import { asking, createWorld, fileOf, noon, pursue } from './world.ts';

const minute = 60_000;
const told = (places: (Place | undefined)[]) => places.filter((place) => place !== undefined);

describe('a place in the line', () => {
  test('tells that servers take turns: who was never served first, and the many files of one after the first of each', async () => {
    const world = await createWorld({ limits: { perMinute: 1, perDay: 500, perMonth: 15_500 } });
    const look = (server: string, since: number) => {
      const ask = asking({ server, since });
      world.engine.lookUp(fileOf(`${server} ${since}`), ask).catch(() => {});
      return ask;
    };
    look('a', 0);
    await world.clock.runUntil(noon + 1_000);
    const asks = [look('a', 1), look('a', 2), look('a', 3), look('b', 4), look('c', 5)];
    await world.clock.runUntil(noon + 3_000);
    assert.deepEqual(
      asks.map(({ places }) => told(places).at(-1)?.ahead),
      [2, 3, 4, 0, 1],
    );
    for (const ask of asks) ask.abort();
    await world.scheduler.stop();
  });

  test('is told at once, shrinks, comes true, and ends when the call starts', async () => {
    const world = await createWorld();
    const asks = Array.from({ length: 12 }, (_, n) => asking({ urgency: 'interactive', member: `m${n}`, since: n }));
    const starts = asks.map(async (ask, n) => {
      world.known.add(`${n}`);
      return pursue(world, `${n}`, ask);
    });
    await world.clock.runUntil(noon + 1_000);
    const last = asks.at(-1);
    assert.ok(last);
    const [first] = told(last.places);
    assert.equal(first?.for, 'turn');
    assert.equal(first?.ahead, 7);

    await world.clock.runUntil(noon + 10 * minute);
    await Promise.all(starts);
    const aheads = told(last.places).map(({ ahead }) => ahead);
    assert.ok(aheads.every((ahead, index) => ahead <= (aheads[index - 1] ?? Number.POSITIVE_INFINITY)));
    assert.equal(last.places.at(-1), undefined);
    const startedAt = (await Promise.all(starts)).at(-1) ?? 0;
    assert.ok(Math.abs((told(last.places).at(-1)?.until ?? 0) - startedAt) < 3_000);
    await world.scheduler.stop();
  });

  test('counts the files of others before it, and none of the same member', async () => {
    const world = await createWorld();
    const members = ['other', ...Array<string>(8).fill('me'), 'other', 'me'];
    const asks = members.map((member, n) => asking({ urgency: 'interactive', server: 'one', member, since: n }));
    asks.forEach((ask, n) => {
      world.known.add(`${n}`);
      pursue(world, `${n}`, ask).catch(() => {});
    });
    await world.clock.runUntil(noon + 1_000);
    const aheads = asks.map(({ places }) => told(places)[0]?.ahead);
    // A key takes four calls a minute: the first four went at once.
    assert.deepEqual(aheads.slice(4), [0, 0, 0, 0, 0, 5, 1]);
    await world.scheduler.stop();
  });

  test('is told at most once a second', async () => {
    const world = await createWorld({ limits: { perMinute: 600, perDay: 1e6, perMonth: 1e6 } });
    const times: number[] = [];
    const ask = {
      ...asking({ urgency: 'interactive', server: 'last', since: noon }),
      waiting: (place?: Place) => void (place && times.push(world.clock.elapsed())),
    };
    for (let n = 0; n < 3_000; n++) {
      world.known.add(`${n}`);
      pursue(world, `${n}`, asking({ urgency: 'interactive', server: `s${n}`, since: n })).catch(() => {});
    }
    pursue(world, 'last', ask).catch(() => {});
    await world.clock.runUntil(noon + 3 * minute);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    assert.ok(times.length > 3);
    assert.ok(
      gaps.every((gap) => gap >= 1_000),
      `${gaps}`,
    );
    await world.scheduler.stop();
  });

  test('is not told while the table of calls is asked, which has a slot', async () => {
    const clock = virtualClock(noon);
    const table = memoryCalls(clock.now);
    const replace: typeof table.replace = async (...row) => {
      await clock.sleep(300);
      return table.replace(...row);
    };
    const opened = createWorld({ clock, calls: { ...table, replace }, pollSeconds: 1 });
    await clock.runUntil(noon + 300);
    const world = await opened;
    world.analysisTime = () => 10_000;
    const ask = asking({ urgency: 'interactive' });
    const verdict = pursue(world, 'file', ask);
    await clock.runUntil(noon + 4_000);
    assert.deepEqual(world.served, ['look up file', 'upload file', 'poll file']);
    assert.deepEqual(ask.places, []);
    await clock.runUntil(noon + 10 * minute);
    await verdict;
    await world.scheduler.stop();
  });

  test('of a file in a flood foresees the calls of the files before it', async () => {
    const world = await createWorld({ limits: { perMinute: 4, perDay: 1e6, perMonth: 1e6 } });
    const ask = asking({ since: 59 });
    for (let n = 0; n < 59; n++) pursue(world, `${n}`, asking({ since: n })).catch(() => {});
    const begun = world.engine.lookUp(fileOf('last'), ask).then(() => world.clock.now());
    await world.clock.runUntil(noon + 5_000);
    const foreseen = (told(ask.places).at(-1)?.until ?? 0) - noon;
    await world.clock.runUntil(noon + 120 * minute);
    const real = (await begun) - noon;
    assert.ok(foreseen > real * 0.7 && foreseen < real * 1.3, `${foreseen} foreseen, ${real} real`);
    await world.scheduler.stop();
  });
});

describe('whoever has had a tenth of the day', () => {
  const limits = { perMinute: 4, perDay: 40, perMonth: 1e6 };
  const greedyAndModest = async () => {
    const world = await createWorld({ limits });
    const ask = (who: string, since: number) => {
      world.known.add(`${who} ${since}`);
      const asked = asking({ urgency: 'interactive', member: who, since });
      pursue(world, `${who} ${since}`, asked).catch(() => {});
      return asked;
    };
    const own = [1, 2, 3, 4, 5, 6].map((since) => ask('greedy', since));
    await world.clock.runUntil(noon + 1_000);
    for (const since of [7, 8, 9, 10, 11, 12]) ask(`modest ${since}`, since);
    return { world, last: own.at(-1)?.places ?? [] };
  };

  test('is told so while others wait, and until when at the latest', async () => {
    const { world, last } = await greedyAndModest();
    await world.clock.runUntil(noon + 5_000);
    assert.deepEqual([last.at(-1)?.for, last.at(-1)?.until], ['share', Date.UTC(2026, 2, 11)]);

    await world.clock.runUntil(noon + 61_500);
    assert.equal(last.at(-1)?.for, 'share');
    await world.clock.runUntil(noon + 5 * minute);
    assert.equal(last.at(-1), undefined);
    assert.deepEqual(
      world.arrivals.slice(-2).map(({ asker }) => asker.member),
      ['greedy', 'greedy'],
    );
    await world.scheduler.stop();
  });

  test('is told of the minute only when nobody else waits', async () => {
    const world = await createWorld({ limits });
    const asks = Array.from({ length: 7 }, (_, since) => asking({ urgency: 'interactive', member: 'm', since }));
    for (const [n, ask] of asks.entries()) {
      world.known.add(`${n}`);
      pursue(world, `${n}`, ask).catch(() => {});
    }
    await world.clock.runUntil(noon + 5 * minute);
    for (const { places } of asks) assert.ok(told(places).every(({ for: reason }) => reason !== 'share'));
    assert.equal(world.arrivals.length, 7);
    await world.scheduler.stop();
  });
});

test('the overview tells when the next slot of the minute comes free', async () => {
  const world = await createWorld({ start: noon });
  const slotFree = () => world.scheduler.overview().minute.resetsAt - noon;
  world.treat = () => ({ there: 0, back: 1_000 });
  for (const name of ['a', 'b']) world.known.add(name);
  assert.equal(slotFree(), 0);
  void pursue(world, 'a', asking({ urgency: 'interactive' }));
  await world.clock.runUntil(noon + 500);
  assert.equal(slotFree(), 60_600);
  await world.clock.runUntil(noon + 10_000);
  assert.equal(slotFree(), 61_100);
  void pursue(world, 'b', asking({ urgency: 'interactive' }));
  await world.clock.runUntil(noon + 20_000);
  assert.equal(slotFree(), 61_100);
  await world.clock.runUntil(noon + 65_000);
  assert.equal(slotFree(), 71_100);
  assert.equal(world.scheduler.overview().minute.used, 1);
  await world.scheduler.stop();
});

test('the overview tells how the key stands, and a server only of its own files', async () => {
  const world = await createWorld();
  world.known.add('known');
  const verdicts = [
    pursue(world, 'known', asking({ server: 'a', since: 1 })),
    pursue(world, 'new', asking({ server: 'b', since: 2, urgency: 'interactive', member: 'm' })),
  ];
  await world.clock.runUntil(noon + 10_000);
  const running = world.scheduler.overview();
  assert.deepEqual(running.waiting, { interactive: 1, automatic: 0 });
  assert.deepEqual(world.scheduler.overview('a').waiting, { interactive: 0, automatic: 0 });
  assert.equal(running.minute.used, 3);
  assert.equal(running.day.used, 3);
  assert.equal(running.day.resetsAt, Date.UTC(2026, 2, 11));

  await world.clock.runUntil(noon + 10 * minute);
  await Promise.all(verdicts);
  const { today, hours, minute: now } = world.scheduler.overview();
  assert.equal(now.used, 0);
  assert.deepEqual({ ...today, calls: 0 }, { calls: 0, verdicts: 2, lookUps: 2, known: 1 });
  assert.deepEqual(hours, [...Array(23).fill(0), today.calls]);

  await world.clock.runUntil(Date.UTC(2026, 2, 11) + minute);
  assert.deepEqual(world.scheduler.overview().today, { calls: 0, verdicts: 0, lookUps: 0, known: 0 }, 'a new day');
  await world.scheduler.stop();
});
