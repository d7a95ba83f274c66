import { z } from 'zod';
import { modeSchema, originSchema, sourceSchema } from '../../scan/scan.ts';
import { tokenSchema } from '../../scan/token.ts';

const wishSchema = z.object({
  source: sourceSchema,
  origin: originSchema,
  mode: modeSchema.optional(),
  password: z.string().optional(),
});

/** One message of ours that is edited until all its scans are settled: what a restart must know of it. */
export const replySchema = z.object({
  /** The interaction's id, or that of the message to which it is an ordinary reply. */
  id: z.string(),
  /** undefined: there is no interaction. */
  applicationId: z.string().optional(),
  channelId: z.string(),
  /** undefined until Discord has heard from us. */
  messageId: z.string().optional(),
  /** The message to which it is an ordinary reply, that nobody asked for. */
  replyTo: z.string().optional(),
  private: z.boolean(),
  tokenOnly: z.boolean(),
  /** Erased when it has expired or is no longer needed. */
  interactionToken: z.string().optional(),
  tokenUntil: z.number(),
  /** Stands above the files. */
  note: z.string().optional(),
  /** Stands below the note, small. */
  aside: z.string().optional(),
  /** Files that were only looked up, and that VirusTotal has never seen, get a button that uploads them. */
  asks: z.boolean().default(false),
  /** Whether a button deletes the scan. */
  forgets: z.boolean().default(false),
  /** A report: all that is known, not only the verdict. */
  detailed: z.boolean().optional(),
  /** Accepted, but without a token yet: a crash in between loses no file. */
  wishes: z.array(wishSchema),
  tokens: z.array(tokenSchema),
});
export type Reply = z.infer<typeof replySchema>;

/** The index of replies that are not finished. */
export const openReplySchema = z.object({ id: z.string() });
