import { z } from 'zod';
import { languageSchema } from '../../locales/languages.ts';
import { modeSchema, originSchema, sourceSchema } from '../../scan/scan.ts';
import { tokenSchema } from '../../scan/token.ts';
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

/** The index of replies that are not finished. */
export const openReplySchema = z.object({ id: z.string(), guild: z.string().optional() });
export type OpenReply = z.infer<typeof openReplySchema>;
