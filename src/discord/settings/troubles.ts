import { PermissionFlagsBits } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import type { GuildSettings } from './settings.ts';
import type { Standing } from './standing.ts';

/** Those that some setting needs. */
type PermissionName = keyof Locale['config']['permissions'] & keyof typeof PermissionFlagsBits;

/** Why something that is switched on does not work. */
export type Trouble =
  | { kind: 'messageContent' }
  | { kind: 'nothingPicked' }
  | { kind: 'noAlertChannel' }
  | { kind: 'channelGone'; channels: string[] }
  | { kind: 'roleGone' }
  /** Without channels: in the whole server. */
  | { kind: 'permission'; permission: PermissionName; channels: string[] };

/** What a moderator must know of these settings. `messageContent`: whether the bot has that intent. */
export function troublesOf(
  settings: GuildSettings,
  standing: Standing | undefined,
  messageContent: boolean,
): Trouble[] {
  const { watch, watchedChannels, alertChannel, actions } = settings;
  const alerts = watch !== 'none' && (actions.suspicious !== 'none' || actions.malicious !== 'none');
  return [
    ...(messageContent ? [] : [{ kind: 'messageContent' } as const]),
    ...(watch === 'some' && watchedChannels.length === 0 ? [{ kind: 'nothingPicked' } as const] : []),
    ...(alerts && !alertChannel ? [{ kind: 'noAlertChannel' } as const] : []),
    ...(standing ? gone(settings, standing) : []),
    ...(standing ? lacking(settings, standing) : []),
  ];
}

function gone({ watch, watchedChannels, alertChannel, pingRole }: GuildSettings, standing: Standing): Trouble[] {
  const used = new Set([...(watch === 'some' ? watchedChannels : []), ...(alertChannel ? [alertChannel] : [])]);
  const channels = [...used].filter((id) => !standing.channels.has(id));
  return [
    ...(channels.length > 0 ? [{ kind: 'channelGone', channels } as const] : []),
    ...(pingRole && !standing.roles.has(pingRole) ? [{ kind: 'roleGone' } as const] : []),
  ];
}

function lacking(settings: GuildSettings, standing: Standing): Trouble[] {
  const channelsOf = new Map<PermissionName, Set<string>>();
  for (const { channel, needed } of needs(settings, standing)) {
    const place = standing.channels.get(channel);
    if (!place) continue;
    for (const permission of needed) {
      if (has(place.permissions, permission)) continue;
      channelsOf.set(permission, (channelsOf.get(permission) ?? new Set()).add(channel));
    }
  }
  const inChannels = Array.from(channelsOf, ([permission, channels]) => trouble(permission, [...channels]));
  const inServer = timesOut(settings) && !has(standing.permissions, 'ModerateMembers');
  return inServer ? [...inChannels, trouble('ModerateMembers', [])] : inChannels;
}

const trouble = (permission: PermissionName, channels: string[]): Trouble => ({
  kind: 'permission',
  permission,
  channels,
});

/** Which permissions which channels need for what is switched on. */
function needs(settings: GuildSettings, standing: Standing): { channel: string; needed: PermissionName[] }[] {
  const { alertChannel, pingRole } = settings;
  const watched = watchedIn(settings, standing).map((channel) => ({
    channel,
    needed: neededToWatch(settings, standing.channels.get(channel)?.threadsOnly ?? false),
  }));
  if (!alertChannel) return watched;
  const pings = pingRole !== undefined && standing.roles.get(pingRole) === false;
  const alerting: PermissionName[] = ['ViewChannel', 'SendMessages', 'EmbedLinks', 'ReadMessageHistory'];
  return [...watched, { channel: alertChannel, needed: pings ? [...alerting, 'MentionEveryone'] : alerting }];
}

function watchedIn({ watch, watchedChannels, exemptChannels }: GuildSettings, { channels }: Standing): string[] {
  const all = watch === 'none' ? [] : watch === 'all' ? [...channels.keys()] : watchedChannels;
  return all.filter((id) => !exemptChannels.includes(id));
}

function neededToWatch(settings: GuildSettings, threadsOnly: boolean): PermissionName[] {
  const { noise, reactions, upload } = settings;
  const shows = noise !== 'silent';
  const reacts = shows && (reactions.scanning || reactions.outcome);
  const replies: PermissionName[] = [
    ...(threadsOnly ? [] : ['SendMessages' as const]),
    'SendMessagesInThreads',
    'EmbedLinks',
  ];
  return [
    'ViewChannel',
    'ReadMessageHistory',
    ...(reacts ? ['AddReactions' as const] : []),
    ...(shows || upload === 'ask' ? replies : []),
    ...(deletes(settings) ? ['ManageMessages' as const] : []),
  ];
}

const deletes = ({ actions }: GuildSettings) =>
  [actions.suspicious, actions.malicious].some((action) => action === 'delete' || action === 'deleteAndTimeOut');

const timesOut = ({ watch, actions }: GuildSettings) =>
  watch !== 'none' && [actions.suspicious, actions.malicious].includes('deleteAndTimeOut');

const has = (permissions: bigint, name: PermissionName) => (permissions & PermissionFlagsBits[name]) !== 0n;
