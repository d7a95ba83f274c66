import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { openPresence, seenSchema } from '../../src/store/presence.ts';
import { scanStore } from '../../src/store/scanStore.ts';
import { readyScan } from '../contracts/store.ts';
import { withStore } from './opened.ts';

test('a process is there until it leaves, is gone from the system, or was silent for too long', () =>
  withStore(async ({ store, clock }) => {
    const records = store.collection('processes', seenSchema);
    const own = await openPresence(records, clock);
    const other = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
    const seen = { id: 'other', pid: other.pid ?? 0, at: clock.now() };
    await records.set('other', seen);
    assert.equal(await own.isGone(own.id), false);
    assert.equal(await own.isGone('other'), false);
    assert.equal(await own.isGone('nobody'), true);

    await records.set('other', { ...seen, at: clock.now() - 60_000 });
    assert.equal(await own.isGone('other'), true);
    await records.set('other', seen);
    other.stdin.end();
    await once(other, 'exit');
    assert.equal(await own.isGone('other'), true);
    await own.leave();
    assert.equal(await records.get(own.id), undefined);
  }));

test('one with our own number was here before us, as every start in a container', () =>
  withStore(async ({ store, clock }) => {
    const records = store.collection('processes', seenSchema);
    const before = await openPresence(records, clock);
    const own = await openPresence(records, clock);
    assert.equal(await own.isGone(before.id), true);
    await Promise.all([before.leave(), own.leave()]);
  }));

test('what another process works on is not told as unfinished until that process is gone', () =>
  withStore(async ({ store, clock }) => {
    let isGone = false;
    const theirs = scanStore(store, clock, { id: 'them', isGone: async () => false });
    const ours = scanStore(store, clock, { id: 'us', isGone: async (id) => id === 'them' && isGone });
    await theirs.put(readyScan(1));
    assert.deepEqual(await ours.unfinished(), []);
    isGone = true;
    assert.equal((await ours.unfinished()).length, 1);
  }));
