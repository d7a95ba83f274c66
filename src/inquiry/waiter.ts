import { z } from 'zod';
import { modeSchema } from '../scan/scan.ts';

/** Somebody who waits for an inquiry that another process makes: one of each kind. Their keys may pay for its calls. */
export const waiterSchema = z.object({
  /** Of the inquiry. */
  key: z.string(),
  /** The id of the process in which they wait. */
  process: z.string(),
  /** Rows of older versions are about people only, and lack it. */
  urgency: z.enum(['interactive', 'automatic', 'spare']).default('interactive'),
  mode: modeSchema,
  /** Whether it is about bytes that may be uploaded. */
  hasFile: z.boolean(),
  server: z.string().optional(),
  member: z.string().optional(),
  /** When the subject was first asked for there: ms since the epoch. */
  since: z.number(),
});
export type Waiter = z.infer<typeof waiterSchema>;

/** The same text for all in a process for whom the engine is asked in the same way, and with the same key. */
export const kindOf = ({ urgency, mode, hasFile, server }: Omit<Waiter, 'process'>) =>
  [urgency, mode, hasFile, server].join(':');

/** A waiter is told to the process that makes the inquiry, which reads it within seconds. Ms. */
export const waitersKept = 60_000;
