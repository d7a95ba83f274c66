import { PermissionFlagsBits as Bits } from 'discord.js';
import { z } from 'zod';
import { refuse } from '../errors.ts';
import { readForm } from '../limits/form.ts';
import { messageBody } from '../limits/messages.ts';
import { channelOf, createMessage, deleteMessage, editMessage } from '../messages.ts';
import type { Channel, Message, StoredMessage } from '../model.ts';
import { channelPayload, guildPayload } from '../payloads.ts';
import { permissionsOf } from '../permissions.ts';
import { botRoute, type Call, type Route } from '../router.ts';
import { asBotSees } from '../visibility.ts';
import type { World } from '../world.ts';

/** `enforce_nonce` looks back over "the past few minutes"; the figure is ours. */
const nonceWindowMs = 5 * 60 * 1000;
const messagesPath = '/channels/:channel/messages';
const messagePath = `${messagesPath}/:message`;

/** Channels and their messages, with the bot's own token and permissions. */
export function channelRoutes(world: World): Route[] {
  const seen = (message: Message) => asBotSees(world, message, world.application.messageContent);
  return [
    botRoute('GET', '/channels/:channel', (call) => channelPayload(visibleChannel(world, call))),
    botRoute('GET', '/guilds/:guild', (call) => {
      const guild = world.guilds.get(call.part('guild'));
      if (!guild) throw refuse('unknownGuild');
      return guildPayload(world, guild);
    }),
    botRoute('POST', '/users/@me/channels', (call) => {
      const { recipient_id } = readForm(z.object({ recipient_id: z.string() }), call.body);
      return channelPayload(privateChannel(world, recipient_id));
    }),
    botRoute('GET', messagesPath, (call) => {
      const channel = visibleChannel(world, call);
      return may(world, channel, Bits.ReadMessageHistory) ? history(world, channel, call.query).map(seen) : [];
    }),
    botRoute('POST', messagesPath, (call) => seen(send(world, call))),
    botRoute('GET', messagePath, (call) => {
      const { channel, stored } = visibleMessage(world, call);
      if (!may(world, channel, Bits.ReadMessageHistory)) throw refuse('missingPermissions');
      return seen(stored.message);
    }),
    botRoute('PATCH', messagePath, (call) => {
      const { stored } = visibleMessage(world, call);
      if (stored.message.author.id !== world.bot.id) throw refuse('otherAuthor');
      return seen(editMessage(world, stored, readForm(messageBody, call.body), call.uploads));
    }),
    botRoute('DELETE', messagePath, (call) => {
      const { channel, stored } = visibleMessage(world, call);
      const isOwn = stored.message.author.id === world.bot.id;
      if (!isOwn && !may(world, channel, Bits.ManageMessages)) throw refuse('missingPermissions');
      deleteMessage(world, stored);
    }),
  ];
}

function send(world: World, call: Call): Message {
  const channel = visibleChannel(world, call);
  const body = readForm(messageBody, call.body);
  if (!may(world, channel, Bits.SendMessages)) throw refuse('missingPermissions');
  if (call.uploads.size > 0 && !may(world, channel, Bits.AttachFiles)) throw refuse('missingPermissions');
  if (body.message_reference && !may(world, channel, Bits.ReadMessageHistory)) throw refuse('missingPermissions');
  if (world.closedDoors.has(channel.recipients[0]?.id ?? '')) throw refuse('cannotReachUser');
  const twin = body.enforce_nonce ? sameNonce(world, channel, body.nonce) : undefined;
  return twin ?? createMessage(world, { channel, author: world.bot, body, uploads: call.uploads });
}

function sameNonce(world: World, channel: Channel, nonce: string | number | undefined): Message | undefined {
  const since = world.clock.now() - nonceWindowMs;
  return inChannel(world, channel).find(
    (message) =>
      nonce !== undefined &&
      message.author.id === world.bot.id &&
      message.nonce === nonce &&
      Date.parse(message.timestamp) > since,
  );
}

/** Newest first, as Discord lists them. */
function history(world: World, channel: Channel, query: URLSearchParams): Message[] {
  const limit = readForm(z.coerce.number().int().min(1).max(100), query.get('limit') ?? 50);
  const [before, after] = ['before', 'after'].map((name) => BigInt(query.get(name) ?? 0));
  const within = inChannel(world, channel).filter(
    ({ id }) => (!before || BigInt(id) < before) && (!after || BigInt(id) > after),
  );
  return (after ? within.slice(0, limit) : within.slice(-limit)).reverse();
}

/** What is in the channel for everyone, oldest first. */
function inChannel(world: World, channel: Channel): Message[] {
  return [...world.messages.values()]
    .filter(({ message, visibleTo }) => message.channel_id === channel.id && !visibleTo)
    .map(({ message }) => message);
}

function visibleChannel(world: World, call: Call): Channel {
  const channel = channelOf(world, call.part('channel'));
  if (!may(world, channel, Bits.ViewChannel)) throw refuse('missingAccess');
  return channel;
}

/** An ephemeral message does not exist for the bot's token: only its interaction token reaches it. */
function visibleMessage(world: World, call: Call): { channel: Channel; stored: StoredMessage } {
  const channel = visibleChannel(world, call);
  const stored = world.messages.get(call.part('message'));
  if (stored?.message.channel_id !== channel.id || stored.visibleTo) throw refuse('unknownMessage');
  return { channel, stored };
}

function may(world: World, channel: Channel, permission: bigint): boolean {
  return (permissionsOf(world, world.bot.id, channel) & permission) !== 0n;
}

export function privateChannel(world: World, userId: string): Channel {
  const user = world.users.get(userId);
  if (!user) throw refuse('unknownUser');
  const known = [...world.channels.values()].find(
    (channel) => channel.type === 1 && channel.recipients[0]?.id === userId,
  );
  if (known) return known;
  const blank = { guild_id: undefined, name: '', position: 0, permission_overwrites: [] };
  const channel: Channel = { id: world.newId(), type: 1, recipients: [user], ...blank };
  world.channels.set(channel.id, channel);
  return channel;
}
