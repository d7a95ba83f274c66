import { createHash } from 'node:crypto';
import { DiscordAPIError, type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Language } from '../../locales/languages.ts';
import type { Clock } from '../../scan/clock.ts';
import type { Message } from '../cards/view.ts';
import type { Rests } from '../gateway/rests.ts';
import { findReply, tokenLife } from './delivery.ts';
import type { Reply } from './reply.ts';

/** A message that the bot sends on its own, not as the answer to an interaction. */
export interface Posting {
  channelId: string;
  /** At most 25 characters and the same for every try, so that Discord shows the message only once. */
  nonce: string;
  message: Omit<Message, 'pictures'>;
  /** The id of the message that it replies to. It is sent even if that message is gone. */
  replyTo?: string | undefined;
}

/** Returns a nonce for these words. Discord compares nonces across channels. */
export const nonceOf = (...words: (string | number)[]): string =>
  createHash('sha256').update(words.join(' ')).digest('hex').slice(0, 25);

const sentSchema = z.object({ id: z.string() });

/** Sends a message and returns its id. Rejects also when Discord refuses it. */
export async function send({ channelId, nonce, message, replyTo }: Posting, rest: REST): Promise<string> {
  const reference = replyTo && { message_reference: { message_id: replyTo, fail_if_not_exists: false } };
  const body = { ...message, nonce, enforce_nonce: true, ...reference };
  return sentSchema.parse(await rest.post(Routes.channelMessages(channelId), { body })).id;
}

/** Sends a message and returns its id; undefined when Discord refuses it. Rejects only when another try may succeed. */
export async function post(posting: Posting, rest: REST): Promise<string | undefined> {
  try {
    return await send(posting, rest);
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

/** Whether Discord refused the request for good, so that another try would fail too. */
export function isRefusal(error: unknown): error is DiscordAPIError {
  return error instanceof DiscordAPIError && error.status >= 400 && error.status < 500 && error.status !== 429;
}

/** Deletes a message of the bot, unless Discord refuses that. Rejects only when another try may succeed. */
export async function removePosted(channelId: string, messageId: string, rest: REST): Promise<void> {
  await rest.delete(Routes.channelMessage(channelId, messageId)).catch((error: unknown) => {
    if (!isRefusal(error)) throw error;
  });
}

const historySchema = z.array(z.object({ id: z.string(), author: z.object({ id: z.string() }) }).loose());

const pageSize = 100;
const mostPages = 10;

/**
 * Finds a message that the bot sent just before a crash: one of its own that contains `mark`, among the thousand after the
 * message `after`. undefined when there is none. A nonce would prevent a second message for some minutes only.
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
      // Discord lists the newest message first.
      from = history.length === pageSize ? history[0]?.id : undefined;
    }
    return undefined;
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

/** Whether one of the bot's last messages in a channel contains all these marks. It may have been sent just before a crash. */
export async function isAmongLast(
  { channelId, marks, self }: { channelId: string; marks: readonly string[]; self: string },
  rest: REST,
): Promise<boolean> {
  try {
    const query = new URLSearchParams({ limit: String(pageSize) });
    const history = historySchema.parse(await rest.get(Routes.channelMessages(channelId), { query }));
    return history.some((message) => {
      const text = JSON.stringify(message);
      return message.author.id === self && marks.every((mark) => text.includes(mark));
    });
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

/** The message that the bot replies to on its own. */
export interface Posted {
  guild: string;
  channel: string;
  message: string;
  /** Whether files that VirusTotal has never seen get a button that uploads them. */
  asks: boolean;
}

/** A new reply to a message, not sent yet. It is kept up to date with late facts as long as an interaction's token would live. */
export function postedReply(
  { guild, channel, message, asks }: Partial<Posted> & Omit<Posted, 'guild'>,
  language: Language,
  clock: Clock,
): Reply {
  const tokenUntil = clock.now() + tokenLife;
  const place = { id: message, replyTo: message, guild, channelId: channel };
  const manner = { private: false, tokenOnly: false, asks, forgets: false, pictures: true };
  return { ...place, ...manner, tokenUntil, language, wishes: [], tokens: [] };
}

export function postReply(reply: Reply, message: Omit<Message, 'pictures'>, rest: REST): Promise<string | undefined> {
  return post({ channelId: reply.channelId, nonce: `r${reply.id}`, message, replyTo: reply.replyTo }, rest);
}

/** The id of a reply's message of an earlier run, even if that run was killed before it could save the id. */
export async function findAgain(
  reply: Reply,
  rests: Pick<Rests, 'bot' | 'interactions'>,
  self: string,
  clock: Clock,
): Promise<string | undefined> {
  const { id, messageId, replyTo, letter, channelId, tokens, tokenUntil } = reply;
  if (messageId) return messageId;
  const [mark] = tokens;
  if (replyTo || letter) return mark && findPosted({ channelId, after: id, mark, self }, rests.bot);
  if (clock.now() < tokenUntil) return findReply(reply, rests.interactions);
  // The answer's `interaction_metadata` has the interaction's id. Only the member can see a private answer.
  return reply.tokenOnly ? undefined : findPosted({ channelId, after: id, mark: `"id":"${id}"`, self }, rests.bot);
}
