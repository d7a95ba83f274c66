import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { retryAfter } from '../../src/http/retryAfter.ts';

const now = Date.UTC(2026, 0, 31, 23, 59, 30);

test('seconds and dates are understood, a date that has passed means now', () => {
  assert.equal(retryAfter('0', now), 0);
  assert.equal(retryAfter(' 120 ', now), 120_000);
  assert.equal(retryAfter('Sun, 01 Feb 2026 00:00:00 GMT', now), 30_000);
  assert.equal(retryAfter('Sun, 01 Feb 2015 00:00:00 GMT', now), 0);
});

test('what is neither is no wait at all', () => {
  const odd = ['', '-1', '1.5', '1e3', '0x10', 'soon', 'try 5', 'Sun, 99 Feb 2026 00:00:00 GMT', '9'.repeat(40)];
  for (const header of [undefined, ...odd]) assert.equal(retryAfter(header, now), undefined);
});

test('every date comes back as its distance, whatever the clock says', () => {
  const second = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000);
  fc.assert(
    fc.property(second, second, (date, clock) => {
      assert.equal(retryAfter(new Date(date).toUTCString(), clock), Math.max(0, date - clock));
    }),
  );
});

test('no header makes a wait that is negative, endless or not a number', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String)), (header) => {
      const wait = retryAfter(header, now) ?? 0;
      assert.ok(Number.isSafeInteger(wait) && wait >= 0);
    }),
  );
});
