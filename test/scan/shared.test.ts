import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import type { MovableClock } from '../../sandbox/clock.ts';
import { payingEngine } from '../../src/keys/payingEngine.ts';
import { publicLimits } from '../../src/quota/limits.ts';
import type { Ask, Engine } from '../../src/scan/ports.ts';
import type { SettledScan } from '../../src/scan/scan.ts';
import type { Token } from '../../src/scan/token.ts';
import { scanStore } from '../../src/store/scanStore.ts';
import type { Store } from '../../src/store/store.ts';
import { type MemoryEngine, memoryEngine, reportOf } from '../fixtures/memoryEngine.ts';
import { withoutPostgres } from '../fixtures/postgres.ts';
import { type Opened, withPostgresStore, withStore } from '../store/opened.ts';
import { benchOf } from './bench.ts';

const clean = reportOf({ undetected: 60 }, { names: [], tags: [] });
const unfinished = { finished: false, report: reportOf({ undetected: 30 }) };
const watched = { urgency: 'automatic', server: 's' } as const;

/** Two scanners on one store and one engine, each with a connection of its own, as two processes have. */
async function two(opened: Pick<Opened, 'clock' | 'another'>, body: (world: World) => Promise<void>): Promise<void> {
  const { clock, another } = opened;
  const engine = memoryEngine();
  const open = async () => {
    const store = await another();
    const { leases, news } = store;
    return { ...benchOf({ clock, engine, leases, news, store: scanStore(store, clock) }), shared: store };
  };
  const [first, second] = [await open(), await open()];
  try {
    await body({ clock, engine, first, second });
  } finally {
    await Promise.all([first, second].map(({ scanner }) => scanner.stop()));
  }
}
type Process = ReturnType<typeof benchOf<Opened['clock']>> & { shared: Store };
interface World {
  clock: Opened['clock'];
  engine: MemoryEngine;
  first: Process;
  second: Process;
}

/** As when the process slept for longer than its leases last. */
const oversleep = ({ shared: { sql, leases } }: Process) =>
  sql.query('UPDATE owners SET until = $steady WHERE id = $1', [leases.owner]);

/** An engine that does not answer these calls until it is let go. */
function holding(engine: MemoryEngine, kind: string) {
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let arrived = () => {};
  const asked = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  engine.before = async (call) => {
    if (call !== kind) return;
    arrived();
    await gate;
  };
  return { asked, letGo };
}

/** An engine that holds the look-up until it is let go, as one that waits for its turn. */
function holdingLookUp(engine: MemoryEngine) {
  const { lookUp } = engine;
  const { asked: held, letGo } = holding(engine, 'lookUp');
  const asked = new Promise<Ask>((resolve) => {
    engine.lookUp = (subject, ask) => {
      resolve(ask);
      return lookUp(subject, ask);
    };
  });
  return { asked: held.then(() => asked), letGo };
}

/** Lets an engine answer only with the keys of these servers. Resolves when a key of another server was refused. */
function withKeys(engine: MemoryEngine, working: readonly string[]): Promise<void> {
  const plain: Engine = { ...engine };
  return new Promise((resolve) => {
    const refuse = (_: unknown, ask: Ask) => {
      ask.waiting({ for: 'key', ahead: 0, until: undefined });
      resolve();
      return new Promise<never>((_, reject) => ask.signal.addEventListener('abort', () => reject(ask.signal.reason)));
    };
    const refusing: Engine = { ...plain, lookUp: refuse };
    const keyed = payingEngine({
      keyring: {
        async serving({ server = '' }) {
          return {
            by: 'server',
            open: { name: server, key: server, limits: publicLimits, server },
            mayFallBack: false,
          };
        },
        listen: () => () => {},
      },
      own: { engine: refusing },
      lines: { use: ({ server }, work) => work({ engine: working.includes(server) ? plain : refusing }) },
    });
    Object.assign(engine, keyed);
  });
}

const raised = (ask: Ask) =>
  new Promise<void>((resolve) => {
    const look = () => {
      if (ask.asker().urgency === 'interactive') resolve();
    };
    ask.joined(look);
    look();
  });

