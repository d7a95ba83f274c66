import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createActivity } from '../../src/app/activity.ts';
import { virtualClock } from '../fixtures/virtualClock.ts';

const limit = 3_000;

/** When the activity was over, in ms after it was asked, and what had been done by then. */
async function drained(work: (clock: ReturnType<typeof virtualClock>, did: (what: string) => void) => Promise<void>) {
  const clock = virtualClock(0);
  const activity = createActivity(clock);
  const done: string[] = [];
  const did = (what: string) => void done.push(what);
  // A request, and then a write of its own.
  void activity.during(() => work(clock, did)).then(() => activity.during(async () => did('written')));
  let at: number | undefined;
  const over = activity.over(limit).then(() => {
    at = clock.now();
    return [...done];
  });
  await clock.runUntil(10 * limit);
  return { at, done: await over };
}

test('what is under way comes to its end, and so does what follows it', async () => {
  const { at, done } = await drained(async (clock, did) => {
    await clock.sleep(1_000);
    did('sent');
  });
  assert.deepEqual(done, ['sent', 'written']);
  assert.ok(at !== undefined && at < limit);
});

test('what takes too long is not waited for, and where nothing is under way it is over soon', async () => {
  const { at, done } = await drained((clock) => clock.sleep(5 * limit));
  assert.deepEqual({ at, done }, { at: limit, done: [] });
  const { at: soon } = await drained(async () => {});
  assert.ok(soon !== undefined && soon <= 300);
});
