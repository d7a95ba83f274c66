import type { Locale } from '../../locales/en-US.ts';
import type { Word } from '../../verdict/word.ts';

/** How a scan ended, in one character. */
export const markOf = (word: Word, { verdicts }: Locale): string => verdicts[word].icon;
