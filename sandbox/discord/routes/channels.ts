import { PermissionFlagsBits as Bits } from 'discord.js';
import { z } from 'zod';
import { inChannel, may, visibleChannel, visibleMessage } from '../access.ts';
import { invalidForm, refuse } from '../errors.ts';
import { readForm } from '../limits/form.ts';
import { bulkDeleteBody } from '../limits/members.ts';
import { type MessageBody, messageBody } from '../limits/messages.ts';
import { createMessage, deleteMessage, editMessage } from '../messages.ts';
import type { Channel, Message } from '../model.ts';
import { bulkDelete } from '../moderation.ts';
import { channelPayload } from '../payloads.ts';
import { writing } from '../permissions.ts';
import { botRoute, type Call, type Route } from '../router.ts';
import { reopenThread } from '../threads.ts';
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
    botRoute('GET', messagesPath, (call) => {
      const channel = visibleChannel(world, call);
      if (channel.type === 15 || channel.type === 4) throw refuse('wrongChannelType');
      return may(world, channel, Bits.ReadMessageHistory) ? history(world, channel, call.query).map(seen) : [];
    }),
    botRoute('POST', messagesPath, (call) => {
      const message = send(world, call);
      return { ...seen(message), ...(message.nonce !== undefined && { nonce: message.nonce }) };
    }),
    botRoute('GET', messagePath, (call) => {
      const { channel, stored } = visibleMessage(world, call);
      if (!may(world, channel, Bits.ReadMessageHistory)) throw refuse('missingPermissions');
      return seen(stored.message);
    }),
    botRoute('PATCH', messagePath, (call) => {
      const { channel, stored } = visibleMessage(world, call);
      if (stored.message.author.id !== world.bot.id) throw refuse('otherAuthor');
      if (call.uploads.size > 0 && !may(world, channel, Bits.AttachFiles)) throw refuse('missingPermissions');
      return seen(editMessage(world, stored, readForm(messageBody, call.body), call.uploads));
    }),
    botRoute('POST', `${messagesPath}/bulk-delete`, (call) => {
      const { messages } = readForm(bulkDeleteBody, call.body);
      bulkDelete(world, visibleChannel(world, call), messages, { by: world.bot, reason: call.reason });
    }),
    botRoute('DELETE', messagePath, (call) => {
      const { channel, stored } = visibleMessage(world, call);
      const isOwn = stored.message.author.id === world.bot.id;
      if (!isOwn && !channel.guild_id) throw refuse('notInPrivate');
      if (!isOwn && !may(world, channel, Bits.ManageMessages)) throw refuse('missingPermissions');
      deleteMessage(world, stored, world.bot, call.reason);
    }),
  ];
}

function send(world: World, call: Call): Message {
  const channel = visibleChannel(world, call);
  const body = readForm(messageBody, call.body);
  if (channel.type === 15 || channel.type === 4) throw refuse('notATextChannel');
  const needed = [
    writing(channel),
    ...(body.embeds?.length ? [Bits.EmbedLinks] : []),
    ...(call.uploads.size > 0 ? [Bits.AttachFiles] : []),
    ...(body.message_reference ? [Bits.ReadMessageHistory] : []),
  ];
  if (needed.some((permission) => !may(world, channel, permission))) throw refuse('missingPermissions');
  if (!channel.guild_id) refuseClosedDoor(world, channel);
  if (channel.thread?.locked && !may(world, channel, Bits.ManageThreads)) throw refuse('lockedThread');
  const twin = body.enforce_nonce ? sameNonce(world, body) : undefined;
  if (twin) return twin;
  reopenThread(world, channel);
  const message = createMessage(world, { channel, author: world.bot, body, uploads: call.uploads });
  if (body.nonce !== undefined) world.nonces.push({ nonce: body.nonce, messageId: message.id, at: world.clock.now() });
  return message;
}

/** Bots write to nobody whom they share no server with, nor to who wants no private messages, nor to bots. */
function refuseClosedDoor(world: World, { recipients: [user] }: Channel): void {
  const isMet = [...world.guilds.values()].some(({ members }) =>
    [user?.id, world.bot.id].every((id) => members.some((member) => member.user.id === id)),
  );
  if (!isMet) throw refuse('noCommonServer');
  if (!user || user.bot || world.closedDoors.has(user.id)) throw refuse('cannotReachUser');
}

/** The bot's message with this nonce, in whatever channel. One that was deleted since is not sent again: it is unknown. */
function sameNonce(world: World, { nonce }: MessageBody): Message | undefined {
  if (nonce === undefined) throw nonceMissing();
  const since = world.clock.now() - nonceWindowMs;
  const sent = world.nonces.findLast((one) => one.nonce === nonce && one.at > since);
  const stored = sent && world.messages.get(sent.messageId);
  if (sent && !stored) throw refuse('unknownMessage');
  return stored?.message;
}

/** Newest first, as Discord lists them. */
function history(world: World, channel: Channel, query: URLSearchParams): Message[] {
  const limit = readForm(z.coerce.number().int().min(1).max(100), query.get('limit') ?? 50);
  const [before, after, around] = ['before', 'after', 'around'].map((name) => BigInt(query.get(name) ?? 0));
  const all = inChannel(world, channel);
  if (around) {
    const at = all.findIndex(({ id }) => BigInt(id) >= around);
    const from = Math.max(0, (at < 0 ? all.length : at) - Math.floor(limit / 2));
    return all.slice(from, from + limit).reverse();
  }
  const within = all.filter(({ id }) => (!before || BigInt(id) < before) && (!after || BigInt(id) > after));
  return (after ? within.slice(0, limit) : within.slice(-limit)).reverse();
}

function nonceMissing() {
  return invalidForm({ nonce: { _errors: [{ code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }] } });
}
