import { z } from 'zod';
import { enUS, type Locale } from './en-US.ts';
import { zhCN } from './zh-CN.ts';

/** The languages that vtscan speaks, by the tags that Discord has for them. The first is for those who read none of the others. */
export const languageSchema = z.enum(['en-US', 'zh-CN']);
export type Language = z.infer<typeof languageSchema>;

const locales: Record<Language, Locale> = { 'en-US': enUS, 'zh-CN': zhCN };

export const languages: readonly Language[] = languageSchema.options;

/** The words of a language. Takes the same tags as `languageOf`. */
export const localeOf = (tag: string | undefined): Locale => locales[languageOf(tag)];

/**
 * The language for a tag of Discord ("zh-TW") or of a POSIX environment ("ko_KR.UTF-8", "zh_Hant"). English for whoever wants
 * a language that there is not, or none.
 */
export function languageOf(tag = ''): Language {
  const [name = '', ...more] = tag
    .toLowerCase()
    .replace(/[.@].*$/, '')
    .split(/[-_]/);
  const wanted = name === 'zh' ? chineseOf(more) : name;
  return languages.find((one) => [one, one.slice(0, 2)].some((own) => own.toLowerCase() === wanted)) ?? 'en-US';
}

const traditionalPlaces = ['tw', 'hk', 'mo'];

/** By the script, or else by what is written in the country. */
function chineseOf(more: readonly string[]): string {
  const isTraditional =
    more.includes('hant') || (!more.includes('hans') && more.some((one) => traditionalPlaces.includes(one)));
  return isTraditional ? 'zh-tw' : 'zh-cn';
}
