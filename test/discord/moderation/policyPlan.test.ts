import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SnowflakeUtil } from 'discord.js';
import { planFor, timeOutEnd } from '../../../src/discord/moderation/policyPlan.ts';
import { type Policies, type PolicyStep, policyCaseSchema } from '../../../src/discord/settings/policies.ts';
import { defaultSettings, type GuildSettings, settingsSchema } from '../../../src/discord/settings/settings.ts';
import type { Watched } from '../../../src/discord/watching/record.ts';

const now = 1_000_000;
const minute = 60_000;

/** The same policy for every outcome. */
const everywhere = (policy: PolicyStep[]): Policies => ({
  malicious: policy,
  suspicious: policy,
  unwanted: policy,
  misleading: policy,
  locked: policy,
  failed: policy,
  hijacked: policy,
});

/** A message of that time by an account that was made then. Discord's ids hold the time, in ms since 2015. */
function post(at = Date.UTC(2026, 0, 1), madeAt = Date.UTC(2020, 0, 1), kind: Watched['author']['kind'] = 'member') {
  const idOf = (ms: number) => SnowflakeUtil.generate({ timestamp: ms }).toString();
  return { id: idOf(at), author: { id: idOf(madeAt), name: 'somebody', kind } };
}

describe('what the server wants done about a file', () => {
  const hour = { kind: 'timeOut', until: now + 60 * minute };
  const deletion = { kind: 'delete' };
  const letter = { kind: 'tellAuthor' };
  const rows: { policy: PolicyStep[]; tellAuthor: boolean; plan: object | undefined }[] = [
    { policy: [], tellAuthor: true, plan: undefined },
    { policy: ['mark', 'reply'], tellAuthor: true, plan: undefined },
    { policy: ['alert'], tellAuthor: true, plan: { alerts: true, steps: [] } },
    { policy: ['mark', 'alert'], tellAuthor: false, plan: { alerts: true, steps: [] } },
    { policy: ['alert', 'delete'], tellAuthor: true, plan: { alerts: true, steps: [deletion, letter] } },
    { policy: ['delete'], tellAuthor: false, plan: { alerts: false, steps: [deletion] } },
    {
      policy: ['timeOut', 'delete', 'alert'],
      tellAuthor: true,
      plan: { alerts: true, steps: [deletion, hour, letter] },
    },
    {
      policy: ['delete', 'ban'],
      tellAuthor: true,
      plan: { alerts: false, steps: [deletion, letter, { kind: 'ban' }] },
    },
    { policy: ['timeOut'], tellAuthor: true, plan: { alerts: false, steps: [hour, letter] } },
    {
      policy: ['ban', 'kick', 'quarantine'],
      tellAuthor: true,
      plan: { alerts: false, steps: [{ kind: 'quarantine' }, letter, { kind: 'kick' }, { kind: 'ban' }] },
    },
  ];
  for (const outcome of policyCaseSchema.options) {
    for (const { policy, tellAuthor, plan } of rows) {
      const told = tellAuthor ? 'the author is told' : 'the author is not told';
      test(`${outcome}: ${policy.join(' and ') || 'nothing'}, ${told}`, () => {
        // The other outcomes have another policy: each has its own.
        const other: PolicyStep[] = policy.includes('delete') ? [] : ['alert', 'delete', 'timeOut'];
        const policies = { ...everywhere(other), [outcome]: policy };
        assert.deepEqual(planFor(outcome, post(), { ...defaultSettings, tellAuthor, policies }, now), plan);
      });
    }
  }
});

describe('a suspicious file of a young account falls under the policy for malicious ones', () => {
  const day = 24 * 60 * minute;
  const policies = { ...everywhere([]), malicious: ['delete'] satisfies PolicyStep[] };
  const settings: GuildSettings = { ...defaultSettings, policies, tellAuthor: false, newAccountDays: 7 };
  const rows: [string, number, Watched['author']['kind'], boolean][] = [
    ['six days old', 6 * day, 'member', true],
    ['eight days old', 8 * day, 'member', false],
    ['of a webhook, which is no account', day, 'webhook', false],
    ['of a young bot', day, 'bot', true],
  ];
  for (const [what, age, kind, isStrict] of rows) {
    test(`${what}: ${isStrict ? 'yes' : 'no'}`, () => {
      const at = Date.UTC(2026, 0, 30);
      // Whenever the scan ends: the age counts at which it was posted.
      const plan = planFor('suspicious', post(at, at - age, kind), settings, at + 30 * day);
      assert.deepEqual(plan, isStrict ? { alerts: false, steps: [{ kind: 'delete' }] } : undefined);
    });
  }
  test('and no other outcome does', () => {
    for (const outcome of policyCaseSchema.options.filter((one) => one !== 'malicious' && one !== 'suspicious'))
      assert.equal(planFor(outcome, post(), settings, now), undefined, outcome);
  });
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
      const policies = everywhere(['delete', 'timeOut']);
      const settings: GuildSettings = { ...defaultSettings, policies, timeOut };
      assert.equal(planFor('malicious', post(), settings, now)?.steps[1]?.until, now + rows[timeOut]);
    });
  }

  test('never longer than Discord allows', () => assert.equal(timeOutEnd(1e12, now), now + rows.fourWeeks));
});
