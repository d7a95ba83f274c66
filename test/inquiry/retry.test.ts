import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { backoff } from '../../src/inquiry/retry.ts';

const hour = 3_600_000;

test('the other side is given the time that it asks for, up to an hour', () => {
  for (const [asked, least, most] of [
    [90_000, 90_000, 90_000],
    [hour, hour, hour],
    [hour + 1, hour, hour],
    [999_999_999_000, hour, hour],
    [Number.POSITIVE_INFINITY, hour, hour],
  ] as const) {
    const wait = backoff(1, asked);
    assert.ok(wait >= least && wait <= most, `${asked}: ${wait}`);
  }
});

test('whatever is asked, a wait is between half a second and an hour', () => {
  const cases = fc.property(fc.integer({ min: 1, max: 1000 }), fc.double({ noNaN: true }), (attempt, asked) => {
    const wait = backoff(attempt, asked);
    assert.ok(wait >= 500 && wait <= hour);
  });
  fc.assert(cases);
});
