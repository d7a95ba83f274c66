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
  /** Whether every member of the server can see it. */
  isPublic: boolean;
}

interface RoleStanding {
  /** Whether anybody may mention it. */
  mentionable: boolean;
  /** Whether the bot may give it: the role is below the bot's own highest one. */
  givable: boolean;
}

/** What the bot may do in a server. */
export interface Standing {
  permissions: bigint;
  /** Those in which people can post, by id. */
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
