import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PermissionFlagsBits as Bits } from 'discord.js';
import type { PermissionName } from '../../../src/discord/permissions.ts';
import { defaultPolicies, type Policies, type PolicyStep } from '../../../src/discord/settings/policies.ts';
import { defaultSettings, type GuildSettings } from '../../../src/discord/settings/settings.ts';
import type { Standing } from '../../../src/discord/settings/standing.ts';
import { troublesOf } from '../../../src/discord/settings/troubles.ts';

const files = '1'.repeat(18);
const forum = '2'.repeat(18);
const alerts = '3'.repeat(18);
const role = '4'.repeat(18);

const enough =
  Bits.ViewChannel |
  Bits.ReadMessageHistory |
  Bits.AddReactions |
  Bits.SendMessages |
  Bits.SendMessagesInThreads |
  Bits.EmbedLinks;

function standing(rights: Partial<Record<'files' | 'forum' | 'alerts' | 'server', bigint>> = {}): Standing {
  return {
    permissions: rights.server ?? enough,
    channels: new Map([
      [files, { permissions: rights.files ?? enough, threadsOnly: false, isPublic: true }],
      [forum, { permissions: rights.forum ?? enough & ~Bits.SendMessages, threadsOnly: true, isPublic: true }],
      [alerts, { permissions: rights.alerts ?? enough, threadsOnly: false, isPublic: false }],
    ]),
    roles: new Map([[role, { mentionable: false, givable: true }]]),
  };
}

const all = (steps: PolicyStep[]): Policies => ({
  malicious: steps,
  suspicious: steps,
  unwanted: steps,
  misleading: steps,
  locked: steps,
  failed: steps,
  hijacked: steps,
});
const nothing = all([]);
const onlyReplies = all(['reply']);
const watching: GuildSettings = { ...defaultSettings, watch: 'all', alertChannel: alerts };

test('a bot that watches nothing needs nothing', () => {
  assert.deepEqual(troublesOf(defaultSettings, standing({ files: 0n, alerts: 0n, server: 0n }), true), []);
});

test('what the usual invitation gives is enough to watch, forums included', () => {
  assert.deepEqual(troublesOf(watching, standing(), true), []);
});

test('without the message content intent nothing can be watched', () => {
  assert.deepEqual(troublesOf(defaultSettings, standing(), false), [{ kind: 'messageContent' }]);
});

test('deleting and timing out need permissions of their own', () => {
  const acting: GuildSettings = { ...watching, policies: { ...defaultPolicies, malicious: ['delete', 'timeOut'] } };
  assert.deepEqual(troublesOf(acting, standing({ files: enough | Bits.ManageMessages }), true), [
    { kind: 'permission', permission: 'ManageMessages', channels: [forum, alerts] },
    { kind: 'permission', permission: 'ModerateMembers', channels: [] },
  ]);
  const elsewhere = { ...acting, exemptChannels: [forum, alerts] };
  const able = standing({ files: enough | Bits.ManageMessages, server: enough | Bits.ModerateMembers });
  assert.deepEqual(troublesOf(elsewhere, able, true), []);
});

test('reactions and replies are asked for only where they are switched on', () => {
  const mute = enough & ~Bits.AddReactions & ~Bits.SendMessages & ~Bits.SendMessagesInThreads & ~Bits.EmbedLinks;
  const some: GuildSettings = { ...watching, watch: 'some', watchedChannels: [files] };
  const missing = (settings: GuildSettings) =>
    troublesOf(settings, standing({ files: mute }), true).map(
      (trouble) => 'permission' in trouble && trouble.permission,
    );
  assert.deepEqual(missing(some), ['AddReactions', 'SendMessages', 'SendMessagesInThreads', 'EmbedLinks']);
  assert.deepEqual(missing({ ...some, policies: onlyReplies, noise: 'silent', markScanning: false }), [
    'SendMessages',
    'SendMessagesInThreads',
    'EmbedLinks',
  ]);
  const silent: GuildSettings = { ...some, policies: nothing, noise: 'silent', markScanning: false, upload: 'auto' };
  assert.deepEqual(missing(silent), []);
  assert.deepEqual(missing({ ...silent, noise: 'unmarked' }), ['SendMessages', 'SendMessagesInThreads', 'EmbedLinks']);
  assert.deepEqual(missing({ ...silent, noise: 'quiet' }), ['AddReactions']);
  assert.deepEqual(missing({ ...silent, upload: 'ask' }), ['SendMessages', 'SendMessagesInThreads', 'EmbedLinks']);
});

