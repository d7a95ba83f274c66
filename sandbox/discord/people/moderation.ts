import { addMember, guildOf, loseMember, newPerson } from '../guilds.ts';
import type { Guild, Member, Role, User } from '../model.ts';
import { ban, kick, timeOut, unban } from '../moderation.ts';
import type { Scene } from '../scene.ts';
import type { World } from '../world.ts';

/** Who does it, by default the server's owner, and the reason for the audit log. */
interface By {
  by?: Member;
  reason?: string;
}

interface Joining {
  guild?: Guild;
  roles?: readonly Role[];
  bot?: boolean;
  /** When the account was made, in milliseconds: its id says so. Now, if it is not given. */
  madeAt?: number;
}

export interface Moderation {
  /** For so many milliseconds; 0 ends it. */
  timeOut(member: Member, ms: number, by?: By): void;
  kick(member: Member, by?: By): void;
  ban(member: Member, by?: By & { deleteMessageSeconds?: number }): void;
  unban(member: Member, by?: By): void;
  leave(member: Member): void;
  /** Somebody new by name, or somebody known, into the first server if no other is given. Who is in one may join others. */
  join(who: string | User, joining?: Joining): Member;
}

export function moderation(world: World, scene: Scene): Moderation {
  const deed = (guild: Guild, { by, reason }: By) => ({
    by: by?.user ?? ownerOf(guild),
    reason,
  });

  return {
    timeOut(member, ms, by = {}) {
      const guild = guildOf(world, member.guildId);
      timeOut(world, guild, member, ms > 0 ? world.clock.now() + ms : undefined, deed(guild, by));
    },
    kick(member, by = {}) {
      const guild = guildOf(world, member.guildId);
      kick(world, guild, member, deed(guild, by));
    },
    ban(member, { deleteMessageSeconds = 0, ...by } = {}) {
      const guild = guildOf(world, member.guildId);
      ban(world, guild, member.user, deleteMessageSeconds, deed(guild, by));
    },
    unban(member, by = {}) {
      const guild = guildOf(world, member.guildId);
      unban(world, guild, member.user, deed(guild, by));
    },
    leave: (member) => loseMember(world, member),
    join(who, { guild = scene.guild, roles = [], ...account } = {}) {
      const user = typeof who === 'string' ? newPerson(world, who, account) : who;
      if (guild.bans.some((one) => one.user.id === user.id)) throw new Error(`${user.username} is banned`);
      if (guild.members.some((one) => one.user.id === user.id)) throw new Error(`${user.username} is a member`);
      const member = addMember(world, guild, user, roles);
      world.emit({ type: 'memberJoined', member });
      return member;
    },
  };
}

function ownerOf(guild: Guild): User {
  const owner = guild.members.find(({ user }) => user.id === guild.owner_id);
  if (!owner) throw new Error(`${guild.name} has no owner`);
  return owner.user;
}
