import { z } from 'zod';
import type { Collection } from '../../scan/ports.ts';
import type { Preset } from './presets.ts';
import { settingsSchema } from './settings.ts';

export const undoSchema = z.object({
  guild: z.string(),
  before: settingsSchema.pick({ policies: true, newAccountDays: true }),
});
/** In ms. */
export const undoLife = 60 * 60_000;

/** The settings of a server from before its last preset. */
export interface Undo {
  keep(guild: string, before: Preset): Promise<void>;
  /** undefined: there is nothing to undo. */
  take(guild: string): Promise<Preset | undefined>;
  forget(guild: string): Promise<void>;
}

/** `records` lose a row after `undoLife`. */
export function createUndo(records: Collection<z.infer<typeof undoSchema>>): Undo {
  return {
    keep: (guild, before) => records.set(guild, { guild, before }),
    async take(guild) {
      const row = await records.get(guild);
      await records.delete(guild);
      return row?.before;
    },
    forget: (guild) => records.delete(guild),
  };
}
