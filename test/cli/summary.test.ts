import assert from 'node:assert/strict';
import { test } from 'node:test';
import { summaryOf } from '../../src/cli/summary.ts';
import { enUS } from '../../src/locales/en-US.ts';
import { type Word, wordSchema } from '../../src/verdict/word.ts';

const times = (count: number, word: Word): Word[] => Array.from({ length: count }, () => word);

test('a summary counts by word, the worst first', () => {
  const words = [...times(9, 'clean'), ...times(1, 'failed'), ...times(1, 'malicious'), ...times(1, 'unwanted')];
  assert.equal(
    summaryOf(words, 8_200, enUS),
    '12 files: 1 malicious, 1 unwanted program, 1 not scanned, 9 without findings (8 sec)',
  );
  assert.match(summaryOf(times(2, 'unwanted'), 400_000, enUS), /^2 files: 2 unwanted programs \(7 min\)$/);
});

test('a summary leaves no word out', () => {
  const counts = summaryOf(wordSchema.options, 0, enUS).match(/(?<=[:,] )1 /g);
  assert.equal(counts?.length, wordSchema.options.length);
});
