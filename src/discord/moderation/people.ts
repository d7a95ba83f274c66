import { type Client, DiscordAPIError, PermissionFlagsBits } from 'discord.js';

/** A member as the bot may deal with it. */
interface Standing {
  /** ms since the epoch. */
  joinedAt: number | undefined;
  timedOutUntil: number | undefined;
  /** Whether the bot stands above it. */
  manageable: boolean;
  administrator: boolean;
  /** The place of its highest role. */
  rank: number;
  owner: boolean;
}

export interface People {
  /** As Discord has it now, or as it was when last heard of; undefined: not a member. */
  member(guild: string, user: string, how?: 'remembered'): Promise<Standing | undefined>;
  /** Whether the bot has a permission in a server. */
  may(guild: string, permission: bigint): boolean;
}

const notThere = new Set<number | string>([10007, 10013, 10004, 50001]);

export function peopleOf(client: () => Client): People {
  return {
    async member(guildId, user, how) {
      const guild = client().guilds.cache.get(guildId);
      const found = await guild?.members
        .fetch({ user, force: how !== 'remembered', cache: false })
        .catch((error: unknown) => {
          if (error instanceof DiscordAPIError && notThere.has(error.code)) return undefined;
          throw error;
        });
      if (!found) return undefined;
      return {
        joinedAt: found.joinedTimestamp ?? undefined,
        timedOutUntil: found.communicationDisabledUntilTimestamp ?? undefined,
        manageable: found.manageable,
        administrator: found.permissions.has(PermissionFlagsBits.Administrator),
        rank: found.roles.highest.position,
        owner: found.guild.ownerId === found.id,
      };
    },
    may: (guild, permission) => client().guilds.cache.get(guild)?.members.me?.permissions.has(permission) ?? false,
  };
}
