import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { daysIn, lastDue, nextDue } from '../../../src/discord/digest/week.ts';

const week = 7 * 24 * 60 * 60_000;
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

describe('a digest', () => {
  const moment = fc.integer({ min: 0, max: 4_102_444_800_000 });

  test('is due once in every week, on its day at 08:00 UTC', () => {
    fc.assert(
      fc.property(moment, fc.constantFrom(...weekdays), (now, weekday) => {
        const due = lastDue(weekday, now);
        assert.ok(due <= now && now < due + week);
        assert.equal(weekdays[new Date(due).getUTCDay()], weekday);
        assert.equal(new Date(due).toISOString().slice(11), '08:00:00.000Z');
      }),
    );
  });

  test('of some day is due within a day, and none before', () => {
    fc.assert(
      fc.property(moment, (now) => {
        const next = nextDue(now);
        assert.ok(next > now && next - now <= week / 7);
        const dues = weekdays.map((weekday) => lastDue(weekday, next));
        assert.ok(dues.includes(next));
        assert.ok(!weekdays.some((weekday) => lastDue(weekday, next - 1) > now));
      }),
    );
  });

  test('counts the requests of each of its days once', () => {
    const at = Date.parse('2026-11-30T08:00:00Z');
    assert.deepEqual(daysIn(at, at + week), [30, 31, 32, 33, 34, 35, 36].map(dayOfNovember));
    assert.deepEqual(daysIn(at, at), []);
  });
});

const dayOfNovember = (day: number) => new Date(Date.UTC(2026, 10, day)).toISOString().slice(0, 10);
