import { z } from 'zod';
import { type Language, languageOf } from '../locales/languages.ts';
import type { Collection } from '../scan/ports.ts';
import type { SettingsBook } from './settings/book.ts';

/** The language in which a member last used the bot, as Discord's tag. */
export const spokenSchema = z.object({ tag: z.string() });
/** How long it is remembered, in ms. */
export const spokenKept = 90 * 24 * 60 * 60_000;
const day = 24 * 60 * 60_000;
/** Members whose language this process knows to be stored. */
const mostKnown = 10_000;

/** Which language to use. Replies to a command or a press use the language that Discord sends with it instead. */
export interface Languages {
  /** The language for everybody in a server: its setting, or else the server's language in Discord. */
  ofServer(guild: string): Promise<Language>;
  /** The language for a private message: the member's last one, or else the server's. */
  ofMember(user: string, guild: string): Promise<Language>;
  /** Remembers the language in which somebody used the bot. */
  seen(user: string, tag: string): void;
}

interface LanguagesParts {
  settings: Pick<SettingsBook, 'read'>;
  /** By user. A row is lost after `spokenKept`. */
  records: Collection<z.infer<typeof spokenSchema>>;
  /** Discord's tag for the server's language; undefined: the bot is not in that server. */
  tagOf(guild: string): string | undefined;
  now(): number;
  failed(error: unknown): void;
}

export function createLanguages({ settings, records, tagOf, now, failed }: LanguagesParts): Languages {
  /** Stored once a day at most, so that not every press costs a write. */
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
