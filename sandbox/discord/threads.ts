import { PermissionFlagsBits as Bits } from 'discord.js';
import { addChannel, guildOf } from './guilds.ts';
import type { Channel, Message, User } from './model.ts';
import { permissionsOf, writing } from './permissions.ts';
import { timestamp, type World } from './world.ts';

export interface Opening {
  parent: Channel;
  owner: User;
  name: string;
  /** The message that it starts from, whose id it takes. */
  message?: Message | undefined;
  isPrivate?: boolean | undefined;
}

/** Opens a thread, or the place of a forum post, whose first message is still to come. */
export function openThread(world: World, { parent, owner, name, message, isPrivate = false }: Opening): Channel {
  const type = isPrivate ? 12 : 11;
  const needed =
    parent.type === 15 ? writing(parent) : isPrivate ? Bits.CreatePrivateThreads : Bits.CreatePublicThreads;
  if (!(permissionsOf(world, owner.id, parent) & needed)) {
    throw new Error(`${owner.username} may not open a thread in #${parent.name}`);
  }
  const now = timestamp(world);
  const thread = addChannel(world, guildOf(world, parent.guild_id), name, { type, parent });
  if (message) {
    world.channels.delete(thread.id);
    thread.id = message.id;
    world.channels.set(thread.id, thread);
  }
  const state = { archived: false, locked: false, createdAt: now, archivedAt: now };
  thread.thread = { ...state, ownerId: owner.id, members: [owner.id] };
  world.emit({ type: 'channelCreated', channel: thread });
  return thread;
}

export function archiveThread(world: World, channel: Channel, locked: boolean): void {
  setArchived(world, channel, { archived: true, locked });
}

/** Writing in an archived thread opens it again, unless it is locked. */
export function reopenThread(world: World, channel: Channel): void {
  if (channel.thread?.archived) setArchived(world, channel, { archived: false, locked: false });
}

function setArchived(world: World, channel: Channel, state: { archived: boolean; locked: boolean }): void {
  if (!channel.thread) throw new Error(`#${channel.name} is not a thread`);
  channel.thread = { ...channel.thread, ...state, archivedAt: timestamp(world) };
  world.emit({ type: 'channelChanged', channel });
}
