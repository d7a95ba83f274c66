import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { QuotaState } from '../../src/quota/ledger.ts';
import { publicLimits } from '../../src/quota/limits.ts';
import { scheduled } from '../../src/quota/scheduled.ts';
import { createScheduler } from '../../src/quota/scheduler.ts';
import { Failure, type FailureCode } from '../../src/scan/failure.ts';
import type { Activity } from '../../src/scan/ports.ts';
import type { Scan } from '../../src/scan/scan.ts';
import { soloLeases, soloNews } from '../../src/scan/solo.ts';
import type { Token } from '../../src/scan/token.ts';
import { memoryCalls } from '../fixtures/memoryCalls.ts';
import { memoryEngine, reportOf } from '../fixtures/memoryEngine.ts';
import { memoryCollection, memoryScanStore } from '../fixtures/memoryStore.ts';
import { type VirtualClock, virtualClock } from '../fixtures/virtualClock.ts';
import { benchOf, workbenchAt } from './bench.ts';

const minute = 60_000;
const hour = 60 * minute;
const begin = Date.UTC(2026, 4, 1);
const clean = reportOf({ undetected: 60 }, { names: [], tags: [] });
const unfinished = { finished: false, report: reportOf({ undetected: 30 }) };
const member = { urgency: 'interactive', member: 'm', server: 's' } as const;
const watched = { urgency: 'automatic', server: 's' } as const;
const terminal = { urgency: 'interactive' } as const;

type Step = 'lookUp' | 'upload' | 'poll';

/** A scanner whose time passes as fast as the work in it. Every poll takes a minute. */
function world() {
  const clock = virtualClock(begin);
  return worldOf(clock, workbenchAt(clock));
}

/** The same with a scheduler in front of the engine. */
async function scheduledWorld(limits = publicLimits) {
  const clock = virtualClock(begin);
  const engine = memoryEngine();
  const { calls, state } = { calls: memoryCalls(clock.now), state: memoryCollection<QuotaState>() };
  const scheduler = await createScheduler({ clock, limits, calls, state, log: () => {} });
  Object.assign(engine, scheduled({ ...engine }, scheduler));
  const parts = { clock, engine, store: memoryScanStore(), leases: soloLeases(), news: soloNews(clock) };
  return { ...worldOf(clock, benchOf(parts)), stop: () => scheduler.stop() };
}

