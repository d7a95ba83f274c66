import { PermissionFlagsBits as Bits, GatewayIntentBits as Intents } from 'discord.js';
import { readsAuditLog } from './audit.ts';
import type { Channel, Guild, Member, Message } from './model.ts';
import {
  channelForBot,
  channelPayload,
  guildFields,
  guildPayload,
  memberPayload,
  memberWithoutUser,
} from './payloads.ts';
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
  const said = announced(world, event, intents);
  if (!said) return undefined;
  const isInside = !said.guildId || event.type === 'botLeft' || memberOf(world, said.guildId, world.bot.id);
  return isInside && (said.intents === 0 || intents & said.intents) ? said : undefined;
}

/** With the intents of which one is needed, 0 if none is. */
interface Announcement extends Dispatch {
  intents: number;
}

function announced(world: World, event: WorldEvent, intents: number): Announcement | undefined {
  switch (event.type) {
    case 'messageCreated':
    case 'messageEdited':
      if (event.visibleTo) return undefined;
      return inChannel(world, event.message.channel_id, messageIntents, (place, channel) => ({
        t: event.type === 'messageCreated' ? 'MESSAGE_CREATE' : 'MESSAGE_UPDATE',
        d: { ...written(world, event.message, event.type, channel, intents), ...place },
      }));
    case 'messageDeleted':
      if (event.visibleTo) return undefined;
      return inChannel(world, event.message.channel_id, messageIntents, (place) => ({
        t: 'MESSAGE_DELETE',
        d: { id: event.message.id, ...place },
      }));
    case 'messagesDeleted':
      return inChannel(world, event.channel.id, messageIntents, (place) => ({
        t: 'MESSAGE_DELETE_BULK',
        d: { ids: event.messages.map(({ id }) => id), ...place },
      }));
    case 'reactionAdded':
    case 'reactionRemoved':
      return inChannel(world, event.message.channel_id, reactionIntents, (place, channel) => ({
        t: event.type === 'reactionAdded' ? 'MESSAGE_REACTION_ADD' : 'MESSAGE_REACTION_REMOVE',
        d: { ...reacted(world, event, channel), ...place },
      }));
    case 'interactionCreated':
      return { t: 'INTERACTION_CREATE', d: event.payload, guildId: event.interaction.channel.guild_id, intents: 0 };
    case 'channelCreated':
    case 'channelChanged':
    case 'channelDeleted':
      return channelAnnouncement(world, event.type, event.channel);
    case 'roleCreated':
    case 'roleChanged':
      return about(event.guildId, Intents.Guilds, roleEvents[event.type], { role: event.role });
    case 'roleDeleted':
      return about(event.guildId, Intents.Guilds, 'GUILD_ROLE_DELETE', { role_id: event.role.id });
    case 'memberJoined':
      return about(event.member.guildId, Intents.GuildMembers, 'GUILD_MEMBER_ADD', memberPayload(event.member));
    case 'memberChanged':
    case 'memberTimedOut':
      return memberChange(world, event.member);
    case 'memberLeft':
      return about(event.member.guildId, Intents.GuildMembers, 'GUILD_MEMBER_REMOVE', { user: event.member.user });
    case 'memberBanned':
      return about(event.guildId, Intents.GuildModeration, 'GUILD_BAN_ADD', { user: event.user });
    case 'memberUnbanned':
      return about(event.guildId, Intents.GuildModeration, 'GUILD_BAN_REMOVE', { user: event.user });
    case 'auditLogged': {
      if (!readsAuditLog(world, event.entry.guild_id)) return undefined;
      return about(event.entry.guild_id, Intents.GuildModeration, 'GUILD_AUDIT_LOG_ENTRY_CREATE', event.entry);
    }
    case 'guildChanged':
      return about(event.guild.id, Intents.Guilds, 'GUILD_UPDATE', guildFields(event.guild));
    case 'botJoined':
      return about(event.guild.id, Intents.Guilds, 'GUILD_CREATE', guildPayload(world, event.guild));
    case 'outageBegan':
      return about(event.guild.id, Intents.Guilds, 'GUILD_DELETE', unavailable(event.guild));
    case 'outageEnded':
      return about(event.guild.id, Intents.Guilds, 'GUILD_CREATE', guildPayload(world, event.guild));
    case 'botLeft':
      return about(event.guild.id, Intents.Guilds, 'GUILD_DELETE', { id: event.guild.id });
    case 'interactionAnswered':
    case 'commandsRegistered':
    case 'connectionsChanged':
    case 'requestAnswered':
      return undefined;
    default:
      return event satisfies never;
  }
}

