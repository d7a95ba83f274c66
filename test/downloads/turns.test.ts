import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createTurns, type Turn } from '../../src/downloads/turns.ts';
import { never, unheard } from './server.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('never more than the places and the budget are in use, all get their turn, in order', async () => {
  const file = fc.record({ bytes: fc.nat(150), kept: fc.nat(100), leaves: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(file, { maxLength: 15 }), fc.integer({ min: 1, max: 4 }), async (files, places) => {
      const budget = 100;
      const turns = createTurns(places, budget);
      const started: { index: number; bytes: number; turn: Turn }[] = [];
      const order: number[] = [];
      let used = 0;
      const endings = files.map(async ({ bytes, leaves }, index) => {
        const leaving = new AbortController();
        const taking = turns.take(bytes, leaving.signal, unheard);
        if (leaves) leaving.abort(new Error('left'));
        const turn = await taking.catch(() => undefined);
        if (!turn) return;
        assert.ok(used === 0 || used + bytes <= budget, 'the budget holds');
        used += bytes;
        started.push({ index, bytes, turn });
        order.push(index);
        assert.ok(started.length <= places, 'the places hold');
      });
      for (await settled(); started.length > 0; await settled()) {
        const next = started.shift();
        assert.ok(next);
        const kept = Math.min(files[next.index]?.kept ?? 0, next.bytes);
        used += kept - next.bytes;
        next.turn.end(kept);
        await settled();
        used -= kept;
        turns.free(kept);
      }
      await Promise.all(endings);
      assert.deepEqual(
        order,
        order.toSorted((a, b) => a - b),
      );
    }),
    { numRuns: 60 },
  );
});

test('a copy from before the restart counts, and a file beyond the budget goes when nothing else is there', async () => {
  const turns = createTurns(4, 100);
  turns.hold(60);
  let [waits, started] = [0, false];
  const large = turns.take(500, never, () => {
    waits += 1;
  });
  large.then(() => {
    started = true;
  });
  await settled();
  assert.equal(waits, 1);
  assert.equal(started, false);
  turns.free(60);
  (await large).end(0);
  (await turns.take(100, never, () => assert.fail('waits'))).end(0);
});

test('one that leaves the line lets the next one through', async () => {
  const turns = createTurns(2, 100);
  const first = await turns.take(60, never, unheard);
  const leaving = new AbortController();
  const large = turns.take(90, leaving.signal, unheard);
  const small = turns.take(30, never, unheard);
  leaving.abort(new Error('left'));
  await assert.rejects(large, /left/);
  (await small).end(0);
  first.end(0);
});
