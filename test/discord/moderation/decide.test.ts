import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { badVerdictOf, stepsFor, timeOutEnd } from '../../../src/discord/moderation/decide.ts';
import { defaultPolicies, type PolicyStep } from '../../../src/discord/settings/policies.ts';
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
  const hour = { kind: 'timeOut', until: now + 60 * minute };
  const deletion = { kind: 'delete' };
  const letter = { kind: 'tellAuthor' };
  const rows: { policy: PolicyStep[]; tellAuthor: boolean; steps: object[] | undefined }[] = [
    { policy: [], tellAuthor: true, steps: undefined },
    { policy: ['mark', 'reply'], tellAuthor: true, steps: undefined },
    { policy: ['alert'], tellAuthor: true, steps: [] },
    { policy: ['mark', 'alert'], tellAuthor: false, steps: [] },
    { policy: ['alert', 'delete'], tellAuthor: true, steps: [deletion, letter] },
    { policy: ['delete'], tellAuthor: false, steps: [deletion] },
    { policy: ['timeOut', 'delete', 'alert'], tellAuthor: true, steps: [deletion, hour, letter] },
    { policy: ['alert', 'delete', 'timeOut'], tellAuthor: false, steps: [deletion, hour] },
    { policy: ['alert', 'timeOut'], tellAuthor: true, steps: [hour, letter] },
    {
      policy: ['ban', 'kick', 'quarantine'],
      tellAuthor: true,
      steps: [{ kind: 'quarantine' }, letter, { kind: 'kick' }, { kind: 'ban' }],
    },
  ];
  for (const { policy, tellAuthor, steps } of rows) {
    const told = tellAuthor ? 'the author is told' : 'the author is not told';
    for (const verdict of ['suspicious', 'malicious'] as const) {
      test(`${verdict}, ${policy.join(' and ') || 'nothing'}, ${told}`, () => {
        // The other outcomes have another policy: each has its own.
        const others: PolicyStep[] = policy.includes('delete') ? [] : ['alert', 'delete', 'timeOut'];
        const policies = { ...defaultPolicies, suspicious: others, malicious: others, [verdict]: policy };
        assert.deepEqual(stepsFor(verdict, { ...defaultSettings, tellAuthor, policies }, now), steps);
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
      const policies = { ...defaultPolicies, malicious: ['delete', 'timeOut'] satisfies PolicyStep[] };
      const settings: GuildSettings = { ...defaultSettings, policies, timeOut };
      assert.equal(stepsFor('malicious', settings, now)?.[1]?.until, now + rows[timeOut]);
    });
  }

  test('never longer than Discord allows', () => assert.equal(timeOutEnd(1e12, now), now + rows.fourWeeks));
});
