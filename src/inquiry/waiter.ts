import { z } from 'zod';
import { modeSchema } from '../scan/scan.ts';

/** A person who waits for an inquiry that another process makes. */
export const waiterSchema = z.object({
  /** Of the inquiry. */
  key: z.string(),
  /** The id of the process in which they wait. */
  process: z.string(),
  mode: modeSchema,
  /** Whether it is about bytes that may be uploaded. */
  hasFile: z.boolean(),
  server: z.string().optional(),
  member: z.string().optional(),
  /** When the subject was first asked for there: ms since the epoch. */
  since: z.number(),
});
export type Waiter = z.infer<typeof waiterSchema>;

/** A waiter is told to the process that makes the inquiry, which reads it within seconds. Ms. */
export const waitersKept = 60_000;
