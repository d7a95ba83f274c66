import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { repliesToAll, wantsMark, wantsReply } from '../../../src/discord/settings/consequences.ts';
import { defaultPolicies, type PolicyStep } from '../../../src/discord/settings/policies.ts';
import { defaultSettings, readSettings, uploadOf } from '../../../src/discord/settings/settings.ts';

/** Settings as the version before policies stored them: always whole. */
const old = {
  watch: 'all',
  watchedChannels: [],
  exemptRoles: [],
  exemptChannels: [],
  exemptBots: false,
  exemptWebhooks: false,
  scope: 'risky',
  links: false,
  noise: 'quiet',
  reactions: { scanning: true, outcome: true },
  upload: 'auto',
  thresholds: { warn: 1, act: 3 },
  actions: { suspicious: 'alert', malicious: 'alert' },
  timeOut: 'hour',
  privateByDefault: false,
  tellAuthor: true,
  trust: [],
  block: [],
};
const policiesOf = (stored: object) => readSettings({ ...old, ...stored }).settings.policies;

describe('settings of the version before policies', () => {
  test('at their defaults are the defaults of today', () => {
    const read = readSettings({ ...old, watch: 'none' });
    assert.deepEqual(read, { settings: defaultSettings, damaged: [] });
  });

  const ladder: [string, PolicyStep[]][] = [
    ['none', ['mark', 'reply']],
    ['alert', ['mark', 'reply', 'alert']],
    ['delete', ['mark', 'reply', 'alert', 'delete']],
    ['deleteAndTimeOut', ['mark', 'reply', 'alert', 'delete', 'timeOut']],
  ];
  for (const [action, steps] of ladder) {
    test(`${action}: ${steps.join(', ')}`, () => {
      const policies = policiesOf({ actions: { suspicious: 'none', malicious: action } });
      assert.deepEqual(policies.malicious, steps);
      assert.deepEqual(policies.suspicious, ['mark', 'reply']);
      assert.deepEqual(policiesOf({ actions: { suspicious: action, malicious: 'none' } }).suspicious, steps);
    });
  }

  test('in which nobody was alerted alert nobody about what they did not know either', () => {
    const policies = policiesOf({ actions: { suspicious: 'none', malicious: 'none' } });
    assert.ok(Object.values(policies).every((steps) => !steps.includes('alert')));
  });

  test('mark, reply and wait as they did, whatever was set', () => {
    const noises = fc.constantFrom('quiet' as const, 'verbose' as const, 'silent' as const);
    fc.assert(
      fc.property(noises, fc.boolean(), fc.boolean(), (noise, scanning, outcome) => {
        const { settings, damaged } = readSettings({ ...old, noise, reactions: { scanning, outcome } });
        assert.deepEqual(damaged, []);
        assert.equal(settings.markScanning, noise !== 'silent' && scanning);
        assert.equal(repliesToAll(settings), noise === 'verbose');
        for (const result of ['malicious', 'suspicious', 'blocked', 'clean', 'unknown', 'failed'] as const)
          assert.equal(wantsMark(settings, result), noise !== 'silent' && outcome, `${result} marked`);
        for (const result of ['malicious', 'suspicious', 'blocked'] as const)
          assert.equal(wantsReply(settings, result), noise !== 'silent', `${result} answered`);
        assert.equal(wantsReply(settings, 'clean'), noise === 'verbose');
      }),
    );
  });

  test('keep all other fields, and the way in which a watching server uploads', () => {
    const block = [{ sha256: 'a'.repeat(64), name: 'a', by: '1'.repeat(18), at: 1 }];
    const { settings } = readSettings({ ...old, timeOut: 'day', alertChannel: '2'.repeat(18), block });
    assert.deepEqual([settings.timeOut, settings.alertChannel, settings.block], ['day', '2'.repeat(18), block]);
    assert.equal(uploadOf(settings), 'auto');
    assert.equal(uploadOf(readSettings({ ...old, watch: 'none', upload: 'hash-only' }).settings), 'hash-only');
  });

  test('that are damaged fall back one by one, and are named', () => {
    const read = readSettings({ ...old, actions: { suspicious: 'explode', malicious: 'delete' }, reactions: 7 });
    assert.deepEqual(read.damaged, ['reactions', 'actions.suspicious']);
    assert.deepEqual(read.settings.policies, { ...defaultPolicies, malicious: ['mark', 'reply', 'alert', 'delete'] });
  });

  test('count no more once there are policies', () => {
    const policies = { ...defaultPolicies, malicious: ['mark' as const] };
    assert.deepEqual(readSettings({ ...old, policies }).settings.policies, policies);
    assert.deepEqual(readSettings({ ...old, policies }).damaged, []);
  });
});

test('a server that begins to watch asks before it uploads, unless it has decided', () => {
  assert.equal(uploadOf(defaultSettings), 'auto');
  assert.equal(uploadOf({ ...defaultSettings, watch: 'all' }), 'ask');
  assert.equal(uploadOf(readSettings({ ...old, watch: 'none', upload: 'auto' }).settings), 'auto');
  const begins = { ...readSettings({ ...old, watch: 'none', upload: 'auto' }).settings, watch: 'some' as const };
  assert.equal(uploadOf(begins), 'ask');
  for (const upload of ['auto', 'ask', 'hash-only'] as const)
    assert.equal(uploadOf({ ...defaultSettings, watch: 'all', upload }), upload);
});
