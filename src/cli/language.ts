import type { Environment } from '../config.ts';
import type { Locale } from '../locales/en-US.ts';
import { localeOf } from '../locales/languages.ts';

/** The words for a person at a terminal: as `--lang` says, else by the environment, as POSIX orders its variables. */
export function localeFor(words: readonly string[], { LC_ALL, LC_MESSAGES, LANG }: Environment): Locale {
  return localeOf(wanted(words) || LC_ALL || LC_MESSAGES || LANG);
}

/** The value of `--lang`, which may stand anywhere before `--`. It is needed before commander reads the words. */
function wanted(words: readonly string[]): string | undefined {
  const end = words.indexOf('--');
  const options = end < 0 ? words : words.slice(0, end);
  const at = options.findLastIndex((word) => word === '--lang' || word.startsWith('--lang='));
  return at < 0 ? undefined : (options[at]?.split('=')[1] ?? options[at + 1]);
}
