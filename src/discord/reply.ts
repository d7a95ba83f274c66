import { z } from 'zod';
import { originSchema, sourceSchema } from '../scan/scan.ts';
import { tokenSchema } from '../scan/token.ts';

const wishSchema = z.object({ source: sourceSchema, origin: originSchema, password: z.string().optional() });

/** One message of ours that is edited until all its scans are settled: what a restart must know of it. */
export const replySchema = z.object({
  /** The interaction's id. */
  id: z.string(),
  applicationId: z.string(),
  channelId: z.string(),
  /** undefined until Discord has heard from us. */
  messageId: z.string().optional(),
  private: z.boolean(),
  /** Erased when it has expired or is no longer needed. */
  interactionToken: z.string().optional(),
  tokenUntil: z.number(),
  /** Stands above the files. */
  note: z.string().optional(),
  /** Accepted, but without a token yet: a crash in between loses no file. */
  wishes: z.array(wishSchema),
  tokens: z.array(tokenSchema),
});
export type Reply = z.infer<typeof replySchema>;

/** The index of replies that are not finished. */
export const openReplySchema = z.object({ id: z.string() });
