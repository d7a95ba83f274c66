import { PermissionFlagsBits as Bits } from 'discord.js';
import { record } from '../audit.ts';
import {
  addBotRole,
  addChannel,
  addGuild,
  addMember,
  addRole,
  botRoleOf,
  guildOf,
  guildsOfBot,
  loseMember,
} from '../guilds.ts';
import type { Channel, ChannelType, Guild, Member, Role, User } from '../model.ts';
import { channelsOf } from '../payloads.ts';
import { guildPermissions, permissionsOf } from '../permissions.ts';
import { everyone, type Scene } from '../scene.ts';
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

interface Invitation {
  /** Who manages the server; its owner, if nobody is given. */
  by?: Member;
  /** What the link asks for: the bot gets a role of its own with that, above all others. */
  permissions?: bigint;
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
  /** A new server with one channel, #general, where Discord itself writes too. The bot is not in it yet. */
  openServer(name: string, owner: User): Guild;
  changeServer(
    guild: Guild,
    change: Partial<Pick<Guild, 'name' | 'system_channel_id' | 'mfa_level' | 'preferred_locale'>>,
  ): void;
  /** Somebody switches their Discord to another language. */
  changeLanguage(user: User, locale: string): void;
  /** The bot joins a server, with these roles. The audit log says who brought it. */
  inviteBot(guild: Guild, roles?: readonly Role[], invitation?: Invitation): void;
  /** Gives the bot's own role what an invite link asks for, as when its link is used once more. */
  authorizeBot(guild: Guild, permissions: bigint): void;
  removeBot(guild: Guild): void;
  /** Discord cannot serve that server for a while, or can again. */
  setOutage(guild: Guild, isOut: boolean): void;
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

  function changeRole(role: Role, permissions: bigint): void {
    const guild = guildWith(world, role);
    changing(guild.id, () => {
      role.permissions = String(permissions);
      world.emit({ type: 'roleChanged', guildId: guild.id, role });
    });
  }

  /** Comes with the bot. One that was left behind is taken up again. */
  function ownRole(guild: Guild, permissions: bigint): Role {
    const known = botRoleOf(world, guild);
    return known ? Object.assign(known, { permissions: String(permissions) }) : addBotRole(world, guild, permissions);
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
    changeRole,
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
    openServer(name, owner) {
      const guild = addGuild(world, name, owner, everyone);
      guild.system_channel_id = addChannel(world, guild, 'general').id;
      return guild;
    },
    changeServer(guild, change) {
      Object.assign(guild, change);
      world.emit({ type: 'guildChanged', guild });
    },
    changeLanguage(user, locale) {
      world.locales.set(user.id, locale);
    },
    inviteBot(guild, roles = [], { by, permissions } = {}) {
      if (guildsOfBot(world).includes(guild)) throw new Error(`The bot is in ${guild.name} already`);
      const userId = by?.user.id ?? guild.owner_id;
      if (!(guildPermissions(world, guild.id, userId) & Bits.ManageGuild)) {
        throw new Error(`Only who manages ${guild.name} may add a bot to it`);
      }
      const inviter = by?.user ?? world.users.get(userId);
      if (inviter) record(world, guild.id, { by: inviter }, { action_type: 28, target_id: world.bot.id });
      const own = permissions === undefined ? [] : [ownRole(guild, permissions)];
      addMember(world, guild, world.bot, [...roles, ...own]);
      world.emit({ type: 'botJoined', guild });
    },
    authorizeBot(guild, permissions) {
      const known = botRoleOf(world, guild);
      if (known) return changeRole(known, permissions);
      const role = addBotRole(world, guild, permissions);
      world.emit({ type: 'roleCreated', guildId: guild.id, role });
      const member = memberOf(world, guild.id, world.bot.id);
      if (member) changeMember(member, [...member.roles, role.id]);
    },
    removeBot(guild) {
      const member = memberOf(world, guild.id, world.bot.id);
      if (!member) throw new Error(`The bot is not in ${guild.name}`);
      loseMember(world, member);
    },
    setOutage(guild, isOut) {
      if (isOut) world.outages.add(guild.id);
      else world.outages.delete(guild.id);
      world.emit({ type: isOut ? 'outageBegan' : 'outageEnded', guild });
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
