import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSettings } from '../../../src/discord/settings/settings.ts';
import { exemption, isWatched } from '../../../src/discord/watching/watched.ts';
import { worst } from '../../../src/verdict/word.ts';

const place = { channel: '11', parent: undefined };
const thread = { channel: '12', parent: '11' };
const member = { kind: 'member', roles: ['5'] } as const;

test('a thread is watched with its channel, and no other channel is', () => {
  const settings = { ...defaultSettings, watch: 'some' as const, watchedChannels: ['11'] };
  assert.deepEqual(
    [place, thread, { channel: '13', parent: '14' }].map((one) => isWatched(settings, one)),
    [true, true, false],
  );
  assert.equal(isWatched({ ...settings, watch: 'none' }, place), false);
  assert.equal(isWatched({ ...settings, watch: 'all' }, { channel: '13', parent: undefined }), true);
});

test('an exemption says its reason', () => {
  const settings = { ...defaultSettings, exemptBots: true, exemptWebhooks: true };
  assert.equal(exemption({ ...settings, exemptChannels: ['11'] }, thread, member), 'exemptChannel');
  assert.equal(exemption({ ...settings, exemptRoles: ['5'] }, place, member), 'exemptRole');
  assert.equal(exemption(settings, place, { kind: 'bot', roles: [] }), 'exemptBot');
  assert.equal(exemption(settings, place, { kind: 'webhook', roles: [] }), 'exemptWebhook');
  assert.equal(exemption(settings, place, member), undefined);
  assert.equal(exemption(defaultSettings, place, { kind: 'webhook', roles: [] }), undefined);
});

test('of several results the worst counts, and a failure never looks safe', () => {
  assert.equal(worst([]), undefined);
  assert.equal(worst(['clean', 'failed', 'trusted']), 'failed');
  assert.equal(worst(['unknown', 'clean']), 'unknown');
  assert.equal(worst(['failed', 'suspicious']), 'suspicious');
  assert.equal(worst(['blocked', 'malicious']), 'blocked');
});
