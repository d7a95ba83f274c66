import { DiscordAPIError, type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Clock } from '../../scan/clock.ts';
import type { Message } from '../cards/view.ts';
import type { Rests } from '../gateway/rests.ts';

/** Where a reply stands, and what still opens it. */
export interface Address {
  /** undefined: there is no interaction. */
  applicationId?: string | undefined;
  channelId: string;
  /** undefined: Discord may not have heard from us yet. */
  messageId?: string | undefined;
  /** Only its interaction's token can edit it: it is private, or in a channel that the bot does not see. */
  tokenOnly: boolean;
  interactionToken?: string | undefined;
  /** Until when the interaction token is used, in ms since the epoch. */
  tokenUntil: number;
}

/** `lost`: the reply or the way to it is gone for good, which is no error. `refused`: Discord does not take what we sent. */
export type Delivered = 'delivered' | 'lost' | 'refused';

/**
 * Discord: interaction tokens live 15 minutes, then 401 with 50027. We stop a minute earlier; from then on a public reply
 * is edited as the channel message that it is. Of that minute one that only the token can edit has `closingTime` for its
 * last words.
 */
export const tokenLife = 14 * 60_000;
export const closingTime = 30_000;

const tokenGone = new Set<number | string>([50027, 10015]);
/** Unknown channel, guild or message; no access; archived thread. */
const messageGone = new Set<number | string>([10003, 10004, 10008, 50001, 50083]);

/**
 * Shows `message` as the reply at `address`. Rejects on passing trouble only: then it is worth another try. `tokenRefused`
 * hears that the interaction token is of no use any more: Discord counts further tries against us.
 */
export async function deliver(
  address: Address,
  message: Message,
  rests: Pick<Rests, 'bot' | 'interactions'>,
  clock: Clock,
  tokenRefused: () => void = () => {},
): Promise<Delivered> {
  if (address.applicationId && address.interactionToken && clock.now() < address.tokenUntil) {
    const route = Routes.webhookMessage(address.applicationId, address.interactionToken, '@original');
    const outcome = await edit(rests.interactions, route, message, false);
    if (outcome !== 'tokenGone') return outcome;
    tokenRefused();
  }
  if (address.tokenOnly || !address.messageId) return 'lost';
  const outcome = await edit(rests.bot, Routes.channelMessage(address.channelId, address.messageId), message, true);
  return outcome === 'tokenGone' ? 'lost' : outcome;
}

async function edit(rest: REST, route: `/${string}`, body: Message, auth: boolean): Promise<Delivered | 'tokenGone'> {
  try {
    await rest.patch(route, { body, auth });
    return 'delivered';
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    if (tokenGone.has(error.code)) return 'tokenGone';
    if (messageGone.has(error.code) || error.status === 403 || error.status === 404) return 'lost';
    if (error.status < 500 && error.status !== 429) return 'refused';
    throw error;
  }
}

/** The id of a reply that was acknowledged just before a crash; undefined: it never was, or it is gone. */
export async function findReply({ applicationId, interactionToken }: Address, rest: REST): Promise<string | undefined> {
  if (!applicationId || !interactionToken) return undefined;
  try {
    const answer = await rest.get(Routes.webhookMessage(applicationId, interactionToken, '@original'), { auth: false });
    return z.object({ id: z.string() }).safeParse(answer).data?.id;
  } catch (error) {
    if (error instanceof DiscordAPIError && error.status < 500) return undefined;
    throw error;
  }
}
