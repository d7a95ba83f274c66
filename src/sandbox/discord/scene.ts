import { PermissionFlagsBits as Bits } from 'discord.js';
import type { Channel, Guild, Member, Role } from './model.ts';
import { memberOf, newUser, timestamp, type World } from './world.ts';

/** What every member may do. */
const everyone =
  Bits.ViewChannel |
  Bits.SendMessages |
  Bits.EmbedLinks |
  Bits.AttachFiles |
  Bits.ReadMessageHistory |
  Bits.AddReactions |
  Bits.UseApplicationCommands |
  Bits.SendMessagesInThreads;
const moderating = Bits.ManageGuild | Bits.ManageMessages | Bits.ModerateMembers | Bits.KickMembers | Bits.BanMembers;

/** The people and places that every sandbox starts with. */
export interface Scene {
  guild: Guild;
  secondGuild: Guild;
  general: Channel;
  files: Channel;
  alerts: Channel;
  lobby: Channel;
  /** The role that gives the bot its permissions in the first server. */
  botRole: Role;
  moderatorRole: Role;
  owner: Member;
  moderator: Member;
  member: Member;
  /** A member of the second server only. */
  visitor: Member;
}

export function setScene(world: World): Scene {
  const guild = addGuild(world, 'vtscan sandbox', 'owner');
  const moderatorRole = addRole(world, guild, 'Moderator', everyone | moderating, 2);
  const botRole = addRole(world, guild, 'vtscan', everyone | Bits.ManageMessages | Bits.ModerateMembers, 3);
  const [general, files, alerts] = ['general', 'files', 'mod-alerts'].map((name) => addChannel(world, guild, name));
  const moderator = addMember(world, guild, 'moderator', [moderatorRole]);
  const member = addMember(world, guild, 'member');
  botMember(world, guild).roles.push(botRole.id);

  const secondGuild = addGuild(world, 'vtscan sandbox, second server', 'second-owner');
  const lobby = addChannel(world, secondGuild, 'lobby');
  const visitor = addMember(world, secondGuild, 'visitor');

  const owner = memberOf(world, guild.id, guild.owner_id);
  if (!owner || !general || !files || !alerts) throw new Error('The scene is incomplete');
  return {
    guild,
    secondGuild,
    general,
    files,
    alerts,
    lobby,
    botRole,
    moderatorRole,
    owner,
    moderator,
    member,
    visitor,
  };
}

/** A server with its owner and the bot in it. */
function addGuild(world: World, name: string, ownerName: string): Guild {
  const id = world.newId();
  const guild: Guild = { id, name, owner_id: '', roles: [], members: [] };
  world.guilds.set(id, guild);
  guild.roles.push(newRole(id, '@everyone', everyone, 0));
  guild.owner_id = addMember(world, guild, ownerName).user.id;
  guild.members.push(newMember(world, guild, world.bot));
  return guild;
}

function addChannel(world: World, guild: Guild, name: string): Channel {
  const position = [...world.channels.values()].filter((channel) => channel.guild_id === guild.id).length;
  const channel: Channel = {
    id: world.newId(),
    type: 0,
    guild_id: guild.id,
    name,
    position,
    permission_overwrites: [],
    recipients: [],
  };
  world.channels.set(channel.id, channel);
  return channel;
}

function addMember(world: World, guild: Guild, name: string, roles: readonly Role[] = []): Member {
  const user = newUser(world.newId(), name);
  world.users.set(user.id, user);
  const member = { ...newMember(world, guild, user), roles: roles.map((role) => role.id) };
  guild.members.push(member);
  return member;
}

function addRole(world: World, guild: Guild, name: string, permissions: bigint, position: number): Role {
  const role = newRole(world.newId(), name, permissions, position);
  guild.roles.push(role);
  return role;
}

function newRole(id: string, name: string, permissions: bigint, position: number): Role {
  const looks = { color: 0, hoist: false, managed: false, mentionable: false };
  return { id, name, permissions: String(permissions), position, ...looks };
}

function newMember(world: World, guild: Guild, user: Member['user']): Member {
  const joined_at = timestamp(world);
  return { guildId: guild.id, user, nick: null, roles: [], joined_at, communication_disabled_until: null };
}

function botMember(world: World, guild: Guild): Member {
  const member = memberOf(world, guild.id, world.bot.id);
  if (!member) throw new Error(`The bot is not in ${guild.name}`);
  return member;
}
