import type { REST } from 'discord.js';
import type { Clock } from '../../scan/clock.ts';
import type { Message } from '../cards/view.ts';
import { findReply, type Rests, tokenLife } from './delivery.ts';
import { findPosted, post } from './posting.ts';
import type { Reply } from './reply.ts';

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
export async function findAgain(reply: Reply, rests: Rests, self: string): Promise<string | undefined> {
  const { messageId, replyTo, channelId, tokens } = reply;
  if (messageId) return messageId;
  if (!replyTo) return findReply(reply, rests.interactions);
  const [mark] = tokens;
  return mark && findPosted({ channelId, after: replyTo, mark, self }, rests.bot);
}
