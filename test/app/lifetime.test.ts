import assert from 'node:assert/strict';
import { test } from 'node:test';
import { living } from '../../src/app/lifetime.ts';

test('an opening that gets stuck ends with everything that it has opened when it is no longer wanted', async () => {
  const end = new AbortController();
  const ended: string[] = [];
  const opening = living((lifetime) => {
    lifetime.opened(() => void ended.push('first'));
    lifetime.opened(() => void ended.push('second'));
    lifetime.signal.addEventListener('abort', () => ended.push('signal'));
    return new Promise<never>(() => {});
  }, end.signal);
  end.abort(new Error('no longer wanted'));
  await assert.rejects(opening, /no longer wanted/);
  assert.deepEqual(ended, ['signal', 'second', 'first']);
});

test('an end that fails keeps nothing else open', async () => {
  const ended: string[] = [];
  const { stop } = await living(async ({ opened }) => {
    opened(() => void ended.push('connection'));
    opened(() => Promise.reject(new Error('the disk is full')));
    return {};
  });
  await assert.rejects(stop(), /the disk is full/);
  assert.deepEqual(ended, ['connection']);
});
