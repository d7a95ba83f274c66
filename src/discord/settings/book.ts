import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Collection } from '../../scan/ports.ts';
import { createTurns } from '../../scan/turns.ts';
import { withoutOldFields } from './oldSettings.ts';
import { defaultSettings, type GuildSettings, readSettings } from './settings.ts';

/** The stored form. It keeps what another version wrote, and is read field by field. */
export const storedSettingsSchema = z.record(z.string(), z.unknown());
type StoredSettings = z.infer<typeof storedSettingsSchema>;

/** Somebody changed a server's settings. */
export interface Change {
  guild: string;
  /** A user's id. */
  who: string;
  before: GuildSettings;
  after: GuildSettings;
}

/** The settings of all servers. */
export interface SettingsBook {
  read(guild: string): Promise<GuildSettings>;
  /** Changes are made in turn. `alter` gets the current settings. Resolves when the change would survive a kill. */
  change(guild: string, who: string, alter: (settings: GuildSettings) => GuildSettings): Promise<GuildSettings>;
  /** Restores the defaults, except for the lists of trusted and blocked files. */
  reset(guild: string, who: string): Promise<GuildSettings>;
  /** Deletes the settings of a server that the bot has left. */
  forget(guild: string): Promise<void>;
}

export interface SettingsBookParts {
  records: Collection<StoredSettings>;
  /** Called before every change is stored. The change waits for it, and is not made if it rejects. */
  changing(change: Change): Promise<void>;
  /** Called after every change is stored. Must not throw. */
  changed(change: Change): void;
  /** Called with the fields of a server's settings that could not be read. */
  damaged(guild: string, fields: string[]): void;
}

interface Page {
  stored: StoredSettings;
  settings: GuildSettings;
}

export function createSettingsBook({ records, changing, changed, damaged }: SettingsBookParts): SettingsBook {
  const pages = new Map<string, Promise<Page>>();
  const inTurn = createTurns();

  function page(guild: string): Promise<Page> {
    const known = pages.get(guild);
    if (known) return known;
    const loading = load(guild);
    pages.set(guild, loading);
    loading.catch(() => pages.get(guild) === loading && pages.delete(guild));
    return loading;
  }

  async function load(guild: string): Promise<Page> {
    const stored = storedSettingsSchema.parse(withoutOldFields((await records.get(guild)) ?? {}).stored);
    const { settings, damaged: fields } = readSettings(stored);
    if (fields.length > 0) damaged(guild, fields);
    return { stored, settings };
  }

  const change: SettingsBook['change'] = (guild, who, alter) =>
    inTurn(guild, async () => {
      const { stored, settings: before } = await page(guild);
      const after = alter(before);
      if (isDeepStrictEqual(after, before)) return before;
      const altered = { ...stored, ...after };
      const made = { guild, who, before, after };
      await changing(made);
      await records.set(guild, altered);
      pages.set(guild, Promise.resolve({ stored: altered, settings: after }));
      changed(made);
      return after;
    });

  return {
    read: async (guild) => (await page(guild)).settings,
    change,
    reset: (guild, who) => change(guild, who, ({ trust, block }) => ({ ...defaultSettings, trust, block })),
    forget: (guild) =>
      inTurn(guild, async () => {
        await records.delete(guild);
        pages.delete(guild);
      }),
  };
}
