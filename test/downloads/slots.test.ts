import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createSlots, type Slot, type Slots } from '../../src/downloads/slots.ts';
import { never, unheard } from './server.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

const budget = 1000;
/** What is small, what is large, and what fits only alone, by that budget. */
const small = fc.integer({ min: 0, max: 100 });
const large = fc.integer({ min: 101, max: 900 });
const huge = fc.integer({ min: 901, max: 1500 });

/** The file's slot; undefined when it has to wait. */
async function startsAtOnce(slots: Slots, bytes: number): Promise<Slot | undefined> {
  let waits = false;
  const taking = slots.take(bytes, never, () => {
    waits = true;
  });
  return waits ? undefined : taking;
}

test('never more than the places and the budget are in use, and all get their slot', async () => {
  const file = fc.record({ bytes: fc.oneof(small, large, huge), kept: fc.nat(100), leaves: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(file, { maxLength: 15 }), fc.integer({ min: 1, max: 4 }), async (files, places) => {
      const slots = createSlots(places, budget);
      const started: { share: number; bytes: number; slot: Slot }[] = [];
      let used = 0;
      const endings = files.map(async ({ bytes, kept, leaves }) => {
        const leaving = new AbortController();
        const taking = slots.take(bytes, leaving.signal, unheard);
        if (leaves) leaving.abort(new Error('left'));
        const slot = await taking.catch(() => undefined);
        if (!slot) return;
        assert.ok(used === 0 || used + bytes <= budget, 'the budget holds');
        used += bytes;
        started.push({ share: kept / 100, bytes, slot });
        assert.ok(started.length <= places, 'the places hold');
      });
      for (await settled(); started.length > 0; await settled()) {
        const next = started.shift();
        assert.ok(next);
        const kept = Math.floor(next.share * next.bytes);
        used += kept - next.bytes;
        next.slot.end(kept);
        await settled();
        used -= kept;
        slots.free(kept);
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
      const slots = createSlots(places, budget);
      for (const { bytes, ends } of others) {
        const slot = await startsAtOnce(slots, bytes);
        if (ends) slot?.end(bytes);
      }
      let used = 0;
      for (const bytes of files) {
        if (used + bytes > 100) break;
        const slot = (await startsAtOnce(slots, bytes)) ?? assert.fail(`${bytes} bytes wait`);
        slot.end(bytes);
        used += bytes;
      }
    },
  );
  await fc.assert(cases, { numRuns: 100 });
});

test('whatever keeps coming, each file gets its slot', async () => {
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
      const slots = createSlots(places, budget);
      const running: { bytes: number; slot: Slot }[] = [];
      const kept: number[] = [];
      let arrivals = 0;
      let isStarted = false;
      const arrive = () => {
        const bytes = sizes[arrivals++ % sizes.length] ?? 0;
        void slots.take(bytes, never, unheard).then((slot) => running.push({ bytes, slot }));
      };
      const pass = async () => {
        const done = running.shift();
        done?.slot.end(done.bytes);
        if (done) kept.push(done.bytes);
        if (!done || kept.length > mostKept) slots.free(kept.shift() ?? 0);
        await settled();
      };
      for (let n = 0; n < 10; n += 1) arrive();
      await pass();
      slots
        .take(own, never, unheard)
        .then((slot) => running.push({ bytes: own, slot }))
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
  const slots = createSlots(4, budget);
  slots.hold(600);
  const waiting = slots.take(500, never, unheard);
  for (let n = 0; n < 20; n += 1) {
    const slot = (await startsAtOnce(slots, 110)) ?? assert.fail(`number ${n} waits`);
    slot.end(0);
  }
  assert.equal(await startsAtOnce(slots, 110), undefined);
  (await startsAtOnce(slots, 60))?.end(60);
  assert.equal(await startsAtOnce(slots, 60), undefined);
  slots.free(600);
  (await waiting).end(0);
});

test('a copy from before the restart counts, and a file beyond the budget goes when nothing else is there', async () => {
  const slots = createSlots(4, budget);
  slots.hold(600);
  let [waits, started] = [0, false];
  const enormous = slots.take(5000, never, () => {
    waits += 1;
  });
  enormous.then(() => {
    started = true;
  });
  await settled();
  assert.equal(waits, 1);
  assert.equal(started, false);
  slots.free(600);
  (await enormous).end(0);
  (await slots.take(1000, never, () => assert.fail('waits'))).end(0);
});

test('one that leaves the line lets those through that waited for it', async () => {
  const slots = createSlots(4, budget);
  slots.hold(600);
  const leaving = new AbortController();
  const first = slots.take(500, leaving.signal, unheard);
  for (let n = 0; n < 20; n += 1) (await slots.take(50, never, unheard)).end(0);
  const next = slots.take(300, never, unheard);
  leaving.abort(new Error('left'));
  await assert.rejects(first, /left/);
  (await next).end(0);
});