/** https://docs.discord.com/developers/events/gateway-events#guild-delete */
export const unavailable = ({ id }: Pick<Guild, 'id'>) => ({ id, unavailable: true });

const messageIntents = { inGuild: Intents.GuildMessages, inPrivate: Intents.DirectMessages };
const reactionIntents = { inGuild: Intents.GuildMessageReactions, inPrivate: Intents.DirectMessageReactions };
const roleEvents = { roleCreated: 'GUILD_ROLE_CREATE', roleChanged: 'GUILD_ROLE_UPDATE' };
const channelEvents = {
  channelCreated: ['CHANNEL_CREATE', 'THREAD_CREATE'],
  channelChanged: ['CHANNEL_UPDATE', 'THREAD_UPDATE'],
  channelDeleted: ['CHANNEL_DELETE', 'THREAD_DELETE'],
} as const;

function about(guildId: string, intents: number, t: string, d: object): Announcement {
  return { t, d: { ...d, guild_id: guildId }, guildId, intents };
}

/** Something in a channel that the bot can see. */
function inChannel(
  world: World,
  channelId: string,
  intents: { inGuild: number; inPrivate: number },
  tell: (place: object, channel: Channel) => { t: string; d: object },
): Announcement | undefined {
  const channel = world.channels.get(channelId);
  if (!channel || !isVisible(world, channel)) return undefined;
  const guildId = channel.guild_id;
  const place = { channel_id: channel.id, ...(guildId && { guild_id: guildId }) };
  return { ...tell(place, channel), guildId, intents: guildId ? intents.inGuild : intents.inPrivate };
}

function written(world: World, message: Message, type: string, channel: Channel, intents: number) {
  const author = memberOf(world, channel.guild_id, message.author.id);
  return {
    ...asBotSees(world, message, (intents & Intents.MessageContent) !== 0),
    ...(type === 'messageCreated' && message.nonce !== undefined && { nonce: message.nonce }),
    channel_type: channel.type,
    ...(author && { member: memberWithoutUser(author) }),
  };
}

type Reacted = Extract<WorldEvent, { type: 'reactionAdded' | 'reactionRemoved' }>;

function reacted(world: World, { type, message, emoji, user }: Reacted, channel: Channel) {
  const member = type === 'reactionAdded' && memberOf(world, channel.guild_id, user.id);
  return {
    user_id: user.id,
    message_id: message.id,
    message_author_id: message.author.id,
    emoji,
    burst: false,
    type: 0,
    ...(member && { member: memberPayload(member) }),
  };
}

function channelAnnouncement(
  world: World,
  type: keyof typeof channelEvents,
  channel: Channel,
): Announcement | undefined {
  if (!channel.guild_id || (channel.thread && !isVisible(world, channel))) return undefined;
  const [ofChannel, ofThread] = channelEvents[type];
  const isNew = channel.thread && type === 'channelCreated';
  const d = channel.thread ? channelPayload(channel) : channelForBot(world, channel);
  const t = channel.thread ? ofThread : ofChannel;
  return about(channel.guild_id, Intents.Guilds, t, { ...d, ...(isNew && { newly_created: true }) });
}

/** Of itself the bot hears without the intent. */
function memberChange(world: World, member: Member): Announcement {
  const intent = member.user.id === world.bot.id ? 0 : Intents.GuildMembers;
  return about(member.guildId, intent, 'GUILD_MEMBER_UPDATE', memberPayload(member));
}

function isVisible(world: World, channel: Channel): boolean {
  return (permissionsOf(world, world.bot.id, channel) & Bits.ViewChannel) !== 0n;
}
