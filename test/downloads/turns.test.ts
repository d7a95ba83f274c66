import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createTurns, type Turn, type Turns } from '../../src/downloads/turns.ts';
import { never, unheard } from './server.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

const budget = 1000;
/** What is small, what is large, and what fits only alone, by that budget. */
const small = fc.integer({ min: 0, max: 100 });
const large = fc.integer({ min: 101, max: 900 });
const huge = fc.integer({ min: 901, max: 1500 });

/** The file's turn; undefined when it has to wait. */
async function startsAtOnce(turns: Turns, bytes: number): Promise<Turn | undefined> {
  let waits = false;
  const taking = turns.take(bytes, never, () => {
    waits = true;
  });
  return waits ? undefined : taking;
}

test('never more than the places and the budget are in use, and all get their turn', async () => {
  const file = fc.record({ bytes: fc.oneof(small, large, huge), kept: fc.nat(100), leaves: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(file, { maxLength: 15 }), fc.integer({ min: 1, max: 4 }), async (files, places) => {
      const turns = createTurns(places, budget);
      const started: { share: number; bytes: number; turn: Turn }[] = [];
      let used = 0;
      const endings = files.map(async ({ bytes, kept, leaves }) => {
        const leaving = new AbortController();
        const taking = turns.take(bytes, leaving.signal, unheard);
        if (leaves) leaving.abort(new Error('left'));
        const turn = await taking.catch(() => undefined);
        if (!turn) return;
        assert.ok(used === 0 || used + bytes <= budget, 'the budget holds');
        used += bytes;
        started.push({ share: kept / 100, bytes, turn });
        assert.ok(started.length <= places, 'the places hold');
      });
      for (await settled(); started.length > 0; await settled()) {
        const next = started.shift();
        assert.ok(next);
        const kept = Math.floor(next.share * next.bytes);
        used += kept - next.bytes;
        next.turn.end(kept);
        await settled();
        used -= kept;
        turns.free(kept);
      }
      await Promise.all(endings);
    }),
    { numRuns: 60 },
  );
});

test('large files, however many are there or wait, do not hold up small ones', async () => {
  const cases = fc.asyncProperty(
    fc.array(fc.record({ bytes: large, ends: fc.boolean() }), { maxLength: 60 }),
    fc.array(small, { maxLength: 30 }),
    fc.integer({ min: 2, max: 4 }),
    async (others, files, places) => {
      const turns = createTurns(places, budget);
      for (const { bytes, ends } of others) {
        const turn = await startsAtOnce(turns, bytes);
        if (ends) turn?.end(bytes);
      }
      let used = 0;
      for (const bytes of files) {
        if (used + bytes > 100) break;
        const turn = (await startsAtOnce(turns, bytes)) ?? assert.fail(`${bytes} bytes wait`);
        turn.end(bytes);
        used += bytes;
      }
    },
  );
  await fc.assert(cases, { numRuns: 100 });
});

test('whatever keeps coming, each file gets its turn', async () => {
  const stream = fc.array(fc.oneof({ arbitrary: small, weight: 5 }, { arbitrary: large, weight: 2 }, huge), {
    minLength: 1,
    maxLength: 10,
  });
  const cases = fc.asyncProperty(
    stream,
    fc.oneof(small, large, huge),
    fc.integer({ min: 1, max: 4 }),
    fc.nat(5),
    async (sizes, own, places, mostKept) => {
      const turns = createTurns(places, budget);
      const running: { bytes: number; turn: Turn }[] = [];
      const kept: number[] = [];
      let arrivals = 0;
      let isStarted = false;
      const arrive = () => {
        const bytes = sizes[arrivals++ % sizes.length] ?? 0;
        void turns.take(bytes, never, unheard).then((turn) => running.push({ bytes, turn }));
      };
      const pass = async () => {
        const done = running.shift();
        done?.turn.end(done.bytes);
        if (done) kept.push(done.bytes);
        if (!done || kept.length > mostKept) turns.free(kept.shift() ?? 0);
        await settled();
      };
      for (let n = 0; n < 10; n += 1) arrive();
      await pass();
      turns
        .take(own, never, unheard)
        .then((turn) => running.push({ bytes: own, turn }))
        .finally(() => {
          isStarted = true;
        });
      for (let n = 0; n < 200 && !isStarted; n += 1) {
        arrive();
        await pass();
      }
      assert.ok(isStarted, `${own} bytes have not started while ${arrivals} files came`);
    },
  );
  await fc.assert(cases, { numRuns: 100 });
});

test('a file for which there is no room lets twenty others past, and then none but small ones in their reserve', async () => {
  const turns = createTurns(4, budget);
  turns.hold(600);
  const waiting = turns.take(500, never, unheard);
  for (let n = 0; n < 20; n += 1) {
    const turn = (await startsAtOnce(turns, 110)) ?? assert.fail(`number ${n} waits`);
    turn.end(0);
  }
  assert.equal(await startsAtOnce(turns, 110), undefined);
  (await startsAtOnce(turns, 60))?.end(60);
  assert.equal(await startsAtOnce(turns, 60), undefined);
  turns.free(600);
  (await waiting).end(0);
});

test('a copy from before the restart counts, and a file beyond the budget goes when nothing else is there', async () => {
  const turns = createTurns(4, budget);
  turns.hold(600);
  let [waits, started] = [0, false];
  const enormous = turns.take(5000, never, () => {
    waits += 1;
  });
  enormous.then(() => {
    started = true;
  });
  await settled();
  assert.equal(waits, 1);
  assert.equal(started, false);
  turns.free(600);
  (await enormous).end(0);
  (await turns.take(1000, never, () => assert.fail('waits'))).end(0);
});

test('one that leaves the line lets those through that waited for it', async () => {
  const turns = createTurns(4, budget);
  turns.hold(600);
  const leaving = new AbortController();
  const first = turns.take(500, leaving.signal, unheard);
  for (let n = 0; n < 20; n += 1) (await turns.take(50, never, unheard)).end(0);
  const next = turns.take(300, never, unheard);
  leaving.abort(new Error('left'));
  await assert.rejects(first, /left/);
  (await next).end(0);
});
