import { PermissionFlagsBits as Bits } from 'discord.js';
import type { Channel, Guild, Member } from './model.ts';
import type { World } from './world.ts';

const all = Object.values(Bits).reduce((sum, bit) => sum | bit, 0n);
const whileTimedOut = Bits.ViewChannel | Bits.ReadMessageHistory;

/** What a member may do in a channel: Discord's documented order of roles and overwrites. */
function permissionsIn(guild: Guild, member: Member, channel: Channel, now: number): bigint {
  const everyone = BigInt(guild.roles.find((role) => role.id === guild.id)?.permissions ?? '0');
  const roles = guild.roles.filter((role) => member.roles.includes(role.id));
  const base = roles.reduce((sum, role) => sum | BigInt(role.permissions), everyone);
  if (guild.owner_id === member.user.id || base & Bits.Administrator) return all;

  const overwritten = [[guild.id], member.roles, [member.user.id]].reduce((sum, ids) => {
    const those = channel.permission_overwrites.filter((overwrite) => ids.includes(overwrite.id));
    const deny = those.reduce((bits, one) => bits | BigInt(one.deny), 0n);
    const allow = those.reduce((bits, one) => bits | BigInt(one.allow), 0n);
    return (sum & ~deny) | allow;
  }, base);
  if (!(overwritten & Bits.ViewChannel)) return 0n;
  return isTimedOut(member, now) ? overwritten & whileTimedOut : overwritten;
}

/** The same by ids; nothing for who is not a member, everything in a private conversation. */
export function permissionsOf(world: World, userId: string, channel: Channel): bigint {
  if (!channel.guild_id)
    return channel.recipients.some((user) => user.id === userId) || userId === world.bot.id ? all : 0n;
  const guild = world.guilds.get(channel.guild_id);
  const member = guild?.members.find((one) => one.user.id === userId);
  return guild && member ? permissionsIn(guild, member, channel, world.clock.now()) : 0n;
}

function isTimedOut(member: Member, now: number): boolean {
  return Date.parse(member.communication_disabled_until ?? '') > now;
}
