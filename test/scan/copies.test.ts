import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { createDownloads } from '../../src/downloads/downloads.ts';
import { Failure } from '../../src/scan/failure.ts';
import { createScanner } from '../../src/scan/scanner.ts';
import { soloLeases } from '../../src/scan/solo.ts';
import { scanStore } from '../../src/store/scanStore.ts';
import { identifiedScan } from '../contracts/store.ts';
import { memoryEngine, reportOf } from '../fixtures/memoryEngine.ts';
import { sql, withStore } from '../store/opened.ts';
import { workbench } from './bench.ts';

const clean = reportOf({ undetected: 60 }, { names: [], tags: [] });

/** A scanner, and what happens to copies and calls in their order. */
function world() {
  const bench = workbench();
  const { downloads, engine } = bench;
  const events: string[] = [];
  engine.polls = [{ finished: true, report: clean }];
  engine.before = async (call) => void events.push(call);
  downloads.provide = async () => void events.push('provide');
  downloads.drop = async () => void events.push('drop');
  return { ...bench, events };
}

test('a copy is made sure of when the upload comes up, and is gone when VirusTotal has the file', async () => {
  const { upload, settled, events } = world();
  await settled(await upload('a'));
  assert.deepEqual(events.slice(0, 5), ['lookUp', 'provide', 'upload', 'drop', 'poll']);
});

test('a file that VirusTotal knows needs no copy', async () => {
  const { upload, settled, engine, sha256, scanner, events } = world();
  engine.known.set(sha256('a'), { report: clean, lastSubmitted: 1 });
  await settled(await upload('a'));
  await scanner.stop();
  assert.deepEqual(events, ['lookUp', 'drop']);
});

test('a copy that no stored scan refers to is dropped before the file is fetched again', async () => {
  const { upload, settled, downloads, store, clock, events } = world();
  const { fetch } = downloads;
  downloads.fetch = (...all) => {
    events.push('fetch');
    return fetch(...all);
  };
  const { put } = store;
  let fails = true;
  store.put = async (scan) => {
    if (scan.stage !== 'identified' || !fails) return put(scan);
    fails = false;
    setImmediate(() => clock.jump(60_000));
    throw new Error('disk full');
  };
  await settled(await upload('a'));
  assert.deepEqual(events.slice(0, 4), ['fetch', 'drop', 'fetch', 'lookUp']);
});

test('no copy is kept for a look-up', async () => {
  const { wish, settled, downloads } = world();
  const kept: (boolean | undefined)[] = [];
  const { fetch } = downloads;
  downloads.fetch = (source, signal, progress, keep) => {
    kept.push(keep);
    return fetch(source, signal, progress, keep);
  };
  for (const mode of ['lookUp', 'scan'] as const)
    await settled(await wish({ kind: 'path', path: mode, name: mode }, mode));
  assert.deepEqual(kept, [false, true]);
});

test('a file whose link has died is uploaded from the copy of somebody else who shared it', async () => {
  const { upload, settled, verdictOf, engine, downloads, hears } = world();
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  engine.before = (call) => (call === 'lookUp' ? gate : Promise.resolve());
  let calls = 0;
  downloads.provide = async () => {
    if (calls++ === 0) throw new Failure('download.gone', 'the link is dead');
  };
  const first = await upload('a');
  await hears(({ activity }) => (activity?.kind === 'lookingUp' ? true : undefined));
  const second = await upload('a');
  await hears(({ scan, activity }) => (scan.token === second && activity?.kind === 'lookingUp' ? true : undefined));
  release();
  assert.deepEqual([await settled(first), await settled(second)].map(verdictOf), ['clean', 'clean']);
  assert.equal(calls, 2);
});

test('after a restart an identified file is not fetched again before it is uploaded', async () => {
  const { upload, settled, engine, fetched, hears, scanner, begin, verdictOf, events } = world();
  engine.before = (call) => (call === 'lookUp' ? new Promise(() => {}) : Promise.resolve());
  const token = await upload('a');
  await hears(({ activity }) => (activity?.kind === 'lookingUp' ? true : undefined));
  void scanner.stop();
  engine.before = async () => {};
  assert.equal(await begin(soloLeases()).resume(), 1);
  assert.equal(verdictOf(await settled(token)), 'clean');
  assert.deepEqual(fetched, ['a']);
  assert.ok(events.includes('provide'));
});

test('a copy that only a scan of a later version names stays after a restart, and what nobody names goes', () =>
  withStore(async ({ store, clock, dir, file }) => {
    const dead = join(dir, 'spool', 'dead');
    const [named, orphan] = ['a', 'b'].map((digit) => `${digit.repeat(32)}.spool`);
    assert.ok(named && orphan);
    await mkdir(dead, { recursive: true });
    for (const name of [named, orphan]) await writeFile(join(dead, name), 'abc');
    const scans = scanStore(store, clock);
    const later = identifiedScan(1);
    assert.ok(later.stage === 'identified' && later.file);
    await scans.put({ ...later, file: { ...later.file, path: join(dead, named), spooled: true } });
    await sql(file, `UPDATE scans SET value = replace(value, '"stage":"identified"', '"stage":"of a later version"')`);

    const owner = { id: 'own', isAlive: async () => false };
    const scanner = createScanner({
      store: scans,
      engine: memoryEngine(),
      downloads: createDownloads({ dir: join(dir, 'spool'), owner, hosts: [], clock }),
      announcer: { tell() {} },
      clock,
      leases: store.leases,
      news: store.news,
      report: assert.fail,
    });
    assert.equal(await scanner.resume(), 0);
    assert.deepEqual(await readdir(dead), [named]);
  }));
