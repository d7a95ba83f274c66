import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { movableClock } from '../../sandbox/clock.ts';
import { Failure } from '../../src/scan/failure.ts';
import { judgementOf } from '../../src/scan/judged.ts';
import { soloLeases, soloNews } from '../../src/scan/solo.ts';
import { scanStore } from '../../src/store/scanStore.ts';
import { memoryEngine, reportOf } from '../fixtures/memoryEngine.ts';
import { memoryScanStore } from '../fixtures/memoryStore.ts';
import { withStore } from '../store/opened.ts';
import { benchOf, workbench } from './bench.ts';

const clean = reportOf({ undetected: 60 }, { names: [], tags: [] });
const bad = reportOf({ malicious: 40, undetected: 20 }, { names: [], tags: [] });

test('a store that fails for a moment fails no scan: it goes on from what is stored', async () => {
  const store = memoryScanStore();
  const { upload, settled, verdictOf, clock, engine, errors } = workbench(store);
  engine.polls = [{ finished: true, report: clean }];
  const put = store.put;
  let failures = 2;
  store.put = async (scan) => {
    if (scan.stage === 'identified' && failures-- > 0) {
      setImmediate(() => clock.jump(60_000));
      throw new Error('disk full');
    }
    await put(scan);
  };
  assert.equal(verdictOf(await settled(await upload('a'))), 'clean');
  assert.equal(errors.length, 2);
  assert.equal(engine.uploads.length, 1);
});

test('a store that fails while the settings of a server are read fails no scan', async () => {
  let failures = 1;
  const { upload, settled, verdictOf, clock, errors } = workbench(memoryScanStore(), {
    async of() {
      if (failures-- === 0) return 'blocked';
      setImmediate(() => clock.jump(60_000));
      throw new Error('the database is locked');
    },
  });
  const scan = await settled(await upload('a', undefined, { urgency: 'automatic', server: 's' }));
  assert.equal(verdictOf(scan), 'blocked');
  assert.match(errors.join(), /^StoreTrouble/);
});

test('of a scan that could not be begun nothing is stored', async () => {
  const leases = soloLeases();
  const store = memoryScanStore();
  const clock = movableClock();
  const { upload } = benchOf({ clock, store, engine: memoryEngine(), news: soloNews(clock), leases });
  leases.take = () => Promise.reject(new Error('the connection is lost'));
  await assert.rejects(upload('a'), /the store failed/);
  assert.deepEqual(await store.unfinished(), []);
});

test('a scan that was stored, though the answer was lost, is adopted', async () => {
  const store = memoryScanStore();
  const { upload, settled, verdictOf, scanner } = workbench(store);
  const { put } = store;
  store.put = async (scan) => {
    await put(scan);
    throw new Error('the connection is lost');
  };
  await assert.rejects(upload('a'), /the store failed/);
  store.put = put;
  const [stored] = await store.unfinished();
  assert.equal(await scanner.adopt(), 1);
  assert.equal(verdictOf(await settled(stored?.token ?? assert.fail('nothing is stored'))), 'clean');
});

test('a database that is full until somebody makes room loses no verdict, and tells none before it is stored', () =>
  withStore(async ({ store, clock }) => {
    const { leases, news, sql } = store;
    const bench = benchOf({ clock, engine: memoryEngine(), leases, news, store: scanStore(store, clock) });
    const { engine, errors, told, upload, settled, verdictOf, scanner } = bench;
    // It cannot be compressed, so it needs pages of its own.
    const large = { ...clean, link: `https://www.virustotal.com/${randomBytes(20_000).toString('hex')}` };
    engine.polls = [{ finished: true, report: large }];
    engine.before = async (call) => {
      if (call === 'poll') await sql.query('PRAGMA max_page_count = 1');
    };
    const token = await upload('a');
    while (!errors.some((error) => /SQLITE_FULL/.test(String(error)))) await clock.sleep(5);
    assert.ok(!told.some(({ scan }) => scan.stage === 'settled'));
    engine.before = async () => {};
    await sql.query('PRAGMA max_page_count = 1000000');
    const end = settled(token);
    while (!(await Promise.race([end.then(() => true), clock.sleep(5)]))) clock.jump(60_000);
    assert.equal(verdictOf(await end), 'clean');
    assert.equal(engine.uploads.length, 1);
    await scanner.stop();
  }));

test('trouble after the verdict is saved is reported, and tells nothing twice', async () => {
  const { upload, settled, engine, told, downloads, errors, clock } = workbench();
  engine.polls = [{ finished: true, report: clean }];
  downloads.drop = async () => {
    throw new Error('busy');
  };
  const token = await upload('a');
  await settled(token);
  clock.jump(600_000);
  await settled(await upload('b'));
  assert.equal(told.filter(({ scan }) => scan.token === token && scan.stage === 'settled').length, 1);
  assert.ok(errors.length >= 1);
});

test('an upload with a password whose answer is lost is sent again: an earlier one without must not speak for it', async () => {
  const { upload, settled, verdictOf, engine, sha256, clock } = workbench();
  engine.known.set(sha256('locked'), { report: clean, lastSubmitted: clock.now() });
  engine.failures.upload.push(new Failure('engine.unavailable', 'lost'));
  engine.polls = [{ finished: true, report: bad }];
  assert.equal(verdictOf(await settled(await upload('locked', 'secret'))), 'malicious');
  assert.deepEqual(engine.calls.slice(0, 5), ['lookUp', 'upload', 'lookUp', 'upload', 'poll']);
});

test('while VirusTotal cannot be reached that is told, and the next answer ends it', async () => {
  const { upload, settled, verdictOf, engine, told } = workbench();
  engine.failures.lookUp.push(new Failure('engine.unavailable', 'out of order'));
  engine.polls = [{ finished: true, report: clean }];
  assert.equal(verdictOf(await settled(await upload('a'))), 'clean');
  const kinds = told.flatMap(({ activity }) => activity?.kind ?? []);
  assert.deepEqual(kinds.slice(kinds.indexOf('lookingUp'), kinds.indexOf('uploading')), ['lookingUp', 'unreachable']);
});

test('a password is used for locked archives only: anything else is known as it is', async () => {
  const { upload, settled, verdictOf, engine, sha256 } = workbench();
  engine.known.set(sha256('notes'), { report: clean, lastSubmitted: 1 });
  assert.equal(verdictOf(await settled(await upload('notes', 'secret'))), 'clean');
  assert.deepEqual(engine.calls, ['lookUp']);
});

test('what turns out later to be locked is not clean any more', async () => {
  const { upload, hears, engine, sha256 } = workbench();
  engine.polls = [{ finished: true, report: reportOf({ undetected: 60 }) }];
  engine.before = async (call) => {
    const facts = { names: [], tags: ['encrypted'] };
    if (call === 'poll')
      engine.known.set(sha256('a'), { report: reportOf({ undetected: 60 }, facts), lastSubmitted: 1 });
  };
  await upload('a');
  const verdict = await hears(({ scan }) => {
    if (scan.stage !== 'settled' || scan.outcome.kind !== 'done' || !scan.outcome.report.facts) return undefined;
    return judgementOf(scan).word;
  });
  assert.equal(verdict, 'locked');
});
