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

test('the wait doubles from a second to a minute, its upper half at random', () => {
  const [longest, shortest] = [1, 0].map((random) =>
    [1, 2, 3, 4, 5, 6, 7, 8].map((at) => backoff(at, 0, random) / 1_000),
  );
  assert.deepEqual(longest, [1, 2, 4, 8, 16, 32, 60, 60]);
  assert.deepEqual(shortest, [0.5, 1, 2, 4, 8, 16, 30, 30]);
});

test('whatever is asked, a wait is between half a second and an hour', () => {
  const cases = fc.property(fc.integer({ min: 1, max: 1000 }), fc.double({ noNaN: true }), (attempt, asked) => {
    const wait = backoff(attempt, asked);
    assert.ok(wait >= 500 && wait <= hour);
  });
  fc.assert(cases);
});
