import { type Client, DiscordAPIError, type GuildMember, PermissionFlagsBits } from 'discord.js';

/** What decides how a member may be acted upon. */
export interface Standing {
  /** ms since the epoch. */
  joinedAt: number | undefined;
  timedOutUntil: number | undefined;
  /** Whether the bot ranks above the member. */
  manageable: boolean;
  administrator: boolean;
  /** Whether the member may delete other people's messages. */
  moderates: boolean;
  /** Ids. */
  roles: readonly string[];
  /** The position of the highest role. */
  rank: number;
  owner: boolean;
}

export interface People {
  /**
   * Returns a member from Discord or, if `remembered`, from the cache; undefined: not a member. Rejects while the server is not
   * available.
   */
  member(guild: string, user: string, how?: 'remembered'): Promise<Standing | undefined>;
  /** Whether the bot is in a server. */
  isIn(guild: string): boolean;
  /** Whether the bot has a permission in a server. */
  may(guild: string, permission: bigint): boolean;
}

const notThere = new Set<number | string>([10007, 10013, 10004, 50001]);

export function peopleOf(client: () => Client): People {
  return {
    async member(guildId, user, how) {
      const guild = client().guilds.cache.get(guildId);
      if (!guild) throw new Error('the server is not available');
      const found = await guild.members
        .fetch({ user, force: how !== 'remembered', cache: false })
        .catch((error: unknown) => {
          if (error instanceof DiscordAPIError && notThere.has(error.code)) return undefined;
          throw error;
        });
      return found && standingOf(found);
    },
    isIn: (guild) => client().guilds.cache.has(guild),
    may: (guild, permission) => client().guilds.cache.get(guild)?.members.me?.permissions.has(permission) ?? false,
  };
}

const standingOf = (member: GuildMember): Standing => ({
  joinedAt: member.joinedTimestamp ?? undefined,
  timedOutUntil: member.communicationDisabledUntilTimestamp ?? undefined,
  manageable: member.manageable,
  administrator: member.permissions.has(PermissionFlagsBits.Administrator),
  moderates: member.permissions.has(PermissionFlagsBits.ManageMessages),
  roles: [...member.roles.cache.keys()],
  rank: member.roles.highest.position,
  owner: member.guild.ownerId === member.id,
});
