import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { badVerdictOf, stepsFor, timeOutEnd } from '../../../src/discord/moderation/decide.ts';
import { defaultSettings, type GuildSettings, settingsSchema } from '../../../src/discord/settings/settings.ts';
import { type Word, wordSchema } from '../../../src/verdict/word.ts';

const now = 1_000_000;
const minute = 60_000;

describe('which scans moderators hear of', () => {
  const rows: Record<Word, ReturnType<typeof badVerdictOf>> = {
    malicious: 'malicious',
    blocked: 'malicious',
    suspicious: 'suspicious',
    unwanted: 'suspicious',
    misleading: 'suspicious',
    clean: undefined,
    unknown: undefined,
    unseen: undefined,
    locked: undefined,
    empty: undefined,
    trusted: undefined,
    failed: undefined,
  };
  for (const word of wordSchema.options)
    test(`${word}: ${rows[word] ?? 'no alert'}`, () => assert.equal(badVerdictOf(word), rows[word]));
});

describe('what follows an alert', () => {
  type Action = GuildSettings['actions']['malicious'];
  const hour = { kind: 'timeOut', until: now + 60 * minute };
  const deletion = { kind: 'delete' };
  const letter = { kind: 'tellAuthor' };
  const rows: { action: Action; tellAuthor: boolean; steps: object[] | undefined }[] = [
    { action: 'none', tellAuthor: true, steps: undefined },
    { action: 'none', tellAuthor: false, steps: undefined },
    { action: 'alert', tellAuthor: true, steps: [] },
    { action: 'alert', tellAuthor: false, steps: [] },
    { action: 'delete', tellAuthor: true, steps: [deletion, letter] },
    { action: 'delete', tellAuthor: false, steps: [deletion] },
    { action: 'deleteAndTimeOut', tellAuthor: true, steps: [deletion, hour, letter] },
    { action: 'deleteAndTimeOut', tellAuthor: false, steps: [deletion, hour] },
  ];
  for (const { action, tellAuthor, steps } of rows) {
    const told = tellAuthor ? 'the author is told' : 'the author is not told';
    for (const verdict of ['suspicious', 'malicious'] as const) {
      test(`${verdict}, ${action}, ${told}`, () => {
        // The other verdict has another action: each has its own.
        const others = action === 'none' ? 'deleteAndTimeOut' : 'none';
        const actions = { suspicious: others, malicious: others, [verdict]: action } as const;
        assert.deepEqual(stepsFor(verdict, { ...defaultSettings, tellAuthor, actions }, now), steps);
      });
    }
  }
});

describe('how long a time-out lasts', () => {
  const rows: Record<GuildSettings['timeOut'], number> = {
    tenMinutes: 10 * minute,
    hour: 60 * minute,
    day: 24 * 60 * minute,
    // Discord refuses more than 28 days, and its clock may be behind ours.
    fourWeeks: 28 * 24 * 60 * minute - minute,
  };
  for (const timeOut of settingsSchema.shape.timeOut.options) {
    test(timeOut, () => {
      const actions = { suspicious: 'none', malicious: 'deleteAndTimeOut' } as const;
      const settings: GuildSettings = { ...defaultSettings, actions, timeOut };
      assert.equal(stepsFor('malicious', settings, now)?.[1]?.until, now + rows[timeOut]);
    });
  }

  test('never longer than Discord allows', () => assert.equal(timeOutEnd(1e12, now), now + rows.fourWeeks));
});
