import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPatience } from '../../src/inquiry/patience.ts';
import { codeOf } from '../../src/scan/failure.ts';
import type { Place } from '../../src/scan/ports.ts';
import { virtualClock } from '../fixtures/virtualClock.ts';

const hour = 3_600_000;

/** In hours from the beginning: what a call waits for from then on. `undefined`: it is being sent. */
const cases: { what: string; waits: [number, Place['for'] | undefined][]; ends: string | undefined; at?: number }[] = [
  { what: 'an outage ends the wait after a day', waits: [[1, 'outage']], ends: 'engine.unavailable', at: 25 },
  { what: 'a refused key does', waits: [[0, 'key']], ends: 'engine.badKey', at: 24 },
  { what: 'the own key of a server does', waits: [[0, 'ownKey']], ends: 'engine.badKey', at: 24 },
  {
    what: 'one trouble after the other does',
    waits: [
      [0, 'key'],
      [20, 'outage'],
    ],
    ends: 'engine.unavailable',
    at: 24,
  },
  {
    what: 'a call that tries whether it is over does not end it',
    waits: [
      [0, 'key'],
      [3, undefined],
      [4, 'key'],
    ],
    ends: 'engine.badKey',
    at: 24,
  },
  {
    what: 'a call is not cut off while it is being sent',
    waits: [
      [0, 'outage'],
      [23, undefined],
    ],
    ends: undefined,
  },
  {
    what: 'and ends if it fails then',
    waits: [
      [0, 'outage'],
      [23, undefined],
      [26, 'outage'],
    ],
    ends: 'engine.unavailable',
    at: 26,
  },
  {
    what: 'an outage that was over counts no more',
    waits: [
      [0, 'outage'],
      [20, 'turn'],
      [21, 'outage'],
    ],
    ends: 'engine.unavailable',
    at: 45,
  },
  ...(['turn', 'share', 'minute', 'day', 'month'] as const).map((reason) => ({
    what: `a wait for the ${reason} has no end`,
    waits: [[0, reason] satisfies [number, Place['for']]],
    ends: undefined,
  })),
];

for (const { what, waits, ends, at } of cases)
  test(what, async () => {
    const clock = virtualClock(0);
    const { signal, waits: tell, clear } = createPatience(clock, new AbortController().signal);
    let endedAt: number | undefined;
    signal.addEventListener('abort', () => {
      endedAt = clock.elapsed() / hour;
    });
    for (const [from, reason] of waits) {
      await clock.runUntil(from * hour);
      tell(reason && { for: reason, ahead: 0, until: undefined });
    }
    // That makes no wait shorter or longer.
    clock.set(Date.UTC(2026, 4, 1));
    await clock.runWhile(() => clock.elapsed() < 1_000 * hour);
    assert.equal(signal.aborted ? codeOf(signal.reason) : undefined, ends);
    assert.equal(endedAt, at);
    clear();
  });
