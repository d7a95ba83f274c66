import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../src/scan/failure.ts';
import type { Source } from '../../src/scan/scan.ts';
import { publish } from '../../src/scan/status.ts';
import { reportOf } from '../fixtures/memoryEngine.ts';
import { workbench } from './bench.ts';

const facts = { names: [], tags: [], type: 'Text' };
const clean = reportOf({ undetected: 60 }, facts);
const bad = reportOf({ malicious: 40, undetected: 20 }, facts);
const minutes = (count: number) => count * 60_000;

const path = (name: string): Source => ({ kind: 'path', path: name, name });
const address: Source = { kind: 'url', url: 'https://evil.example/', name: 'evil.example' };
const hashed = (hash: string): Source => ({ kind: 'hash', hash, name: hash });

test('a look-up of what nobody has uploaded publishes nothing, and is not repeated for an hour', async () => {
  const { wish, settled, verdictOf, engine, clock } = workbench();
  assert.equal(verdictOf(await settled(await wish(path('a'), 'lookUp'))), 'engine.unseen');
  clock.jump(minutes(59));
  assert.equal(verdictOf(await settled(await wish(path('a'), 'lookUp'))), 'engine.unseen');
  assert.deepEqual(engine.calls, ['lookUp']);
  clock.jump(minutes(1));
  await settled(await wish(path('a'), 'lookUp'));
  assert.deepEqual(engine.calls, ['lookUp', 'lookUp']);
  assert.deepEqual(engine.uploads, []);
});

test('a scan is not held back by a look-up that found nothing, and does not pay a second one within the hour', async () => {
  const { wish, upload, settled, verdictOf, engine, clock } = workbench();
  await settled(await wish(path('a'), 'lookUp'));
  await settled(await wish(path('b'), 'lookUp'));
  clock.jump(minutes(59));
  assert.equal(verdictOf(await settled(await upload('a'))), 'clean');
  assert.deepEqual(engine.calls.slice(0, 4), ['lookUp', 'lookUp', 'upload', 'poll']);
  clock.jump(minutes(1));
  const before = engine.calls.length;
  assert.equal(verdictOf(await settled(await upload('b'))), 'clean');
  assert.deepEqual(engine.calls.slice(before, before + 2), ['lookUp', 'upload']);
  assert.equal(engine.uploads.length, 2);
});

test('whoever may upload and joins a look-up makes it one upload for both', async () => {
  const { wish, upload, settled, verdictOf, engine, hears } = workbench();
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  engine.before = (call) => (call === 'lookUp' ? gate : Promise.resolve());
  const looking = await wish(path('a'), 'lookUp');
  await hears(({ activity }) => (activity?.kind === 'lookingUp' ? true : undefined));
  const scanning = await upload('a');
  await hears(({ scan, activity }) => (scan.token === scanning && activity?.kind === 'lookingUp' ? true : undefined));
  release();
  assert.deepEqual([await settled(looking), await settled(scanning)].map(verdictOf), ['clean', 'clean']);
  assert.equal(engine.uploads.length, 1);
});

test('a look-up is answered by what is known, and does not wait for what has no results yet', async () => {
  const { wish, upload, settled, verdictOf, engine, sha256, clock } = workbench();
  engine.known.set(sha256('a'), { report: undefined, lastSubmitted: 1 });
  engine.known.set(sha256('b'), { report: bad, lastSubmitted: 1 });
  assert.equal(verdictOf(await settled(await wish(path('b'), 'lookUp'))), 'malicious');
  for (let times = 0; times < 2; times++)
    assert.equal(verdictOf(await settled(await wish(path('a'), 'lookUp'))), 'engine.unseen');
  assert.deepEqual(engine.calls, ['lookUp', 'lookUp']);

  clock.jump(minutes(10));
  engine.known.set(sha256('a'), { report: bad, lastSubmitted: 1 });
  assert.equal(verdictOf(await settled(await wish(path('a'), 'lookUp'))), 'malicious');
  assert.equal(verdictOf(await settled(await upload('a'))), 'malicious');
  assert.equal(engine.calls.length, 3);
  assert.deepEqual([engine.uploads, engine.submitted], [[], []]);
});

