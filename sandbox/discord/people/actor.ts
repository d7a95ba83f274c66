import { PermissionFlagsBits as Bits } from 'discord.js';
import type { Actor } from '../interactions.ts';
import type { Channel, Member, Message, StoredMessage } from '../model.ts';
import { permissionsOf } from '../permissions.ts';
import type { Scene } from '../scene.ts';
import type { World } from '../world.ts';

/** Who acts and where: by default the plain member, in #files or the first channel of the member's server. */
export interface Where {
  member?: Member | undefined;
  channel?: Channel | undefined;
}

export function actorIn(world: World, scene: Scene, { member = scene.member, channel }: Where): Actor {
  const place = channel ?? (member.guildId === scene.guild.id ? scene.files : firstChannel(world, member.guildId));
  if (!(permissionsOf(world, member.user.id, place) & Bits.ViewChannel)) {
    throw new Error(`${member.user.username} does not see #${place.name}`);
  }
  return { user: member.user, member: place.guild_id ? member : undefined, channel: place };
}

/** The message as it is now, if this person sees it. */
export function seenBy(world: World, message: Message, who: Member): StoredMessage {
  const stored = world.messages.get(message.id);
  const channel = world.channels.get(message.channel_id);
  const isOpen = channel && permissionsOf(world, who.user.id, channel) & Bits.ViewChannel;
  if (!isOpen || !stored || (stored.visibleTo && stored.visibleTo !== who.user.id)) {
    throw new Error(`${who.user.username} does not see that message`);
  }
  return stored;
}

function firstChannel(world: World, guildId: string): Channel {
  const channel = [...world.channels.values()].find((one) => one.guild_id === guildId);
  if (!channel) throw new Error('That server has no channel');
  return channel;
}
