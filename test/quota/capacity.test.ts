import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capacityOf } from '../../src/quota/limits.ts';

test('a key judges so many new files a day, in round numbers', () => {
  const rows: [perDay: number, perMonth: number, unknown: number, mostlyKnown: number][] = [
    [500, 15_500, 155, 340],
    [500, 1_000_000, 155, 340],
    // The month is the tighter limit.
    [1_000, 3_100, 30, 65],
    [20, 15_500, 6, 13],
    [1, 31, 0, 0],
    [20_000, 620_000, 6_200, 13_800],
  ];
  for (const [perDay, perMonth, unknown, mostlyKnown] of rows)
    assert.deepEqual(capacityOf({ perDay, perMonth }), { unknown, mostlyKnown }, `${perDay} ${perMonth}`);
});
