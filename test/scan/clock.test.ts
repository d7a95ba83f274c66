import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { systemClock } from '../../src/scan/clock.ts';

test('a wait may be longer than setTimeout can count, and ends by its signal', async () => {
  const warnings: string[] = [];
  const hear = ({ name }: Error) => void warnings.push(name);
  process.on('warning', hear);
  for (const ms of [2 ** 31 - 1, 2 ** 31, 2 ** 40]) {
    const over = new AbortController();
    const sleeping = systemClock.sleep(ms, over.signal);
    await setImmediate();
    over.abort(new Error('enough'));
    await assert.rejects(sleeping, /enough/);
  }
  process.off('warning', hear);
  // Node waits one millisecond instead and warns.
  assert.deepEqual(warnings, []);
});
