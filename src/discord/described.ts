import type { LocalizationMap, SharedNameAndDescription } from 'discord.js';
import { enUS, type Locale } from '../locales/en-US.ts';
import { languages, localeOf } from '../locales/languages.ts';

type Words = (commands: Locale['commands']) => string;

/** Gives a command or an option its name, which is the same everywhere, and its description in every language. */
export function described<Builder extends SharedNameAndDescription>(
  builder: Builder,
  name: string,
  words: Words,
): Builder {
  return builder.setName(name).setDescription(words(enUS.commands)).setDescriptionLocalizations(translations(words));
}

/** The texts for members who do not use Discord in English. */
export const translations = (words: Words): LocalizationMap =>
  Object.fromEntries(
    languages
      .filter((language) => language !== 'en-US')
      .map((language) => [language, words(localeOf(language).commands)]),
  );
