import { ChannelType, type Guild, PermissionFlagsBits, PermissionsBitField } from 'discord.js';

/** The types of channels in which a message can be posted. */
export const writingTypes = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildVoice,
  ChannelType.GuildStageVoice,
] as const;

/** The types of channels in which everything is posted in threads. */
const threadsOnlyTypes = [ChannelType.GuildForum, ChannelType.GuildMedia] as const;

/**
 * The types of channels that the picker offers. Discord's OpenAPI document has no picker for media channels, so they are
 * watched only with all channels.
 */
export const pickedTypes = [...writingTypes, ChannelType.GuildForum] as const;

interface ChannelStanding {
  /** The bot's permissions there. */
  permissions: bigint;
  /** Whether everything is posted in threads, as in forums. */
  threadsOnly: boolean;
  /** Whether every member of the server can see it. */
  isPublic: boolean;
}

interface RoleStanding {
  /** Whether anybody may mention it. */
  mentionable: boolean;
  /** Whether the bot may give it: the role is below the bot's own highest one. */
  givable: boolean;
}

/** The bot's permissions in a server, its channels and its roles. */
export interface Standing {
  permissions: bigint;
  /** The channels in which people can post, by id. */
  channels: ReadonlyMap<string, ChannelStanding>;
  /** The server's roles, by id. */
  roles: ReadonlyMap<string, RoleStanding>;
}

export function standingOf({ members, channels, roles }: Guild): Standing | undefined {
  const { me } = members;
  if (!me) return undefined;
  const all = Array.from(channels.cache.values()).flatMap((channel) => {
    const threadsOnly = threadsOnlyTypes.some((type) => type === channel.type);
    if (!threadsOnly && !writingTypes.some((type) => type === channel.type)) return [];
    const permissions = channel.permissionsFor(me).bitfield;
    const isPublic = channel.permissionsFor(roles.everyone).has(PermissionFlagsBits.ViewChannel);
    return [[channel.id, { permissions, threadsOnly, isPublic }] as const];
  });
  const isAdmin = me.permissions.has(PermissionFlagsBits.Administrator);
  return {
    permissions: isAdmin ? PermissionsBitField.All : me.permissions.bitfield,
    channels: new Map(all),
    roles: new Map(
      roles.cache.map((role) => [
        role.id,
        { mentionable: role.mentionable, givable: !role.managed && me.roles.highest.comparePositionTo(role) > 0 },
      ]),
    ),
  };
}
