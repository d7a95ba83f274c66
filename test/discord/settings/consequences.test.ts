import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SnowflakeUtil } from 'discord.js';
import { outcomeOf, policyCaseOf, takes, wantsMark, wantsReply } from '../../../src/discord/settings/consequences.ts';
import { type PolicyCase, policyCaseSchema } from '../../../src/discord/settings/policies.ts';
import { defaultSettings, type GuildSettings } from '../../../src/discord/settings/settings.ts';
import { type Word, wordSchema } from '../../../src/verdict/word.ts';

const day = 24 * 60 * 60_000;
const now = Date.UTC(2026, 5, 1);

test('every word falls under one policy or means no findings', () => {
  const rows: Record<Word, PolicyCase | undefined> = {
    blocked: 'malicious',
    malicious: 'malicious',
    suspicious: 'suspicious',
    unwanted: 'unwanted',
    misleading: 'misleading',
    failed: 'failed',
    locked: 'locked',
    unseen: undefined,
    unknown: undefined,
    empty: undefined,
    clean: undefined,
    trusted: undefined,
  };
  for (const word of wordSchema.options) assert.equal(outcomeOf(word), rows[word], word);
});

test('each outcome is marked and answered by its own policy, files without findings by theirs', () => {
  const settings: GuildSettings = {
    ...defaultSettings,
    policies: { ...defaultSettings.policies, malicious: [], suspicious: ['reply'], failed: ['mark'] },
  };
  const rows: [Word, GuildSettings['noise'], boolean, boolean][] = [
    ['malicious', 'verbose', false, false],
    ['blocked', 'quiet', false, false],
    ['suspicious', 'silent', false, true],
    ['failed', 'silent', true, false],
    ['clean', 'quiet', true, false],
    ['clean', 'verbose', true, true],
    ['clean', 'unmarked', false, true],
    ['clean', 'silent', false, false],
  ];
  for (const [word, noise, mark, reply] of rows) {
    const chosen = { ...settings, noise };
    assert.deepEqual([wantsMark(chosen, word), wantsReply(chosen, word)], [mark, reply], `${word}, ${noise}`);
  }
});

test('a suspicious file of a young account counts as malicious, and nothing else changes', () => {
  const idAt = (timestamp: number) => SnowflakeUtil.generate({ timestamp }).toString();
  const rows: [GuildSettings['newAccountDays'], number, boolean][] = [
    [0, 0, false],
    [1, day - 1, true],
    [1, day + 1, false],
    [7, 6 * day, true],
    [7, 8 * day, false],
    [30, 29 * day, true],
    [30, 31 * day, false],
  ];
  for (const [newAccountDays, ago, isStrict] of rows) {
    const settings = { ...defaultSettings, newAccountDays };
    for (const outcome of policyCaseSchema.options) {
      const expected = isStrict && outcome === 'suspicious' ? 'malicious' : outcome;
      const message = { id: idAt(now), author: { id: idAt(now - ago), kind: 'member' as const } };
      assert.equal(policyCaseOf(outcome, message, settings), expected, `${newAccountDays} ${ago} ${outcome}`);
    }
  }
});

test('a step is taken if some outcome leads to it', () => {
  assert.ok(takes(defaultSettings, 'alert'));
  assert.ok(!takes(defaultSettings, 'ban'));
});
