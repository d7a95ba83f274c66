import type { Environment } from '../config.ts';
import type { Locale } from '../locales/en-US.ts';
import { localeOf } from '../locales/languages.ts';

/**
 * Returns the words for a person at a terminal: in the language of `--lang`, or else of the environment, in POSIX's order of
 * variables.
 */
export function localeFor(words: readonly string[], { LC_ALL, LC_MESSAGES, LANG }: Environment): Locale {
  return localeOf(wanted(words) || LC_ALL || LC_MESSAGES || LANG);
}

/** Returns the value of `--lang`, which may be anywhere before `--`. It is needed before commander reads the arguments. */
function wanted(words: readonly string[]): string | undefined {
  const end = words.indexOf('--');
  const options = end < 0 ? words : words.slice(0, end);
  const at = options.findLastIndex((word) => word === '--lang' || word.startsWith('--lang='));
  return at < 0 ? undefined : (options[at]?.split('=')[1] ?? options[at + 1]);
}
