import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concurrently } from '../../src/scan/concurrency.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test('all items are worked on, so many at a time', async () => {
  const [done, running] = [new Set<number>(), new Set<number>()];
  let most = 0;
  await concurrently([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    running.add(item);
    most = Math.max(most, running.size);
    await turn();
    running.delete(item);
    done.add(item);
  });
  assert.deepEqual([done.size, most], [7, 3]);
  await concurrently([], 3, () => assert.fail());
});

test('after a failure no more are begun, those under way end, and the failure is told', async () => {
  const [begun, ended]: [number[], number[]] = [[], []];
  const work = concurrently([1, 2, 3, 4], 2, async (item) => {
    begun.push(item);
    if (item === 1) throw new Error('broken');
    await turn();
    ended.push(item);
  });
  await assert.rejects(work, /broken/);
  assert.deepEqual([begun, ended], [[1, 2], [2]]);
});
