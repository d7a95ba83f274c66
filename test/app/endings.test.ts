import assert from 'node:assert/strict';
import { test } from 'node:test';
import { announcingEndings } from '../../src/app/endings.ts';
import type { Scan } from '../../src/scan/scan.ts';
import type { Scanner } from '../../src/scan/scanner.ts';
import { readyScan, settledScan, tokenOf } from '../contracts/store.ts';
import { virtualClock } from '../fixtures/virtualClock.ts';

test('the end of a scan of another process is told once, also when the store fails while it is awaited', async () => {
  const token = tokenOf(1);
  const clock = virtualClock(0);
  const end = new AbortController();
  let scan: Scan = readyScan(1);
  let isFailing = false;
  const told: string[] = [];
  const find: Scanner['find'] = async () => {
    if (isFailing) throw new Error('the store failed');
    return scan;
  };
  const scanner = announcingEndings(
    { ...unused, find, isOpen: () => false },
    { announcer: { tell: ({ stage }) => void told.push(stage) }, clock, stop: end.signal },
  );
  await scanner.find(token);
  await clock.runUntil(10_000);
  isFailing = true;
  await clock.runUntil(100_000);
  scan = settledScan(1);
  assert.deepEqual(told, []);
  isFailing = false;
  await clock.runUntil(110_000);
  assert.deepEqual(told, ['settled']);
  await scanner.find(token);
  await clock.runUntil(200_000);
  assert.deepEqual(told, ['settled']);
  end.abort();
});

const never = () => assert.fail('nobody asks for it');
const unused: Scanner = {
  upload: never,
  getResult: never,
  find: never,
  isOpen: never,
  openOf: never,
  recentOf: never,
  delete: never,
  deleteOf: never,
  resume: never,
  adopt: never,
  stop: never,
};
