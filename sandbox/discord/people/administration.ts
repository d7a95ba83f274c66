import { PermissionFlagsBits as Bits } from 'discord.js';
import { addChannel, addMember, addRole, guildOf, guildsOfBot, loseMember } from '../guilds.ts';
import type { Channel, ChannelType, Guild, Member, Role } from '../model.ts';
import { channelsOf } from '../payloads.ts';
import { permissionsOf } from '../permissions.ts';
import type { Scene } from '../scene.ts';
import { memberOf, type World } from '../world.ts';

interface NewChannel {
  guild?: Guild;
  /** A text channel by default. */
  type?: ChannelType;
  parent?: Channel;
}

interface NewRole {
  guild?: Guild;
  /** 0, below everything else, by default. */
  position?: number;
  mentionable?: boolean;
}

/** What the owners of the servers do. The bot hears of all of it. */
export interface Administration {
  addChannel(name: string, channel?: NewChannel): Channel;
  removeChannel(channel: Channel): void;
  /** Sets what a role or a member may and may not do in a channel (bits), in place of what was set for it before. */
  overwrite(channel: Channel, who: Role | Member, bits: { allow?: bigint; deny?: bigint }): void;
  addRole(name: string, permissions: bigint, role?: NewRole): Role;
  /** Gives a role other permissions (bits). */
  changeRole(role: Role, permissions: bigint): void;
  removeRole(role: Role): void;
  giveRole(member: Member, role: Role): void;
  takeRole(member: Member, role: Role): void;
  /** The bot joins a server, with these roles. */
  inviteBot(guild: Guild, roles?: readonly Role[]): void;
  removeBot(guild: Guild): void;
}

export function administration(world: World, scene: Scene): Administration {
  /** A change of permissions, after which the bot is told of the channels that it sees or no longer sees. */
  function changing(guildId: string, change: () => void): void {
    const channels = channelsOf(world, guildOf(world, guildId)).filter((channel) => !channel.thread);
    const visible = () => channels.filter((channel) => isVisible(world, channel));
    const before = visible();
    change();
    const after = visible();
    const differing = [
      ...after.filter((one) => !before.includes(one)),
      ...before.filter((one) => !after.includes(one)),
    ];
    for (const channel of differing) world.emit({ type: 'channelChanged', channel });
  }

  function changeMember(member: Member, roles: string[]): void {
    changing(member.guildId, () => {
      member.roles = roles;
      world.emit({ type: 'memberChanged', member });
    });
  }

  return {
    addChannel(name, { guild = scene.guild, type, parent } = {}) {
      const channel = addChannel(world, guild, name, { type, parent });
      world.emit({ type: 'channelCreated', channel });
      return channel;
    },
    removeChannel(channel) {
      const gone = [...world.channels.values()].filter((one) => one === channel || one.parent_id === channel.id);
      for (const { id } of channel.type === 4 ? [channel] : gone) world.channels.delete(id);
      world.emit({ type: 'channelDeleted', channel });
    },
    overwrite(channel, who, { allow = 0n, deny = 0n }) {
      const [id, type] = 'user' in who ? ([who.user.id, 1] as const) : ([who.id, 0] as const);
      const others = channel.permission_overwrites.filter((one) => one.id !== id);
      const own = { id, type, allow: String(allow), deny: String(deny) };
      channel.permission_overwrites = allow || deny ? [...others, own] : others;
      world.emit({ type: 'channelChanged', channel });
    },
    addRole(name, permissions, { guild = scene.guild, position = 0, mentionable = false } = {}) {
      const role = addRole(world, guild, name, permissions, position);
      role.mentionable = mentionable;
      world.emit({ type: 'roleCreated', guildId: guild.id, role });
      return role;
    },
    changeRole(role, permissions) {
      const guild = guildWith(world, role);
      changing(guild.id, () => {
        role.permissions = String(permissions);
        world.emit({ type: 'roleChanged', guildId: guild.id, role });
      });
    },
    removeRole(role) {
      const guild = guildWith(world, role);
      changing(guild.id, () => {
        guild.roles = guild.roles.filter((one) => one !== role);
        world.emit({ type: 'roleDeleted', guildId: guild.id, role });
        for (const member of guild.members) member.roles = member.roles.filter((id) => id !== role.id);
      });
    },
    giveRole: (member, role) => changeMember(member, [...new Set([...member.roles, role.id])]),
    takeRole: (member, role) =>
      changeMember(
        member,
        member.roles.filter((id) => id !== role.id),
      ),
    inviteBot(guild, roles) {
      if (guildsOfBot(world).includes(guild)) throw new Error(`The bot is in ${guild.name} already`);
      addMember(world, guild, world.bot, roles);
      world.emit({ type: 'botJoined', guild });
    },
    removeBot(guild) {
      const member = memberOf(world, guild.id, world.bot.id);
      if (!member) throw new Error(`The bot is not in ${guild.name}`);
      loseMember(world, member);
    },
  };
}

function guildWith(world: World, role: Role): Guild {
  const guild = [...world.guilds.values()].find(({ roles }) => roles.includes(role));
  if (!guild) throw new Error(`There is no role ${role.name}`);
  return guild;
}

function isVisible(world: World, channel: Channel): boolean {
  return (permissionsOf(world, world.bot.id, channel) & Bits.ViewChannel) !== 0n;
}
