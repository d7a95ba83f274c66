import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fits, hopeless, nextDay, nextMonth } from '../../src/quota/limits.ts';
import { stillRunning } from '../../src/quota/polling.ts';
import {
  admitted,
  beyondShare,
  leftToday,
  pollOdds,
  type Rank,
  type Situation,
  spacing,
} from '../../src/quota/priority.ts';
import { keyLimits, noon } from './world.ts';

type Waiting = readonly Rank[];

const on = (calls: number) => ({ day: calls, month: calls });

/** Noon of a quiet day, with a whole minute free. */
const calm = { limits: keyLimits, free: 4, used: on(100), elapsed: 0.5, spaced: true, inRow: 0 };

function ranksOf(waiting: Waiting, now: Partial<Situation> = {}): string {
  return admitted(new Set(waiting), { ...calm, ...now }).join(' ');
}

describe('the ranks that may go', () => {
  const both: Waiting = ['interactive', 'automatic'];
  const cases: { when: string; waiting: Waiting; now?: Partial<Situation>; may: string }[] = [
    { when: 'nobody waits', waiting: [], may: '' },
    { when: 'no slot is free', waiting: both, now: { free: 0 }, may: '' },
    { when: 'one slot is free', waiting: both, now: { free: 1 }, may: 'interactive automatic' },
    { when: '18 interactive calls went in a row', waiting: both, now: { inRow: 18 }, may: 'interactive automatic' },
    { when: '19 interactive calls went in a row', waiting: both, now: { inRow: 19 }, may: 'automatic interactive' },
    { when: 'the last automatic call is near', waiting: both, now: { spaced: false, free: 2 }, may: 'interactive' },
    {
      when: 'the last automatic call is near, but three quarters of the minute are free',
      waiting: both,
      now: { spaced: false, free: 3 },
      may: 'interactive automatic',
    },
    {
      when: '40 calls are left in the morning',
      waiting: both,
      now: { used: on(460), elapsed: 0 },
      may: 'interactive automatic',
    },
    { when: '39 calls are left in the morning', waiting: both, now: { used: on(461), elapsed: 0 }, may: 'interactive' },
    { when: '20 calls are left at noon', waiting: both, now: { used: on(480) }, may: 'interactive automatic' },
    { when: '19 calls are left at noon', waiting: both, now: { used: on(481) }, may: 'interactive' },
    {
      when: 'one call is left in the last minute',
      waiting: both,
      now: { used: on(499), elapsed: 1 },
      may: 'interactive automatic',
    },
    { when: 'people with and without a share left wait', waiting: ['interactive', 'excess'], may: 'interactive' },
    { when: 'machines and people without a share left wait', waiting: ['automatic', 'excess'], may: 'automatic' },
    { when: 'only people without a share left wait', waiting: ['excess'], may: 'excess' },
    {
      when: 'people without a share left wait, and the rest of the day is kept for people',
      waiting: ['automatic', 'excess'],
      now: { used: on(481) },
      may: 'excess',
    },
    {
      when: 'people without a share left wait, and machines wait for their spacing',
      waiting: ['automatic', 'excess'],
      now: { spaced: false, free: 1 },
      may: '',
    },
    { when: 'spare calls and others wait', waiting: ['automatic', 'spare'], may: 'automatic' },
    {
      when: 'only spare calls wait',
      waiting: ['spareInteractive', 'spareAutomatic', 'spare'],
      may: 'spareInteractive spareAutomatic spare',
    },
    {
      when: 'only spare calls wait, and a quarter of the minute is free',
      waiting: ['spareInteractive', 'spareAutomatic', 'spare'],
      now: { free: 1 },
      may: 'spareInteractive',
    },
    {
      when: 'only spare calls wait, and half of the minute is free',
      waiting: ['spareInteractive', 'spareAutomatic', 'spare'],
      now: { free: 2 },
      may: 'spareInteractive spareAutomatic spare',
    },
    // The even pace of 250 at noon, and a head start of 8 of which half is left.
    {
      when: 'spare polls wait just behind the pace',
      waiting: ['spareAutomatic'],
      now: { used: on(253) },
      may: 'spareAutomatic',
    },
    { when: 'spare polls wait on the pace', waiting: ['spareAutomatic'], now: { used: on(254) }, may: '' },
    // Half of the even pace, without a head start.
    { when: 'spare look-ups wait just behind half the pace', waiting: ['spare'], now: { used: on(124) }, may: 'spare' },
    { when: 'spare look-ups wait on half the pace', waiting: ['spare'], now: { used: on(125) }, may: '' },
  ];
  for (const { when, waiting, now, may } of cases)
    test(`when ${when}: ${may || 'none'}`, () => assert.equal(ranksOf(waiting, now), may));
});

