import { z } from 'zod';
import type { Collection } from '../../scan/ports.ts';
import { createTurns } from '../../scan/turns.ts';

/** Why a file or a link in a watched channel was not scanned: its verified content, who posted it, or where. */
export const skipReasonSchema = z.enum([
  'image',
  'audio',
  'video',
  'text',
  'exemptRole',
  'exemptChannel',
  'exemptBot',
  'exemptWebhook',
  'manyLinks',
]);

export type SkipReason = z.infer<typeof skipReasonSchema>;

const skippedFileSchema = z.object({ at: z.number(), channel: z.string(), name: z.string(), reason: skipReasonSchema });
export type SkippedFile = z.infer<typeof skippedFileSchema>;

/** An unreadable entry is dropped, because it is only an explanation. */
export const skippedRowSchema = z.object({
  files: z.array(z.unknown()).transform((all) => all.flatMap((one) => skippedFileSchema.safeParse(one).data ?? [])),
});
type SkippedRow = z.infer<typeof skippedRowSchema>;

const kept = 20;

/** The last files of each server that were skipped, so that `/vtconfig` can explain them. */
export interface SkippedFiles {
  add(guild: string, file: SkippedFile): Promise<void>;
  /** Newest first. */
  of(guild: string): Promise<SkippedFile[]>;
  forget(guild: string): Promise<void>;
}

export function createSkippedFiles(records: Collection<SkippedRow>): SkippedFiles {
  const inTurn = createTurns();
  const of = async (guild: string) => (await records.get(guild))?.files ?? [];
  return {
    of,
    add: (guild, file) =>
      inTurn(guild, async () => {
        await records.set(guild, { files: [file, ...(await of(guild))].slice(0, kept) });
      }),
    forget: (guild) => inTurn(guild, () => records.delete(guild)),
  };
}
