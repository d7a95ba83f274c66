import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatOf } from '../../src/locales/format.ts';

const day = 86_400_000;
const format = formatOf('en-US');

test('sizes read as Discord shows them', () => {
  const sizes = [0, 999, 1000, 1234, 9_950_000, 500_000_000, 2_000_000_000, 5_000_000_000_000].map(format.size);
  assert.deepEqual(sizes, ['0 bytes', '999 bytes', '1 kB', '1.2 kB', '10 MB', '500 MB', '2 GB', '5,000 GB']);
});

test('a duration is told in seconds, and in minutes from two on', () => {
  const durations = [0, 400, 8_200, 119_000, 120_000, 400_000].map(format.duration);
  assert.deepEqual(durations, ['1 sec', '1 sec', '8 sec', '119 sec', '2 min', '7 min']);
});

test('a time from now is told in its largest unit', () => {
  const times = [-3 * day, -day, -7_200_000, -60_000, 0, 12_000, 90 * 60_000].map(format.relative);
  assert.deepEqual(times, [
    '3 days ago',
    'yesterday',
    '2 hours ago',
    '1 minute ago',
    'now',
    'in 12 seconds',
    'in 2 hours',
  ]);
});

describe('every language writes in its own way', () => {
  const cases = [
    { tag: 'en-US', size: '1.2 MB', list: 'a, b, and c', ago: '3 days ago', date: 'Jan 1, 1970', files: '1 file' },
    { tag: 'ko', size: '1.2MB', list: 'a, b 및 c', ago: '3일 전', date: '1970. 1. 1.', files: '1 files' },
    { tag: 'zh-TW', size: '1.2 MB', list: 'a、b和c', ago: '3 天前', date: '1970年1月1日', files: '1 files' },
    { tag: 'zh-CN', size: '1.2 MB', list: 'a、b和c', ago: '3天前', date: '1970年1月1日', files: '1 files' },
  ];
  for (const { tag, ...expected } of cases) {
    test(tag, () => {
      const { size, list, relative, date, plural } = formatOf(tag);
      assert.deepEqual(
        {
          size: size(1_200_000),
          list: list(['a', 'b', 'c']),
          ago: relative(-3 * day),
          date: date(0),
          files: plural(1, { one: '1 file', other: '1 files' }),
        },
        expected,
      );
    });
  }
});
