import { z } from 'zod';
import type { Collection } from '../scan/ports.ts';
import { firstGuess } from './analysisTime.ts';
import { countsSchema } from './quota.ts';

/** What one UTC day brought. */
const todaySchema = z.object({
  day: z.string(),
  calls: z.number(),
  lookUps: z.number(),
  /** Look-ups that already had the answer. */
  known: z.number(),
  verdicts: z.number(),
  /** Calls by command, of members and servers that used enough to matter. */
  members: z.record(z.string(), z.number()),
  servers: z.record(z.string(), z.number()),
});
export type Today = z.infer<typeof todaySchema>;

/** All that the scheduler keeps over a restart: one small record, rewritten before each call is sent. */
export const quotaStateSchema = z.object({
  counts: countsSchema,
  minute: z.object({ inFlight: z.number(), answered: z.array(z.tuple([z.number(), z.number()])) }),
  /** The learned time within which three of four analyses finish, in ms. */
  analysisTime: z.number(),
  /** Whoever was served, by turn: the highest number is the latest. */
  served: z.array(z.tuple([z.string(), z.number()])),
  today: todaySchema,
  /** Calls by the hour's begin, in ms since the epoch. */
  hours: z.array(z.tuple([z.number(), z.number()])),
});
export type QuotaState = z.infer<typeof quotaStateSchema>;

/** The record's key in its collection. */
export const quotaKey = 'quota';

export const emptyState: QuotaState = {
  counts: { days: {}, months: {} },
  minute: { inFlight: 0, answered: [] },
  analysisTime: firstGuess,
  served: [],
  today: { day: '', calls: 0, lookUps: 0, known: 0, verdicts: 0, members: {}, servers: {} },
  hours: [],
};

/**
 * Saves the record, one at a time: whoever asks while a save is running shares the next one. Resolves when what was true
 * at the time of asking would survive a kill.
 */
export function saver(collection: Collection<QuotaState>, snapshot: () => QuotaState): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  async function save(before: Promise<void>): Promise<void> {
    await before.catch(() => {});
    next = undefined;
    await collection.set(quotaKey, snapshot());
  }

  return () => {
    if (!next) {
      next = save(running);
      running = next;
    }
    return next;
  };
}