describe('a call', () => {
  const limits = { perMinute: 4, perDay: 10, perMonth: 20 };
  const cases: { cost: number; day: number; month: number; free: number; goes: boolean }[] = [
    { cost: 1, day: 9, month: 19, free: 1, goes: true },
    { cost: 1, day: 10, month: 10, free: 4, goes: false },
    { cost: 1, day: 0, month: 20, free: 4, goes: false },
    { cost: 1, day: 0, month: 0, free: 0, goes: false },
    { cost: 3, day: 7, month: 17, free: 3, goes: true },
    { cost: 3, day: 8, month: 0, free: 3, goes: false },
    { cost: 3, day: 0, month: 0, free: 2, goes: false },
    { cost: 5, day: 0, month: 0, free: 3, goes: false },
    { cost: 5, day: 0, month: 0, free: 4, goes: true },
  ];
  for (const { cost, day, month, free, goes } of cases)
    test(`of cost ${cost} ${goes ? 'goes' : 'waits'} with ${free} slots free, ${day} used of 10 and ${month} of 20`, () =>
      assert.equal(fits(cost, { day, month }, free, limits), goes));

  test('can never go when it costs more than the day or the month has', () => {
    const never = (cost: number, perDay: number, perMonth: number) =>
      hopeless(cost, { perMinute: 4, perDay, perMonth }) !== undefined;
    assert.deepEqual([never(10, 10, 20), never(11, 10, 20)], [false, true]);
    assert.deepEqual([never(10, 20, 10), never(11, 20, 10)], [false, true]);
    assert.deepEqual([never(1, 0, 20), never(2, 0, 20)], [false, true]);
  });
});

test('a member gets a tenth of the day and a server half of it, the call that is asked about included', () => {
  const beyond = (member: number, server: number, cost = 1) =>
    beyondShare({ member, server }, cost, { perMinute: 4, perDay: 100, perMonth: 1_000 });
  assert.deepEqual([beyond(9, 9), beyond(10, 10)], [false, true]);
  assert.deepEqual([beyond(0, 49), beyond(0, 50)], [false, true]);
  assert.deepEqual([beyond(7, 7, 3), beyond(8, 8, 3)], [false, true]);
  assert.deepEqual([beyond(0, 47, 3), beyond(0, 48, 3)], [false, true]);
});

test('what is kept for people shrinks evenly from 40 of 500 calls to none', () => {
  const left = (used: number, elapsed: number) => Object.values(leftToday(used, elapsed, keyLimits));
  assert.deepEqual(left(100, 0), [400, 360]);
  assert.deepEqual(left(100, 0.5), [400, 380]);
  assert.deepEqual(left(100, 1), [400, 400]);
  assert.deepEqual(left(490, 0.5), [10, 0]);
  assert.deepEqual(left(510, 0.5), [0, 0]);
});

test('automatic polls become rarer for a busy server, and when the day is ahead of the even pace', () => {
  const due = (files: number, used: number, urgency: 'interactive' | 'automatic' = 'automatic') =>
    pollOdds(urgency, files, { used: on(used), elapsed: 0.5, limits: keyLimits }).due;
  assert.deepEqual([due(4, 0), due(5, 0)], [stillRunning.automatic, stillRunning.scarce]);
  assert.deepEqual([due(0, 265), due(0, 266)], [stillRunning.automatic, stillRunning.scarce]);
  assert.equal(due(9, 500, 'interactive'), stillRunning.interactive);
  const spare = (urgency: 'interactive' | 'automatic') =>
    pollOdds(urgency, 1, { used: on(0), elapsed: 0.5, limits: keyLimits }).spare;
  assert.deepEqual(
    [spare('interactive'), spare('automatic')],
    [stillRunning.spareInteractive, stillRunning.spareAutomatic],
  );
});

test('days and months begin at 00:00 UTC, and automatic calls are spread over the minute', () => {
  assert.equal(nextDay(noon), Date.UTC(2026, 2, 11));
  assert.equal(nextDay(Date.UTC(2026, 2, 11)), Date.UTC(2026, 2, 12));
  assert.equal(nextMonth(noon), Date.UTC(2026, 3, 1));
  assert.equal(nextMonth(Date.UTC(2026, 11, 31)), Date.UTC(2027, 0, 1));
  assert.equal(spacing(keyLimits), 15_000);
});
