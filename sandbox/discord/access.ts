import { PermissionFlagsBits as Bits } from 'discord.js';
import { refuse } from './errors.ts';
import { channelOf } from './messages.ts';
import type { Channel, Guild, Member, Message, StoredMessage, User } from './model.ts';
import { permissionsOf } from './permissions.ts';
import type { Call } from './router.ts';
import { memberOf, type World } from './world.ts';

/** What a request of the bot names, if the bot may reach it. */

export function visibleChannel(world: World, call: Call): Channel {
  const channel = channelOf(world, call.part('channel'));
  if (!may(world, channel, Bits.ViewChannel)) throw refuse('missingAccess');
  return channel;
}

/** An ephemeral message does not exist for the bot's token: only its interaction token reaches it. */
export function visibleMessage(world: World, call: Call): { channel: Channel; stored: StoredMessage } {
  const channel = visibleChannel(world, call);
  const stored = world.messages.get(call.part('message'));
  if (stored?.message.channel_id !== channel.id || stored.visibleTo) throw refuse('unknownMessage');
  return { channel, stored };
}

export function may(world: World, channel: Channel, permission: bigint): boolean {
  return (permissionsOf(world, world.bot.id, channel) & permission) !== 0n;
}

/** A server that the bot is in. */
export function ownGuild(world: World, call: Call): Guild {
  const guild = world.guilds.get(call.part('guild'));
  if (!guild) throw refuse('unknownGuild');
  if (!memberOf(world, guild.id, world.bot.id)) throw refuse('missingAccess');
  return guild;
}

export function knownUser(world: World, call: Call): User {
  const user = world.users.get(call.part('user'));
  if (!user) throw refuse('unknownUser');
  return user;
}

export function knownMember(world: World, guild: Guild, call: Call): Member {
  const member = memberOf(world, guild.id, knownUser(world, call).id);
  if (!member) throw refuse('unknownMember');
  return member;
}

/** What is in the channel for everyone, oldest first. */
export function inChannel(world: World, channel: Channel): Message[] {
  return [...world.messages.values()]
    .filter(({ message, visibleTo }) => message.channel_id === channel.id && !visibleTo)
    .map(({ message }) => message);
}
