import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCounts } from '../../src/health/counts.ts';
import { readyScan, settledScan } from '../contracts/store.ts';

test('a scan counts once, however often its verdict is told', () => {
  const { tell, verdicts } = createCounts();
  tell(readyScan(1));
  tell(settledScan(1));
  tell(settledScan(1));
  assert.deepEqual([...verdicts.values()], [1]);
});

test('scans that another process finishes do not stay in memory for ever', () => {
  const { tell, verdicts } = createCounts();
  const last = 60_000;
  for (let n = 1; n <= last; n++) {
    tell(readyScan(n));
    // Still worked on.
    tell(readyScan(2));
  }
  for (const n of [1, 2, last]) tell(settledScan(n));
  assert.deepEqual([...verdicts.values()], [2]);
});