test('a file is found by each of its three hashes, without its bytes', async () => {
  for (const hash of ['ab'.repeat(32), 'cd'.repeat(20), 'ef'.repeat(16)]) {
    const { wish, settled, verdictOf, engine, fetched } = workbench();
    engine.known.set(hash, { report: bad, lastSubmitted: 1 });
    const scan = await settled(await wish(hashed(hash), 'lookUp'));
    assert.equal(verdictOf(scan), 'malicious');
    assert.equal(scan.file, undefined);
    assert.deepEqual([engine.calls, fetched], [['lookUp'], []]);
  }
});

test('a hash alone cannot be uploaded, whatever is asked', async () => {
  const { wish, settled, verdictOf, engine } = workbench();
  assert.equal(verdictOf(await settled(await wish(hashed('ab'.repeat(32)), 'scan'))), 'engine.unseen');
  assert.deepEqual(engine.calls, ['lookUp']);
});

test('a rescan asks for a new analysis although an answer is at hand, and sends no bytes', async () => {
  const { wish, upload, settled, verdictOf, engine, sha256 } = workbench();
  engine.known.set(sha256('a'), { report: clean, lastSubmitted: 1 });
  await settled(await upload('a'));
  engine.polls = [
    { finished: false, report: reportOf({ undetected: 3 }) },
    { finished: true, report: bad },
  ];
  assert.equal(verdictOf(await settled(await wish(hashed(sha256('a')), 'rescan'))), 'malicious');
  assert.deepEqual(engine.calls, ['lookUp', 'submit', 'poll', 'poll']);
  assert.deepEqual(engine.submitted, [{ kind: 'file', hash: sha256('a') }]);
  assert.equal(verdictOf(await settled(await upload('a'))), 'malicious');
  assert.equal(engine.calls.length, 4);
});

test('a rescan that is asked for during a look-up gets a new analysis, not the old report', async () => {
  const { wish, settled, verdictOf, engine, hears, sha256 } = workbench();
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  engine.before = (call) => (call === 'lookUp' ? gate : Promise.resolve());
  engine.known.set(sha256('a'), { report: clean, lastSubmitted: 1 });
  engine.polls = [{ finished: true, report: bad }];
  const looking = await wish(hashed(sha256('a')), 'lookUp');
  await hears(({ activity }) => (activity?.kind === 'lookingUp' ? true : undefined));
  const again = await wish(hashed(sha256('a')), 'rescan');
  await hears(({ scan, activity }) => (scan.token === again && activity?.kind === 'lookingUp' ? true : undefined));
  release();
  assert.deepEqual([await settled(looking), await settled(again)].map(verdictOf), ['clean', 'malicious']);
  assert.equal(engine.submitted.length, 1);
});

test('a scan that is asked for during a rescan does not fail with it', async () => {
  const { wish, upload, settled, verdictOf, engine, hears, sha256 } = workbench();
  engine.known.set(sha256('a'), { report: bad, lastSubmitted: 1 });
  await settled(await upload('a'));
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  engine.before = (call) => (call === 'poll' ? gate : Promise.resolve());
  engine.failures.poll.push(new Failure('engine.unreadable', 'odd'));
  const again = await wish(hashed(sha256('a')), 'rescan');
  await hears(({ activity }) => (activity?.kind === 'analysing' ? true : undefined));
  const scanning = await upload('a');
  await hears(({ scan, activity }) => (scan.token === scanning && activity?.kind === 'analysing' ? true : undefined));
  release();
  assert.deepEqual([await settled(again), await settled(scanning)].map(verdictOf), ['engine.unreadable', 'malicious']);
});

