import { DiscordAPIError, type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Clock } from '../../scan/clock.ts';
import type { Message } from '../cards/view.ts';
import type { Rests } from '../gateway/rests.ts';
import { findReply, tokenLife } from './delivery.ts';
import type { Reply } from './reply.ts';

/** A message of ours that nobody asked for. */
export interface Posting {
  channelId: string;
  /** At most 25 characters, the same for every try: Discord then shows it once. */
  nonce: string;
  message: Message;
  /** The message to which it is a reply, if it is still there. */
  replyTo?: string | undefined;
}

const sentSchema = z.object({ id: z.string() });

/** Sends it, and answers with its id; undefined: Discord does not let us. Rejects on passing trouble only. */
export async function post({ channelId, nonce, message, replyTo }: Posting, rest: REST): Promise<string | undefined> {
  const reference = replyTo && { message_reference: { message_id: replyTo, fail_if_not_exists: false } };
  try {
    const body = { ...message, nonce, enforce_nonce: true, ...reference };
    return sentSchema.parse(await rest.post(Routes.channelMessages(channelId), { body })).id;
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

/** Discord's word is final: no other try will do better. */
export function isRefusal(error: unknown): error is DiscordAPIError {
  return error instanceof DiscordAPIError && error.status >= 400 && error.status < 500 && error.status !== 429;
}

const historySchema = z.array(z.object({ id: z.string(), author: z.object({ id: z.string() }) }).loose());

const pageSize = 100;
const mostPages = 10;

/**
 * The message of ours, sent just before a crash, in which `mark` stands, among the first after `after`: a nonce helps for
 * some minutes only. undefined: none.
 */
export async function findPosted(
  { channelId, after, mark, self }: { channelId: string; after: string; mark: string; self: string },
  rest: REST,
): Promise<string | undefined> {
  try {
    for (let page = 0, from: string | undefined = after; from && page < mostPages; page += 1) {
      const query = new URLSearchParams({ after: from, limit: String(pageSize) });
      const history = historySchema.parse(await rest.get(Routes.channelMessages(channelId), { query }));
      const found = history.find((message) => message.author.id === self && JSON.stringify(message).includes(mark));
      if (found) return found.id;
      // Newest first.
      from = history.length === pageSize ? history[0]?.id : undefined;
    }
    return undefined;
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

/** The message to which a reply is to be, and what is special about it. */
export interface Posted {
  channel: string;
  message: string;
  asks: boolean;
}

/** A reply that nobody asked for, before Discord has heard of it. For the time of a token it may still gain facts. */
export function postedReply({ channel, message, asks }: Posted, clock: Clock): Reply {
  const tokenUntil = clock.now() + tokenLife;
  const place = { id: message, replyTo: message, channelId: channel, private: false, tokenOnly: false, tokenUntil };
  return { ...place, asks, forgets: false, wishes: [], tokens: [] };
}

export function postReply(reply: Reply, message: Message, rest: REST): Promise<string | undefined> {
  return post({ channelId: reply.channelId, nonce: `r${reply.id}`, message, replyTo: reply.replyTo }, rest);
}

/** The id of the message of an earlier run, also when that run was killed before it knew. */
export async function findAgain(
  reply: Reply,
  rests: Pick<Rests, 'bot' | 'interactions'>,
  self: string,
): Promise<string | undefined> {
  const { messageId, replyTo, channelId, tokens } = reply;
  if (messageId) return messageId;
  if (!replyTo) return findReply(reply, rests.interactions);
  const [mark] = tokens;
  return mark && findPosted({ channelId, after: replyTo, mark, self }, rests.bot);
}
