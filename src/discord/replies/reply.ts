import { z } from 'zod';
import { languageSchema } from '../../locales/languages.ts';
import { modeSchema, originSchema, sourceSchema } from '../../scan/scan.ts';
import { tokenSchema } from '../../scan/token.ts';
import { closingTime } from './delivery.ts';
import { saidSchema } from './said.ts';

const wishSchema = z.object({
  source: sourceSchema,
  origin: originSchema,
  mode: modeSchema.optional(),
  password: z.string().optional(),
});

/** The record of a reply, which is edited until all its scans are settled. A restart resumes from it. */
export const replySchema = z.object({
  /** The id of the interaction or message that it answers. */
  id: z.string(),
  /** undefined for a reply to a message. */
  applicationId: z.string().optional(),
  /** Who asked; undefined for a reply to a message. */
  member: z.string().optional(),
  /** Whether it could no longer be edited and continues as a private message to `member` in the channel `channelId`. */
  letter: z.boolean().optional(),
  /** The server in which it is; undefined in private conversations, and in rows of older versions. */
  guild: z.string().optional(),
  channelId: z.string(),
  /** undefined until Discord has shown the reply. */
  messageId: z.string().optional(),
  /** The message that it replies to; undefined for the answer to an interaction. */
  replyTo: z.string().optional(),
  private: z.boolean(),
  tokenOnly: z.boolean(),
  /** Erased when it has expired or is no longer needed. */
  interactionToken: z.string().optional(),
  tokenUntil: z.number(),
  /** The language in which it was begun. Replies of older versions are English. */
  language: languageSchema.catch('en-US'),
  /** A text above the files. */
  note: saidSchema.optional(),
  /** A small text below the note. */
  aside: saidSchema.optional(),
  /** Whether files that VirusTotal has never seen get a button that uploads them. */
  asks: z.boolean().default(false),
  /** Whether the reply has a button that deletes the scan. */
  forgets: z.boolean().default(false),
  /** Whether all known facts are shown, not only the verdict. */
  detailed: z.boolean().optional(),
  /** Whether the bot may attach files there, as far as it knows. */
  pictures: z.boolean().default(false),
  /** Whether the message that it replies to is gone, so that the reply is deleted as well. */
  withdrawn: z.boolean().optional(),
  /** Accepted files that have no token yet. They are saved so that a crash loses none. */
  wishes: z.array(wishSchema),
  tokens: z.array(tokenSchema),
});
export type Reply = z.infer<typeof replySchema>;

/** Until when a reply is edited with its interaction token, in ms since the epoch. After that comes the last edit. */
export const directUntil = ({ tokenUntil, tokenOnly }: Reply) => tokenUntil - (tokenOnly ? closingTime : 0);

/**
 * What the next edit of a reply does:
 * - `remove`: deletes it, because the message that it replies to is gone.
 * - `becomeLetter`: makes it a private message, because the bot was down when the interaction's token ended, and the reply is
 *   private or not known.
 * - `wait`: nothing. A letter is only posted when all scans are settled.
 * - `sayLater`: says how to see the results later, because nobody can edit it from then on.
 * - `show`: shows its scans as they are.
 */
export type NextEdit = 'remove' | 'becomeLetter' | 'wait' | 'sayLater' | 'show';

/** `finished`: all its scans are settled. */
export function nextEdit(reply: Reply, finished: boolean, now: number): NextEdit {
  const { withdrawn, replyTo, letter, tokenOnly, messageId, tokenUntil } = reply;
  if (withdrawn) return 'remove';
  if (!replyTo && !letter && now >= tokenUntil && (tokenOnly || !messageId)) return 'becomeLetter';
  if (finished) return 'show';
  if (letter && !messageId) return 'wait';
  return tokenOnly && now >= directUntil(reply) ? 'sayLater' : 'show';
}

/** The index of replies that are not finished. */
export const openReplySchema = z.object({ id: z.string(), guild: z.string().optional() });
export type OpenReply = z.infer<typeof openReplySchema>;
