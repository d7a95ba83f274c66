import { DiscordAPIError, type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Message } from '../cards/view.ts';

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
