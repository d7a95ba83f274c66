import { PermissionFlagsBits as Bits } from 'discord.js';
import type { Channel, Guild, Member, Role } from './model.ts';
import { memberOf, type World } from './world.ts';

const all = Object.values(Bits).reduce((sum, bit) => sum | bit, 0n);
const whileTimedOut = Bits.ViewChannel | Bits.ReadMessageHistory;

/** What a member may do in a channel: Discord's documented order of roles and overwrites. */
function permissionsIn(guild: Guild, member: Member, channel: Channel, now: number): bigint {
  const base = baseOf(guild, member);
  if (base === all) return all;

  const overwritten = [[guild.id], member.roles, [member.user.id]].reduce((sum, ids) => {
    const those = channel.permission_overwrites.filter((overwrite) => ids.includes(overwrite.id));
    const deny = those.reduce((bits, one) => bits | BigInt(one.deny), 0n);
    const allow = those.reduce((bits, one) => bits | BigInt(one.allow), 0n);
    return (sum & ~deny) | allow;
  }, base);
  if (!(overwritten & Bits.ViewChannel)) return 0n;
  return isTimedOut(member, now) ? overwritten & whileTimedOut : overwritten;
}

/** What a member's roles give before any channel changes it; everything for owner and administrators. */
function baseOf(guild: Guild, member: Member): bigint {
  const roles = guild.roles.filter((role) => role.id === guild.id || member.roles.includes(role.id));
  const base = roles.reduce((sum, role) => sum | BigInt(role.permissions), 0n);
  return guild.owner_id === member.user.id || base & Bits.Administrator ? all : base;
}

/**
 * The same by ids; nothing for who is not a member, everything in a private conversation. A thread has the permissions
 * of its channel; a private one exists for its members and for those who manage threads.
 */
export function permissionsOf(world: World, userId: string, channel: Channel): bigint {
  if (!channel.guild_id)
    return channel.recipients.some((user) => user.id === userId) || userId === world.bot.id ? all : 0n;
  const guild = world.guilds.get(channel.guild_id);
  const member = memberOf(world, channel.guild_id, userId);
  if (!guild || !member) return 0n;
  const place = channel.thread ? (world.channels.get(channel.parent_id ?? '') ?? channel) : channel;
  const permissions = permissionsIn(guild, member, place, world.clock.now());
  const isClosed = channel.type === 12 && !channel.thread?.members.includes(userId);
  return isClosed && !(permissions & Bits.ManageThreads) ? 0n : permissions;
}

/** What a member may do in the server as a whole. */
export function guildPermissions(world: World, guildId: string, userId: string): bigint {
  const guild = world.guilds.get(guildId);
  const member = memberOf(world, guildId, userId);
  if (!guild || !member) return 0n;
  const base = baseOf(guild, member);
  return base !== all && isTimedOut(member, world.clock.now()) ? base & whileTimedOut : base;
}

export function isAdministrator(guild: Guild, member: Member): boolean {
  return baseOf(guild, member) === all;
}

/** Whether the highest role of one stands above the highest of the other. Nobody stands above the owner. */
export function outranks(guild: Guild, one: Member, other: Member): boolean {
  if (guild.owner_id === other.user.id) return false;
  return guild.owner_id === one.user.id || highest(guild, one) > highest(guild, other);
}

/** Whether this member may give and take a role, as far as the order of roles goes. */
export function standsAbove(guild: Guild, member: Member, role: Role): boolean {
  return guild.owner_id === member.user.id || highest(guild, member) > role.position;
}

/** What writing in this channel takes. */
export function writing(channel: Channel): bigint {
  return channel.thread ? Bits.SendMessagesInThreads : Bits.SendMessages;
}

function highest(guild: Guild, member: Member): number {
  return Math.max(0, ...guild.roles.filter(({ id }) => member.roles.includes(id)).map(({ position }) => position));
}

function isTimedOut(member: Member, now: number): boolean {
  return Date.parse(member.communication_disabled_until ?? '') > now;
}
