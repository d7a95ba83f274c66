import { ChannelType, type Guild, PermissionFlagsBits, PermissionsBitField } from 'discord.js';

/** Where one message can be sent. */
export const writingTypes = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildVoice,
  ChannelType.GuildStageVoice,
] as const;

/** Where everything is posted in threads. */
const threadsOnlyTypes = [ChannelType.GuildForum, ChannelType.GuildMedia] as const;

/** Where people can post files. Discord's OpenAPI document knows no picker for media channels: they are watched with all. */
export const pickedTypes = [...writingTypes, ChannelType.GuildForum] as const;

interface ChannelStanding {
  /** What the bot may do there. */
  permissions: bigint;
  /** Forums: everything is posted in threads. */
  threadsOnly: boolean;
}

/** What the bot may do in a server. */
export interface Standing {
  permissions: bigint;
  /** Those in which people can post, by id. */
  channels: ReadonlyMap<string, ChannelStanding>;
  /** The server's roles, and whether anybody may mention them. */
  roles: ReadonlyMap<string, boolean>;
}

export function standingOf({ members, channels, roles }: Guild): Standing | undefined {
  const { me } = members;
  if (!me) return undefined;
  const all = Array.from(channels.cache.values()).flatMap((channel) => {
    const threadsOnly = threadsOnlyTypes.some((type) => type === channel.type);
    if (!threadsOnly && !writingTypes.some((type) => type === channel.type)) return [];
    return [[channel.id, { permissions: channel.permissionsFor(me).bitfield, threadsOnly }] as const];
  });
  const isAdmin = me.permissions.has(PermissionFlagsBits.Administrator);
  return {
    permissions: isAdmin ? PermissionsBitField.All : me.permissions.bitfield,
    channels: new Map(all),
    roles: new Map(roles.cache.map(({ id, mentionable }) => [id, mentionable])),
  };
}
