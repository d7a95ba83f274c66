import { hasPermission, type PermissionName } from '../permissions.ts';
import { repliesToAll, takes } from './consequences.ts';
import type { PolicyStep } from './policies.ts';
import { type GuildSettings, uploadOf } from './settings.ts';
import type { Standing } from './standing.ts';

/** Why something that is switched on does not work, or does not work as expected. */
export type Trouble =
  | { kind: 'messageContent' }
  | { kind: 'nothingPicked' }
  /** Watched files need a key of the server. */
  | { kind: 'needsKey' }
  | { kind: 'keyUnreadable' }
  | { kind: 'noAlertChannel' }
  | { kind: 'channelGone'; channels: string[] }
  | { kind: 'roleGone' }
  | { kind: 'noQuarantineRole' }
  | { kind: 'quarantineRoleAbove' }
  /** Everybody can read the alerts. */
  | { kind: 'publicAlerts'; channels: string[] }
  /** Without channels: the permission is missing in the whole server. */
  | { kind: 'permission'; permission: PermissionName; channels: string[] };

/** Returns the troubles with a server's settings. `messageContent`: whether the bot has that intent. */
export function troublesOf(
  settings: GuildSettings,
  standing: Standing | undefined,
  messageContent: boolean,
): Trouble[] {
  const { watch, watchedChannels, alertChannel, digest } = settings;
  const tellsModerators = takesWatched(settings, 'alert') || digest !== 'off';
  return [
    ...(messageContent ? [] : [{ kind: 'messageContent' } as const]),
    ...(watch === 'some' && watchedChannels.length === 0 ? [{ kind: 'nothingPicked' } as const] : []),
    ...(tellsModerators && !alertChannel ? [{ kind: 'noAlertChannel' } as const] : []),
    ...(standing ? gone(settings, standing) : []),
    ...(standing ? publicAlerts(settings, standing) : []),
    ...(standing ? quarantine(settings, standing) : []),
    ...(standing ? lacking(settings, standing) : []),
  ];
}

function publicAlerts({ alertChannel }: GuildSettings, { channels }: Standing): Trouble[] {
  return alertChannel && channels.get(alertChannel)?.isPublic
    ? [{ kind: 'publicAlerts', channels: [alertChannel] }]
    : [];
}

function quarantine(settings: GuildSettings, { roles }: Standing): Trouble[] {
  const { quarantineRole } = settings;
  if (!quarantineRole) return takesWatched(settings, 'quarantine') ? [{ kind: 'noQuarantineRole' }] : [];
  return roles.get(quarantineRole)?.givable === false ? [{ kind: 'quarantineRoleAbove' }] : [];
}

function gone(settings: GuildSettings, standing: Standing): Trouble[] {
  const { watch, watchedChannels, alertChannel, pingRole, moderatorRole, quarantineRole } = settings;
  const used = new Set([...(watch === 'some' ? watchedChannels : []), ...(alertChannel ? [alertChannel] : [])]);
  const channels = [...used].filter((id) => !standing.channels.has(id));
  const roles = [pingRole, moderatorRole, quarantineRole].filter((id) => id !== undefined);
  return [
    ...(channels.length > 0 ? [{ kind: 'channelGone', channels } as const] : []),
    ...(roles.some((id) => !standing.roles.has(id)) ? [{ kind: 'roleGone' } as const] : []),
  ];
}

function lacking(settings: GuildSettings, standing: Standing): Trouble[] {
  const channelsOf = new Map<PermissionName, Set<string>>();
  for (const { channel, needed } of needs(settings, standing)) {
    const place = standing.channels.get(channel);
    if (!place) continue;
    for (const permission of needed) {
      if (hasPermission(place.permissions, permission)) continue;
      channelsOf.set(permission, (channelsOf.get(permission) ?? new Set()).add(channel));
    }
  }
  const inChannels = Array.from(channelsOf, ([permission, channels]) => trouble(permission, [...channels]));
  const inServer = serverWide.filter(
    ([step, permission]) => takesWatched(settings, step) && !hasPermission(standing.permissions, permission),
  );
  return [...inChannels, ...inServer.map(([, permission]) => trouble(permission, []))];
}

/** The permissions that acts upon members need in the whole server. */
const serverWide: [PolicyStep, PermissionName][] = [
  ['timeOut', 'ModerateMembers'],
  ['quarantine', 'ManageRoles'],
  ['kick', 'KickMembers'],
  ['ban', 'BanMembers'],
];

const trouble = (permission: PermissionName, channels: string[]): Trouble => ({
  kind: 'permission',
  permission,
  channels,
});

/** Returns the permissions that what is switched on needs in each channel. */
function needs(settings: GuildSettings, standing: Standing): { channel: string; needed: PermissionName[] }[] {
  const { alertChannel, pingRole } = settings;
  const watched = watchedIn(settings, standing).map((channel) => ({
    channel,
    needed: neededToWatch(settings, standing.channels.get(channel)?.threadsOnly ?? false),
  }));
  if (!alertChannel) return watched;
  const pings = pingRole !== undefined && standing.roles.get(pingRole)?.mentionable === false;
  const alerting: PermissionName[] = ['ViewChannel', 'SendMessages', 'EmbedLinks', 'ReadMessageHistory'];
  return [...watched, { channel: alertChannel, needed: pings ? [...alerting, 'MentionEveryone'] : alerting }];
}

function watchedIn({ watch, watchedChannels, exemptChannels }: GuildSettings, { channels }: Standing): string[] {
  const all = watch === 'none' ? [] : watch === 'all' ? [...channels.keys()] : watchedChannels;
  return all.filter((id) => !exemptChannels.includes(id));
}

function neededToWatch(settings: GuildSettings, threadsOnly: boolean): PermissionName[] {
  const { noise, markScanning } = settings;
  const marks = markScanning || takes(settings, 'mark') || noise === 'quiet' || noise === 'verbose';
  const answers = takes(settings, 'reply') || repliesToAll(settings) || uploadOf(settings) === 'ask';
  const replies: PermissionName[] = [
    ...(threadsOnly ? [] : ['SendMessages' as const]),
    'SendMessagesInThreads',
    'EmbedLinks',
  ];
  return [
    'ViewChannel',
    'ReadMessageHistory',
    ...(marks ? ['AddReactions' as const] : []),
    ...(answers ? replies : []),
    ...(takes(settings, 'delete') ? ['ManageMessages' as const] : []),
  ];
}

const takesWatched = (settings: GuildSettings, step: PolicyStep) => settings.watch !== 'none' && takes(settings, step);