function worldOf(clock: VirtualClock, bench: ReturnType<typeof benchOf<VirtualClock>>) {
  const { engine, store, verdictOf, told } = bench;
  const end = async (token: Token) => {
    let scan: Scan | undefined;
    const isOpen = () => scan?.stage !== 'settled';
    const look = async () => {
      while (isOpen()) {
        scan = await store.get(token);
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const looking = look();
    await clock.runWhile(isOpen);
    await looking;
    return scan?.stage === 'settled' ? verdictOf(scan) : undefined;
  };
  const kinds = () => told.flatMap(({ activity }) => activity ?? []).map(wordFor);
  engine.polls = [unfinished, { finished: true, report: clean }];
  return { ...bench, end, kinds };
}

const wordFor = (activity: Activity) =>
  activity.kind === 'waiting' ? `waiting for the ${activity.place.for}` : activity.kind;

describe('VirusTotal fails for hours', () => {
  for (const step of ['lookUp', 'upload', 'poll'] as const satisfies Step[])
    for (const code of ['engine.unavailable', 'engine.badKey'] as const satisfies FailureCode[])
      test(`(${code}) at the step ${step}: the scan goes on by itself, and is told to wait`, async () => {
        const { upload, engine, clock, end, kinds } = world();
        engine.before = async (call) => {
          await clock.sleep(minute);
          if (call === step && clock.now() < begin + 14 * hour) throw new Failure(code, 'out of order');
        };
        assert.equal(await end(await upload('a', undefined, member)), 'clean');
        assert.ok(clock.now() < begin + 17 * hour, new Date(clock.now()).toISOString());
        assert.ok(kinds().includes(code === 'engine.badKey' ? 'waiting for the key' : 'unreachable'));
        assert.equal(engine.uploads.length, 1);
      });

  test('and for more than a day: the scan fails, and a later one takes up the analysis that was paid for', async () => {
    const { upload, engine, clock, end } = world();
    let isOut = true;
    engine.before = async (call) => {
      await clock.sleep(minute);
      if (call === 'poll' && isOut) throw new Failure('engine.badKey', 'refused');
    };
    assert.equal(await end(await upload('a', undefined, watched)), 'engine.badKey');
    assert.ok(clock.now() >= begin + 24 * hour && clock.now() < begin + 25 * hour);
    isOut = false;
    assert.equal(await end(await upload('a', undefined, watched)), 'clean');
    assert.equal(engine.uploads.length, 1);
  });

  test('uploads that fail one by one are tried for half a day, and not often', async () => {
    const { upload, engine, clock, end } = world();
    engine.before = async (call) => {
      if (call === 'upload') throw new Failure('engine.unavailable', 'out of order');
    };
    assert.equal(await end(await upload('a', undefined, member)), 'engine.unavailable');
    assert.ok(clock.now() >= begin + 12 * hour && clock.now() < begin + 24 * hour);
    assert.ok(engine.calls.length < 20, String(engine.calls.length));
  });
});

describe('VirusTotal fails for hours while calls wait in the line', () => {
  for (const [step, code] of [
    ['lookUp', 'engine.unavailable'],
    ['poll', 'engine.unavailable'],
    ['lookUp', 'engine.badKey'],
    ['upload', 'engine.badKey'],
    ['poll', 'engine.badKey'],
  ] as const satisfies [Step, FailureCode][])
    for (const [hours, verdict] of [
      [23, 'clean'],
      [30, code],
    ] as const)
      test(`(${code}) at the step ${step}: ${hours} of them, which is ${verdict}`, async () => {
        const { upload, engine, clock, end, stop } = await scheduledWorld();
        engine.before = async (call) => {
          if (call === step && clock.now() < begin + hours * hour) throw new Failure(code, 'out of order');
        };
        // Fewer calls that fail are no outage.
        const tokens = await Promise.all(['a', 'b', 'c', 'd'].map((path) => upload(path, undefined, watched)));
        const ends = [];
        for (const token of tokens) ends.push(await end(token));
        assert.deepEqual(ends, Array(4).fill(verdict));
        const passed = clock.now() - begin;
        if (hours > 24) assert.ok(passed >= 24 * hour && passed < 25 * hour, `${passed / hour} hours`);
        await stop();
      });

  test('a link in a watched message gives up as well, though it only gets spare quota', async () => {
    const { scanner, engine, clock, end, stop } = await scheduledWorld();
    engine.before = async () => {
      throw new Failure('engine.badKey', 'refused');
    };
    const source = { kind: 'url', url: 'https://example.org/', name: 'example.org' } as const;
    assert.equal(await end(await scanner.upload({ source, origin: watched })), 'engine.badKey');
    assert.ok(clock.now() < begin + 25 * hour);
    await stop();
  });

  test('a quota that is used up is waited for as long as it takes', async () => {
    const { upload, clock, end, stop } = await scheduledWorld({ perMinute: 4, perDay: 4, perMonth: 4 });
    assert.equal(await end(await upload('a', undefined, watched)), 'clean');
    assert.equal(await end(await upload('b', undefined, watched)), 'clean');
    assert.ok(clock.now() >= Date.UTC(2026, 5, 1));
    await stop();
  });
});

describe('a key that is refused', () => {
  for (const { who, origin } of [
    { who: 'a member', origin: member },
    { who: 'nobody', origin: watched },
  ])
    test(`is waited for when ${who} asked`, async () => {
      const { upload, engine, end } = world();
      engine.failures.lookUp.push(new Failure('engine.badKey', 'refused'));
      assert.equal(await end(await upload('a', undefined, origin)), 'clean');
    });

  test('ends the scan at once for who asks at a terminal and can mend it, unless the file is on its way', async () => {
    const { upload, engine, end } = world();
    engine.failures.lookUp.push(new Failure('engine.badKey', 'refused'));
    assert.equal(await end(await upload('a', undefined, terminal)), 'engine.badKey');
    assert.deepEqual(engine.calls, ['lookUp']);
    engine.failures.poll.push(new Failure('engine.badKey', 'refused'));
    assert.equal(await end(await upload('a', undefined, terminal)), 'clean');
  });

  test('ends it as well when the call, not yet sent, waits for the key', async () => {
    for (const [origin, refusedFrom, verdict] of [
      [terminal, 1, 'engine.badKey'],
      [member, 1, 'clean'],
      // The second look-up tells whether a failed upload has arrived.
      [terminal, 2, 'clean'],
    ] as const) {
      const { upload, engine, clock, end } = world();
      const { lookUp } = engine;
      let lookUps = 0;
      engine.lookUp = async (subject, ask) => {
        lookUps += 1;
        if (lookUps >= refusedFrom) ask.waiting({ for: 'key', ahead: 0, until: undefined });
        await clock.sleep(minute, ask.signal);
        return lookUp(subject, ask);
      };
      if (refusedFrom === 2) engine.failures.upload.push(new Failure('engine.unavailable', 'lost'));
      assert.equal(await end(await upload('a', undefined, origin)), verdict);
    }
  });
});

test('a file that the engine has without results is asked about four times more, ever later', async () => {
  const { upload, engine, clock, end, sha256 } = world();
  engine.known.set(sha256('a'), { report: undefined, lastSubmitted: 1 });
  engine.polls = [unfinished];
  const polls: number[] = [];
  engine.before = async (call) => {
    if (call === 'poll') polls.push(clock.now() - begin);
  };
  assert.equal(await end(await upload('a', undefined, member)), 'engine.noResults');
  assert.deepEqual(
    polls.map((at) => at - (polls[0] ?? 0)),
    [0, 5_000, 15_000, 35_000, 75_000],
  );
});

describe('an analysis has half an hour', () => {
  /** Fails, sets the clock or restarts in the middle of an analysis that takes so many minutes otherwise. */
  const cases: { what: string; minutes: number; verdict: string; trouble?: (polls: number) => number }[] = [
    { what: 'and not more', minutes: 32, verdict: 'scan.deadline' },
    { what: 'which is enough', minutes: 28, verdict: 'clean' },
    {
      what: 'that does not pass when the clock is set forward',
      minutes: 15,
      verdict: 'clean',
      trouble: () => 24 * hour,
    },
    {
      what: 'that is not renewed when the clock is set back',
      minutes: 40,
      verdict: 'scan.deadline',
      trouble: () => -24 * hour,
    },
  ];
  for (const { what, minutes, verdict, trouble } of cases)
    test(what, async () => {
      const { upload, engine, clock, end } = world();
      engine.polls = [...Array.from({ length: minutes }, () => unfinished), { finished: true, report: clean }];
      let polls = 0;
      engine.before = async (call) => {
        await clock.sleep(minute);
        if (call === 'poll' && ++polls === 5 && trouble) clock.set(clock.now() + trouble(polls));
      };
      assert.equal(await end(await upload('a')), verdict);
    });

  test('that does not pass while VirusTotal is out of order', async () => {
    const { upload, engine, clock, end } = world();
    engine.polls = [...Array.from({ length: 25 }, () => unfinished), { finished: true, report: clean }];
    engine.before = async (call) => {
      await clock.sleep(minute);
      const passed = clock.now() - begin;
      if (call === 'poll' && passed > 10 * minute && passed < 5 * hour)
        throw new Failure('engine.unavailable', 'out of order');
    };
    assert.equal(await end(await upload('a')), 'clean');
  });

  test('that does not pass while the process is stopped', async () => {
    const store = memoryScanStore();
    const clock = virtualClock(begin);
    const first = workbenchAt(clock, store);
    first.engine.polls = [unfinished];
    let polls = 0;
    first.engine.before = async (call) => {
      await clock.sleep(minute);
      if (call === 'poll') polls += 1;
    };
    const token = await first.upload('a');
    await clock.runWhile(() => polls < 20);
    void first.scanner.stop();
    await clock.runUntil(clock.now() + 10 * hour);
    const second = workbenchAt(clock, store);
    second.engine.polls = [...Array.from({ length: 5 }, () => unfinished), { finished: true, report: clean }];
    second.engine.before = () => clock.sleep(minute);
    await second.scanner.resume();
    await clock.runUntil(clock.now() + hour);
    const scan = await store.get(token);
    assert.equal(scan?.stage === 'settled' && second.verdictOf(scan), 'clean');
  });
});

describe('a file that VirusTotal knows without results', () => {
  test('is waited for in a scan, but neither long nor often', async () => {
    const { upload, engine, end, sha256, clock } = world();
    engine.known.set(sha256('a'), { report: undefined, lastSubmitted: 1 });
    engine.polls = [{ finished: false, report: reportOf({}) }];
    assert.equal(await end(await upload('a')), 'engine.noResults');
    assert.deepEqual(engine.calls, ['lookUp', ...Array.from({ length: 5 }, () => 'poll')]);
    assert.ok(clock.now() - begin > minute && clock.now() - begin < 2 * minute);
  });

  test('may have been sent by an upload whose answer was lost: then it has its half an hour', async () => {
    const { upload, engine, end, sha256, clock } = world();
    engine.failures.upload.push(new Failure('engine.unavailable', 'lost'));
    engine.polls = [...Array.from({ length: 20 }, () => unfinished), { finished: true, report: clean }];
    engine.before = async (call) => {
      await clock.sleep(minute);
      if (call === 'upload') engine.known.set(sha256('a'), { report: undefined, lastSubmitted: clock.now() });
    };
    assert.equal(await end(await upload('a')), 'clean');
  });
});
