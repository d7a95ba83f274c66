import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Scan } from '../../src/scan/scan.ts';
import { tokenSchema } from '../../src/scan/token.ts';
import { rowsOf } from '../../src/verdict/rows.ts';
import { cleanScan } from '../fixtures/cleanScan.ts';
import { reportOf } from '../fixtures/memoryEngine.ts';

const ready: Scan = {
  token: tokenSchema.parse('a'.repeat(64)),
  source: { kind: 'path', path: '/a', name: 'a' },
  origin: { urgency: 'interactive' },
  mode: 'scan',
  createdAt: 0,
  stage: 'ready',
  password: undefined,
};

test('a table has all engines or those that flag, which stand first, and none before there is a report', () => {
  const report = reportOf({ undetected: 2, malicious: 1, suspicious: 1, failure: 1 });
  const settled = cleanScan(ready);
  const scan: Scan = { ...settled, outcome: { kind: 'done', report, unlocked: false, askedAt: 0 } };
  const categories = (one: Scan, selection: 'all' | 'flagged') =>
    rowsOf(one, selection).map(({ category }) => category);
  assert.deepEqual(categories(scan, 'flagged'), ['malicious', 'suspicious']);
  assert.deepEqual(categories(scan, 'all').slice(0, 2), ['malicious', 'suspicious']);
  assert.equal(rowsOf(scan, 'all').length, 5);
  assert.deepEqual([rowsOf(ready, 'all'), rowsOf({ ...settled, outcome: { kind: 'empty' } }, 'all')], [[], []]);
});
