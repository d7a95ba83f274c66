import { z } from 'zod';
import { type Language, languageOf } from '../locales/languages.ts';
import type { Collection } from '../scan/ports.ts';
import type { SettingsBook } from './settings/book.ts';

/** The language in which a member last used the bot, as Discord's tag. */
export const spokenSchema = z.object({ tag: z.string() });
/** How long that is remembered, in ms. */
export const spokenKept = 90 * 24 * 60 * 60_000;
const day = 24 * 60 * 60_000;
/** Members whose language this process knows to be stored. */
const mostKnown = 10_000;

/** Who reads what. Whoever presses or asks reads the language that Discord tells with it. */
export interface Languages {
  /** What all in a server read: its setting, or else what the server has told Discord. */
  ofServer(guild: string): Promise<Language>;
  /** What a member reads in a private message: the language last seen, else that of the server. */
  ofMember(user: string, guild: string): Promise<Language>;
  /** Somebody has used the bot in that language of Discord. */
  seen(user: string, tag: string): void;
}

interface LanguagesParts {
  settings: Pick<SettingsBook, 'read'>;
  /** By user. A row is lost after `spokenKept`. */
  records: Collection<z.infer<typeof spokenSchema>>;
  /** Discord's tag of the server's own language; undefined: the bot is not in that server. */
  tagOf(guild: string): string | undefined;
  now(): number;
  failed(error: unknown): void;
}

export function createLanguages({ settings, records, tagOf, now, failed }: LanguagesParts): Languages {
  /** Written once a day at most, so that a press costs no write. */
  const known = new Map<string, string>();

  async function ofServer(guild: string): Promise<Language> {
    const { language } = await settings.read(guild);
    return language === 'server' ? languageOf(tagOf(guild)) : language;
  }

  return {
    ofServer,
    async ofMember(user, guild) {
      const spoken = await records.get(user);
      return spoken ? languageOf(spoken.tag) : ofServer(guild);
    },
    seen(user, tag) {
      const today = `${tag} ${Math.floor(now() / day)}`;
      if (known.get(user) === today) return;
      if (known.size >= mostKnown) known.clear();
      known.set(user, today);
      records.set(user, { tag }).catch((error: unknown) => {
        known.delete(user);
        failed(error);
      });
    },
  };
}
