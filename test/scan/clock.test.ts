import assert from 'node:assert/strict';
import { setMaxListeners } from 'node:events';
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

test('each of many waits on one signal costs the same', async () => {
  const perWait = async (count: number) => {
    const stop = new AbortController();
    setMaxListeners(0, stop.signal);
    const began = performance.now();
    const waits = Array.from({ length: count }, () => systemClock.sleep(1, stop.signal));
    await Promise.all(waits);
    return (performance.now() - began) / count;
  };
  await perWait(1_000);
  const [few, many] = [await perWait(2_000), await perWait(40_000)];
  assert.ok(many < few * 6, `${few} ms each of 2,000, and ${many} ms each of 40,000`);
});
