import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAlarm, Timers } from '../../src/quota/timers.ts';
import { virtualClock } from '../fixtures/virtualClock.ts';

test('steady time goes on from where it was when the clock is set back, and forward with the clock', async () => {
  const clock = virtualClock(1_000);
  const timers = new Timers(clock);
  assert.equal(timers.steady(), 1_000);
  clock.set(400);
  assert.equal(timers.steady(), 1_000);
  await clock.runUntil(450);
  assert.equal(timers.steady(), 1_050);
  clock.set(300);
  assert.equal(timers.steady(), 1_050);
  clock.set(500);
  assert.equal(timers.steady(), 1_250);
});

test('of several alarms the soonest rings, once', async () => {
  const clock = virtualClock(0);
  const rung: number[] = [];
  const wakeWithin = createAlarm(new Timers(clock), () => rung.push(clock.now()));
  for (const ms of [300, 100, 200]) wakeWithin(ms);
  await clock.runUntil(1_000);
  assert.deepEqual(rung, [100]);
  wakeWithin(50);
  await clock.runUntil(2_000);
  assert.deepEqual(rung, [100, 1_050]);
});