test('a channel or role that is gone is named', () => {
  const gone = '9'.repeat(18);
  const settings: GuildSettings = {
    ...watching,
    watch: 'some',
    watchedChannels: [files, gone],
    alertChannel: gone,
    pingRole: gone,
  };
  assert.deepEqual(troublesOf(settings, standing(), true), [
    { kind: 'channelGone', channels: [gone] },
    { kind: 'roleGone' },
  ]);
});

test('watching without a picked channel or without an alert channel is pointed out', () => {
  assert.deepEqual(troublesOf({ ...defaultSettings, watch: 'some' }, standing(), true), [
    { kind: 'nothingPicked' },
    { kind: 'noAlertChannel' },
  ]);
  assert.deepEqual(troublesOf({ ...defaultSettings, watch: 'all', policies: onlyReplies }, standing(), true), []);
  const unheard: GuildSettings = { ...watching, alertChannel: undefined, policies: all(['delete']) };
  const able = standing({
    files: Bits.ManageMessages | enough,
    forum: Bits.ManageMessages | enough,
    alerts: Bits.ManageMessages | enough,
  });
  assert.deepEqual(troublesOf(unheard, able, true), [], 'what is done without an alert needs no channel');
});

test('a role that not everybody may mention needs the permission to mention it, where the alerts go', () => {
  const settings = { ...watching, pingRole: role };
  assert.deepEqual(troublesOf(settings, standing(), true), [
    { kind: 'permission', permission: 'MentionEveryone', channels: [alerts] },
  ]);
  const mentionable = { ...standing(), roles: new Map([[role, { mentionable: true, givable: true }]]) };
  assert.deepEqual(troublesOf(settings, mentionable, true), []);
});

test('alerts that everybody can read are pointed out by their channel', () => {
  const settings = { ...watching, alertChannel: files };
  assert.deepEqual(troublesOf(settings, standing(), true), [{ kind: 'publicAlerts', channels: [files] }]);
});

test('what is done to members needs its permission, and quarantine a role that the bot can give', () => {
  const rows: [PolicyStep, PermissionName][] = [
    ['timeOut', 'ModerateMembers'],
    ['kick', 'KickMembers'],
    ['ban', 'BanMembers'],
    ['quarantine', 'ManageRoles'],
  ];
  for (const [step, permission] of rows) {
    const settings = { ...watching, quarantineRole: role, policies: all(['alert', step]) };
    assert.deepEqual(troublesOf(settings, standing(), true), [{ kind: 'permission', permission, channels: [] }]);
    assert.deepEqual(troublesOf(settings, standing({ server: enough | Bits[permission] }), true), []);
    assert.deepEqual(troublesOf({ ...settings, watch: 'none' }, standing(), true), []);
  }
  const able = standing({ server: enough | Bits.ManageRoles });
  const settings = { ...watching, policies: all(['alert', 'quarantine']) };
  assert.deepEqual(troublesOf(settings, able, true), [{ kind: 'noQuarantineRole' }]);
  const above = { ...able, roles: new Map([[role, { mentionable: true, givable: false }]]) };
  assert.deepEqual(troublesOf({ ...settings, quarantineRole: role }, above, true), [{ kind: 'quarantineRoleAbove' }]);
});
