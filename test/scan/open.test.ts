import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTurns } from '../../src/scan/turns.ts';
import { workbench } from './bench.ts';

/** A bench whose engine answers no look-up until `answer` is called. */
function held() {
  const bench = workbench();
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  bench.engine.before = (call) => (call === 'lookUp' ? answered : Promise.resolve());
  return { ...bench, answer };
}

test('a member has as many open files as they asked for and have no result of', async () => {
  const { scanner, upload, settled, answer } = held();
  const asked = [await upload('/a'), await upload('/b')];
  await upload('/c', undefined, { urgency: 'automatic', member: 'm', server: 's' });
  await upload('/d', undefined, { urgency: 'interactive', member: 'other', server: 's' });
  assert.deepEqual([scanner.openOf('m'), scanner.openOf('other'), scanner.openOf('nobody')], [2, 1, 0]);
  assert.deepEqual(
    asked.map((token) => scanner.isOpen(token)),
    [true, true],
  );

  answer();
  await Promise.all(asked.map(settled));
  assert.equal(scanner.openOf('m'), 0);
  assert.deepEqual(
    asked.map((token) => scanner.isOpen(token)),
    [false, false],
  );
  await scanner.stop();
});

test('the scans of a server that is forgotten go, those that are being worked on too, and no others', async () => {
  const { scanner, upload, settled, answer, store } = held();
  const gone = await upload('/a', undefined, { urgency: 'automatic', server: 'left' });
  const kept = await upload('/b', undefined, { urgency: 'automatic', server: 'other' });
  await scanner.deleteOf('left');
  answer();
  await Promise.all([settled(gone), settled(kept)]);
  await scanner.stop();
  assert.equal(await store.get(gone), undefined);
  assert.equal((await store.get(kept))?.stage, 'settled');
});

test('turns of one key come one after the other, those of another do not wait, and idle waits for the last of all', async () => {
  const inTurn = createTurns();
  const order: string[] = [];
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const first = inTurn('a', () => released.then(() => order.push('a1')));
  const second = inTurn('a', async () => order.push('a2'));
  await inTurn('b', async () => order.push('b'));
  assert.deepEqual(order, ['b']);
  const idle = inTurn.idle().then(() => order.push('idle'));
  release();
  await Promise.all([first, second, idle]);
  assert.deepEqual(order, ['b', 'a1', 'a2', 'idle']);

  // One that is alone is waited for, too.
  const alone = inTurn('c', () => new Promise<void>((resolve) => setImmediate(resolve)).then(() => order.push('c')));
  await inTurn.idle();
  assert.equal(order.at(-1), 'c');
  await alone;
});

test('a turn that fails tells its caller, and the next one comes', async () => {
  const inTurn = createTurns();
  const failed = assert.rejects(
    inTurn('a', () => Promise.reject(new Error('broken'))),
    /broken/,
  );
  assert.equal(await inTurn('a', async () => 'next'), 'next');
  await failed;
  await inTurn.idle();
});
