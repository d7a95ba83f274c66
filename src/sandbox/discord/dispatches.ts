import { PermissionFlagsBits as Bits, GatewayIntentBits as Intents } from 'discord.js';
import type { Channel, Message } from './model.ts';
import { memberWithoutUser } from './payloads.ts';
import { permissionsOf } from './permissions.ts';
import { asBotSees } from './visibility.ts';
import { memberOf, type World, type WorldEvent } from './world.ts';

export interface Dispatch {
  t: string;
  d: object;
  /** Decides the shard that gets it; private conversations go to shard 0. */
  guildId: string | undefined;
}

/** What the gateway tells a session with these intents about an event; nothing when the bot does not hear of it. */
export function dispatchOf(world: World, event: WorldEvent, intents: number): Dispatch | undefined {
  switch (event.type) {
    case 'messageCreated':
    case 'messageEdited':
    case 'messageDeleted':
      return event.visibleTo ? undefined : messageDispatch(world, event.type, event.message, intents);
    case 'interactionCreated':
      return { t: 'INTERACTION_CREATE', d: event.payload, guildId: event.interaction.channel.guild_id };
    case 'roleChanged': {
      const d = { guild_id: event.guildId, role: event.role };
      return intents & Intents.Guilds ? { t: 'GUILD_ROLE_UPDATE', d, guildId: event.guildId } : undefined;
    }
    case 'interactionAnswered':
    case 'commandsRegistered':
    case 'connectionsChanged':
    case 'requestAnswered':
      return undefined;
    default:
      return event satisfies never;
  }
}

function messageDispatch(
  world: World,
  type: 'messageCreated' | 'messageEdited' | 'messageDeleted',
  message: Message,
  intents: number,
): Dispatch | undefined {
  const channel = world.channels.get(message.channel_id);
  if (!channel || !isHeard(world, channel, intents)) return undefined;
  const guildId = channel.guild_id;
  const place = { channel_id: channel.id, ...(guildId && { guild_id: guildId }) };
  if (type === 'messageDeleted') return { t: 'MESSAGE_DELETE', d: { id: message.id, ...place }, guildId };

  const author = memberOf(world, guildId, message.author.id);
  const d = {
    ...asBotSees(world, message, (intents & Intents.MessageContent) !== 0),
    ...place,
    channel_type: channel.type,
    ...(author && { member: memberWithoutUser(author) }),
  };
  return { t: type === 'messageCreated' ? 'MESSAGE_CREATE' : 'MESSAGE_UPDATE', d, guildId };
}

function isHeard(world: World, channel: Channel, intents: number): boolean {
  const needed = channel.guild_id ? Intents.GuildMessages : Intents.DirectMessages;
  return (intents & needed) !== 0 && (permissionsOf(world, world.bot.id, channel) & Bits.ViewChannel) !== 0n;
}
