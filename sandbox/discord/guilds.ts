import { firstLocale } from './locales.ts';
import type { Channel, ChannelType, Guild, Member, Role, User } from './model.ts';
import { snowflakeAt } from './snowflake.ts';
import { memberOf, newUser, timestamp, type World } from './world.ts';

/** How servers, their channels, roles and members come to be and go. Nobody is told but where it says so. */

/** A server with its owner in it. */
export function addGuild(world: World, name: string, owner: User, permissions: bigint): Guild {
  const id = world.newId();
  const settings = { system_channel_id: null, mfa_level: 0, preferred_locale: firstLocale } as const;
  const guild: Guild = { id, name, owner_id: owner.id, ...settings, roles: [], members: [], bans: [] };
  world.guilds.set(id, guild);
  guild.roles.push(newRole(id, '@everyone', permissions, 0));
  addMember(world, guild, owner);
  return guild;
}

export function addChannel(
  world: World,
  guild: Guild,
  name: string,
  { type = 0, parent }: { type?: ChannelType | undefined; parent?: Channel | undefined } = {},
): Channel {
  const position = [...world.channels.values()].filter((channel) => channel.guild_id === guild.id).length;
  const channel: Channel = {
    id: world.newId(),
    type,
    guild_id: guild.id,
    name,
    position,
    permission_overwrites: [],
    recipients: [],
    parent_id: parent?.id ?? null,
  };
  world.channels.set(channel.id, channel);
  return channel;
}

export function addRole(world: World, guild: Guild, name: string, permissions: bigint, position: number): Role {
  const role = newRole(world.newId(), name, permissions, position);
  guild.roles.push(role);
  return role;
}

/** The role that comes with the bot, above all others, with the permissions of its invite link. */
export function addBotRole(world: World, guild: Guild, permissions: bigint): Role {
  const top = Math.max(...guild.roles.map(({ position }) => position)) + 1;
  const role = addRole(world, guild, world.application.name, permissions, top);
  return Object.assign(role, { managed: true, tags: { bot_id: world.bot.id } });
}

export function botRoleOf(world: World, guild: Guild): Role | undefined {
  return guild.roles.find(({ tags }) => tags?.bot_id === world.bot.id);
}

export function addMember(world: World, guild: Guild, user: User, roles: readonly Role[] = []): Member {
  const member: Member = {
    guildId: guild.id,
    user,
    nick: null,
    roles: roles.map((role) => role.id),
    joined_at: timestamp(world),
    communication_disabled_until: null,
  };
  guild.members.push(member);
  return member;
}

/** A user whom nobody has met yet, with an account made now or at another moment, in milliseconds. */
export function newPerson(world: World, name: string, { bot = false, madeAt }: NewPerson = {}): User {
  const id = madeAt === undefined ? world.newId() : snowflakeAt(madeAt);
  const user = { ...newUser(id, name), bot };
  world.users.set(user.id, user);
  return user;
}

export interface NewPerson {
  bot?: boolean | undefined;
  madeAt?: number | undefined;
}

/** Tells of it. */
export function loseMember(world: World, member: Member): void {
  const guild = guildOf(world, member.guildId);
  guild.members = guild.members.filter((one) => one.user.id !== member.user.id);
  if (member.user.id === world.bot.id) world.emit({ type: 'botLeft', guild });
  else world.emit({ type: 'memberLeft', member });
}

export function guildOf(world: World, id: string | undefined): Guild {
  const guild = world.guilds.get(id ?? '');
  if (!guild) throw new Error(`There is no server ${id}`);
  return guild;
}

/** The servers that the bot is in. */
export function guildsOfBot(world: World): Guild[] {
  return [...world.guilds.values()].filter((guild) => memberOf(world, guild.id, world.bot.id));
}

function newRole(id: string, name: string, permissions: bigint, position: number): Role {
  const looks = { color: 0, hoist: false, managed: false, mentionable: false };
  return { id, name, permissions: String(permissions), position, ...looks };
}