/** Lets time pass until a scan is settled, so that a process which waits for the other looks at the store. */
async function settledIn(clock: MovableClock, process: Process, token: Token): Promise<SettledScan> {
  const over = new AbortController();
  const settled = process.settled(token).finally(() => over.abort());
  while (!over.signal.aborted) {
    clock.jump(3_000);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return settled;
}

for (const [name, withOpened, skip] of [
  ['SQLite', withStore, false],
  ['PostgreSQL', withPostgresStore, withoutPostgres],
] as const)
  describe(`two processes on one store (${name})`, { skip }, () => {
    // News that never comes would be waited for without end.
    const it = (title: string, body: (world: World) => Promise<void>) =>
      test(title, { timeout: 120_000 }, () => withOpened((opened) => two(opened, body)));

    it('who scan a new file at once look it up once and upload it once, and both know the verdict', async (world) => {
      const { clock, engine, first, second } = world;
      engine.polls = [unfinished, { finished: true, report: clean }];
      const tokens = await Promise.all([first.upload('a'), second.upload('a')]);
      const settled = await Promise.all([settledIn(clock, first, tokens[0]), settledIn(clock, second, tokens[1])]);
      assert.deepEqual(settled.map(first.verdictOf), ['clean', 'clean']);
      assert.deepEqual(engine.calls, ['lookUp', 'upload', 'poll', 'poll']);
    });

    it('show the same progress, whoever of them asks the engine', async ({ clock, engine, first, second }) => {
      const { asked, letGo } = holding(engine, 'poll');
      const token = await first.upload('a');
      await asked;
      const other = await second.upload('a');
      await second.hears(({ activity }) => (activity?.kind === 'analysing' ? true : undefined));
      letGo();
      await first.settled(token);
      await settledIn(clock, second, other);
      assert.equal(engine.uploads.length, 1);
    });

    it('know at once that a person waits for what a machine had asked for, and what comes of it', async (world) => {
      const { clock, engine, first, second } = world;
      // What happens now happens by news.
      clock.pause();
      engine.known.set(first.sha256('a'), { report: clean, lastSubmitted: 1 });
      const { asked, letGo } = holdingLookUp(engine);
      const theirs = await first.upload('a', undefined, watched);
      const ask = await asked;
      assert.equal(ask.asker().urgency, 'automatic');
      const ours = await second.upload('a', undefined, { urgency: 'interactive', server: 's2', member: 'm' });
      await raised(ask);
      const { urgency, server, member } = ask.asker();
      assert.deepEqual([urgency, server, member], ['interactive', 's2', 'm']);
      letGo();
      const settled = await Promise.all([first.settled(theirs), second.settled(ours)]);
      assert.deepEqual(settled.map(first.verdictOf), ['clean', 'clean']);
      assert.deepEqual(engine.calls, ['lookUp']);
    });

    it('know it, too, when the person joins a machine that waits already', async (world) => {
      const { clock, engine, first, second } = world;
      clock.pause();
      engine.known.set(first.sha256('a'), { report: clean, lastSubmitted: 1 });
      const { asked, letGo } = holdingLookUp(engine);
      await first.upload('a', undefined, watched);
      const ask = await asked;
      await second.upload('a', undefined, watched);
      await second.hears(({ activity }) => (activity?.kind === 'lookingUp' ? true : undefined));
      assert.equal(ask.asker().urgency, 'automatic');
      const ours = await second.upload('a');
      await raised(ask);
      letGo();
      assert.equal(second.verdictOf(await second.settled(ours)), 'clean');
    });

    for (const [theirs, ours] of [
      ['automatic', 'automatic'],
      ['automatic', 'interactive'],
      ['interactive', 'automatic'],
      ['interactive', 'interactive'],
    ] as const)
      it(`use the key of either server: ${theirs} with a refused one, ${ours} with one that works`, async (world) => {
        const { clock, engine, first, second } = world;
        clock.pause();
        engine.known.set(first.sha256('a'), { report: clean, lastSubmitted: 1 });
        const refused = withKeys(engine, ['works']);
        const origin = { urgency: theirs, server: 'refused' };
        const stuck = await first.upload('a', undefined, origin);
        await refused;
        // Another server without luck waits in the second process already.
        await second.upload('a', undefined, { urgency: 'interactive', server: 'refused, too' });
        await second.hears(({ activity }) => (activity?.kind === 'lookingUp' ? true : undefined));
        const served = await second.upload('a', undefined, { urgency: ours, server: 'works' });
        const settled = await Promise.all([first.settled(stuck), second.settled(served)]);
        assert.deepEqual(settled.map(first.verdictOf), ['clean', 'clean']);
        assert.deepEqual(engine.calls, ['lookUp']);
      });

    it('read the store once for all who may wait, and again when time has passed or there is news', async (world) => {
      const { clock, engine, first, second } = world;
      clock.pause();
      const { letGo } = holding(engine, 'lookUp');
      assert.ok(first.store.waiters);
      const all = mock.method(first.store.waiters, 'all');
      for (const path of ['a', 'b', 'c']) {
        const token = await first.upload(path, undefined, watched);
        await first.hears(({ scan, activity }) => (scan.token === token && activity ? true : undefined));
      }
      const heard = all.mock.callCount();
      const holder = mock.method(second.shared.leases, 'holder');
      const ours = await second.upload('a', undefined, watched);
      await second.hears(({ activity }) => (activity?.kind === 'lookingUp' ? true : undefined));
      for (let round = 0; round < 300; round += 1) {
        if (round < 100) clock.jump(40);
        await second.shared.sql.query('SELECT 1');
      }
      letGo();
      assert.equal(heard, 1);
      assert.ok(holder.mock.callCount() < 10, String(holder.mock.callCount()));
      assert.equal(second.verdictOf(await settledIn(clock, second, ours)), 'clean');
    });

    it('and one may upload: it does so after the other has found the file unknown', async (world) => {
      const { clock, engine, first, second } = world;
      const { asked, letGo } = holding(engine, 'lookUp');
      const looking = await first.wish({ kind: 'path', path: 'a', name: 'a' }, 'lookUp');
      await asked;
      const scanning = await second.upload('a');
      await second.hears(({ activity }) => (activity?.kind === 'lookingUp' ? true : undefined));
      letGo();
      assert.equal(first.verdictOf(await first.settled(looking)), 'engine.unseen');
      assert.equal(second.verdictOf(await settledIn(clock, second, scanning)), 'clean');
      assert.deepEqual(engine.calls.slice(0, 3), ['lookUp', 'upload', 'poll']);
    });

    it('take over an inquiry from the other that sleeps, which changes nothing when it wakes up', async (world) => {
      const { clock, engine, first, second } = world;
      const { asked, letGo } = holding(engine, 'poll');
      const token = await first.upload('a', undefined, watched);
      await asked;
      const other = await second.upload('a');
      await second.hears(({ activity }) => (activity?.kind === 'analysing' ? true : undefined));
      await oversleep(first);
      engine.before = async () => {};
      engine.polls = [{ finished: true, report: reportOf({ malicious: 40 }, clean.facts) }];
      assert.equal(second.verdictOf(await settledIn(clock, second, other)), 'malicious');

      engine.polls = [{ finished: true, report: clean }];
      letGo();
      const late = await settledIn(clock, first, token);
      assert.equal(first.verdictOf(late), 'malicious');
      assert.equal(engine.uploads.length, 1);
    });

    it('work on a scan one at a time: what one adopts, the other drops without a word', async (world) => {
      const { clock, engine, first, second } = world;
      const { asked, letGo } = holding(engine, 'poll');
      const token = await first.upload('a', undefined, watched);
      await asked;
      assert.equal(await second.scanner.adopt(), 0);
      await oversleep(first);
      engine.before = async () => {};
      engine.polls = [{ finished: true, report: clean }];
      const adopted = await Promise.all([second.scanner.adopt(), second.scanner.adopt()]);
      assert.deepEqual(adopted.toSorted(), [0, 1]);
      await settledIn(clock, second, token);

      letGo();
      await first.scanner.stop();
      assert.ok(!first.told.some(({ scan }) => scan.stage === 'settled'));
      assert.deepEqual(first.errors, []);
      assert.equal(engine.uploads.length, 1);
    });

    it('give back what they have not finished when they stop', async ({ clock, engine, first, second }) => {
      const { asked, letGo } = holding(engine, 'poll');
      const token = await first.upload('a', undefined, watched);
      await asked;
      const stopped = first.scanner.stop();
      letGo();
      await stopped;
      engine.before = async () => {};
      assert.equal(await second.scanner.adopt(), 1);
      assert.equal(second.verdictOf(await settledIn(clock, second, token)), 'clean');
      assert.equal(engine.uploads.length, 1);
    });
  });
