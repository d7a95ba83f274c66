import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createEdits } from '../../../src/discord/replies/edits.ts';
import { virtualClock } from '../../fixtures/virtualClock.ts';

const never = new AbortController().signal;
const unexpected = (error: unknown) => assert.fail(String(error));

test('an edit is sent at once, further changes are gathered for two seconds, and the last one is never left out', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 30 }), async (pauses) => {
      const clock = virtualClock(0);
      let state = 0;
      const sent: { at: number; state: number }[] = [];
      const send = async () => {
        sent.push({ at: clock.now(), state });
      };
      const edits = createEdits(send, clock, never, unexpected);
      for (const pause of pauses) {
        await clock.runUntil(clock.now() + pause);
        state += 1;
        edits.touch();
      }
      await clock.runUntil(clock.now() + 10_000);
      assert.equal(sent[0]?.at, pauses[0]);
      assert.equal(sent.at(-1)?.state, state);
      for (const [index, { at }] of sent.entries()) assert.ok(index === 0 || at - (sent[index - 1]?.at ?? 0) >= 2_000);
    }),
  );
});

test('a change in the very moment in which the edits come to rest is sent', async () => {
  for (let ticks = 0; ticks < 6; ticks++) {
    const clock = virtualClock(0);
    let sent = 0;
    const wakings = new Set<() => void>();
    const sleep = () => new Promise<void>((resolve) => wakings.add(resolve));
    const edits = createEdits(async () => void sent++, { ...clock, sleep }, never, unexpected);
    edits.touch();
    await clock.runUntil(1);
    for (const wake of wakings) wake();
    for (let tick = 0; tick < ticks; tick++) await undefined;
    edits.touch();
    await clock.runUntil(2);
    assert.equal(sent, 2, `${ticks} ticks later`);
  }
});

test('an edit that fails is tried again, ever more slowly, with what is to be shown then', async () => {
  const clock = virtualClock(0);
  const sent: string[] = [];
  const failures: unknown[] = [];
  let state = 'old';
  const send = async () => {
    if (failures.length < 5) throw new Error('Discord is away');
    sent.push(state);
  };
  createEdits(send, clock, never, (error) => failures.push(error)).touch();
  await clock.runUntil(3_000);
  state = 'new';
  await clock.runUntil(60_000);
  assert.deepEqual(sent, ['new']);
  assert.equal(failures.length, 5);
});

test('an edit that is urgent waits for no pause after failures', async () => {
  const clock = virtualClock(0);
  let isAway = true;
  const sent: number[] = [];
  const send = async () => {
    if (isAway) throw new Error('Discord is away');
    sent.push(clock.now());
  };
  const edits = createEdits(send, clock, never, () => {});
  edits.touch();
  await clock.runUntil(600_000);
  isAway = false;
  edits.hurry();
  await clock.runUntil(600_001);
  assert.deepEqual(sent, [600_000]);
});

test('nothing is sent any more after the stop', async () => {
  const clock = virtualClock(0);
  const stopping = new AbortController();
  let sent = 0;
  const edits = createEdits(async () => void sent++, clock, stopping.signal, unexpected);
  edits.touch();
  await clock.runUntil(100);
  edits.touch();
  stopping.abort();
  await clock.runUntil(100_000);
  edits.touch();
  await clock.runUntil(200_000);
  assert.equal(sent, 1);
});