test('a rescan that fails leaves the answer that there was', async () => {
  const { wish, upload, settled, verdictOf, engine, sha256 } = workbench();
  engine.known.set(sha256('a'), { report: bad, lastSubmitted: 1 });
  await settled(await upload('a'));
  engine.failures.submit.push(new Failure('engine.forbidden', 'not with this key'));
  assert.equal(verdictOf(await settled(await wish(hashed(sha256('a')), 'rescan'))), 'engine.forbidden');
  engine.failures.poll.push(new Failure('engine.unreadable', 'odd'));
  assert.equal(verdictOf(await settled(await wish(hashed(sha256('a')), 'rescan'))), 'engine.unreadable');

  assert.equal(verdictOf(await settled(await upload('a'))), 'malicious');
  assert.deepEqual(engine.calls, ['lookUp', 'submit', 'submit', 'poll']);
});

test('an address is looked up first, and submitted when nobody has', async () => {
  const { wish, settled, verdictOf, engine, fetched } = workbench();
  assert.equal(verdictOf(await settled(await wish(address, 'scan'))), 'clean');
  assert.deepEqual(engine.calls.slice(0, 3), ['lookUp', 'submit', 'poll']);
  assert.deepEqual(engine.submitted, [{ kind: 'url', url: 'https://evil.example/' }]);
  assert.deepEqual([fetched, engine.uploads], [[], []]);
});

test('a known address costs one look-up, and a look-up alone never submits one', async () => {
  const { wish, settled, verdictOf, engine, clock } = workbench();
  assert.equal(verdictOf(await settled(await wish(address, 'lookUp'))), 'engine.unseen');
  engine.known.set('https://evil.example/', { report: bad, lastSubmitted: 1 });
  clock.jump(minutes(60));
  assert.equal(verdictOf(await settled(await wish(address, 'scan'))), 'malicious');
  assert.deepEqual(engine.calls, ['lookUp', 'lookUp']);
});

test('whoever may submit an address and joins a look-up of it has it submitted', async () => {
  const { wish, settled, verdictOf, engine, hears } = workbench();
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  engine.before = (call) => (call === 'lookUp' ? gate : Promise.resolve());
  const looking = await wish(address, 'lookUp');
  await hears(({ activity }) => (activity?.kind === 'lookingUp' ? true : undefined));
  const scanning = await wish(address, 'scan');
  await hears(({ scan, activity }) => (scan.token === scanning && activity?.kind === 'lookingUp' ? true : undefined));
  release();
  assert.deepEqual([await settled(looking), await settled(scanning)].map(verdictOf), ['clean', 'clean']);
  assert.equal(engine.submitted.length, 1);
});

test('an address that is being analysed is waited for', async () => {
  const { wish, settled, verdictOf, engine } = workbench();
  engine.known.set('https://evil.example/', { report: undefined, lastSubmitted: 1 });
  assert.equal(verdictOf(await settled(await wish(address, 'scan'))), 'clean');
  assert.deepEqual(engine.calls.slice(0, 2), ['lookUp', 'poll']);
});

test('a ruling of its server ends a scan that nobody asked for, without any request', async () => {
  const bench = workbench(undefined, { of: async (server) => (server === 's' ? 'blocked' : undefined) });
  const wish = (urgency: 'automatic' | 'interactive', server: string) =>
    bench.upload('known bad', undefined, { urgency, member: 'm', server });
  const settled = await bench.settled(await wish('automatic', 's'));
  assert.equal(bench.verdictOf(settled), 'blocked');
  assert.deepEqual(publish(settled), { status: 'done', detected: true, detail: [] });
  assert.deepEqual(bench.engine.calls, []);
  for (const asked of [wish('interactive', 's'), wish('automatic', 'other')])
    assert.notEqual(bench.verdictOf(await bench.settled(await asked)), 'blocked');
});
