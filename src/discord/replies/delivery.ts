import { DiscordAPIError, type RawFile, type REST, Routes } from 'discord.js';
import { z } from 'zod';
import { languages, localeOf } from '../../locales/languages.ts';
import type { Clock } from '../../scan/clock.ts';
import type { Message } from '../cards/view.ts';
import type { Rests } from '../gateway/rests.ts';

/** Where a reply is, and how it can be edited. */
export interface Address {
  /** undefined for a reply to a message instead of an interaction. */
  applicationId?: string | undefined;
  channelId: string;
  /** undefined until Discord has shown the reply, as far as we know. */
  messageId?: string | undefined;
  /** Whether only the interaction's token can edit it: the reply is private, or in a channel that the bot does not see. */
  tokenOnly: boolean;
  interactionToken?: string | undefined;
  /** Until when the interaction token is used, in ms since the epoch. */
  tokenUntil: number;
}

/** The changes of an edit. */
export interface Edit extends Omit<Message, 'pictures'> {
  /** All files of the message after the edit, with new ones identified by their index in `files`; undefined: unchanged. */
  attachments?: { id: string; filename: string; description: string }[];
  files?: RawFile[];
}

/** `lost`: the reply is gone or can no longer be edited, which is no error. `refused`: Discord does not accept the content. */
export type Delivered = 'delivered' | 'lost' | 'refused';

/**
 * How long an interaction's token is used, in ms. Discord's tokens live 15 minutes and then fail with 401 and 50027. We stop
 * a minute earlier and edit a public reply as a channel message. A reply that only the token can edit gets `closingTime` of
 * that minute to say how to see the result later.
 */
export const tokenLife = 14 * 60_000;
export const closingTime = 45_000;

/** Codes of Discord: invalid or unknown interaction token. */
const tokenGone = new Set<number | string>([50027, 10015]);
/** Codes of Discord: unknown channel, server or message; no access; archived thread. */
const messageGone = new Set<number | string>([10003, 10004, 10008, 50001, 50083]);

/**
 * Shows `message` as the reply at `address`. Rejects only when another try may succeed. Calls `tokenRefused` when the
 * interaction's token does not work any more: it must not be used again, because Discord counts invalid requests.
 */
export async function deliver(
  address: Address,
  message: Edit,
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

async function edit(rest: REST, route: `/${string}`, message: Edit, auth: boolean): Promise<Delivered | 'tokenGone'> {
  const { files, ...body } = message;
  try {
    await rest.patch(route, files ? { body, files, auth } : { body, auth });
    return 'delivered';
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    if (tokenGone.has(error.code)) return 'tokenGone';
    if (messageGone.has(error.code) || error.status === 403 || error.status === 404) return 'lost';
    if (error.status < 500 && error.status !== 429) return 'refused';
    throw error;
  }
}

const answerSchema = z.object({ id: z.string(), content: z.string().default('') });

/** With these words the router has refused a command that could not be stored in time. */
const busyWords: ReadonlySet<string> = new Set(languages.map((language) => localeOf(language).refusals.busy));

/**
 * The id of a reply that may have been acknowledged just before a crash; undefined when it was not, when it was refused, or
 * when it is gone.
 */
export async function findReply({ applicationId, interactionToken }: Address, rest: REST): Promise<string | undefined> {
  if (!applicationId || !interactionToken) return undefined;
  try {
    const answer = await rest.get(Routes.webhookMessage(applicationId, interactionToken, '@original'), { auth: false });
    const found = answerSchema.safeParse(answer).data;
    return found && !busyWords.has(found.content) ? found.id : undefined;
  } catch (error) {
    if (error instanceof DiscordAPIError && error.status < 500) return undefined;
    throw error;
  }
}
