import { stripVTControlCharacters } from 'node:util';
import wrapAnsi from 'wrap-ansi';
import type { Locale } from '../../locales/en-US.ts';
import type { Warning } from '../../verdict/warnings.ts';

/** Characters that would drive the terminal or hide what is there. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A foreign text as it may be shown. Bytes that are no text become U+FFFD. */
export function plain(text: string): string {
  return text.toWellFormed().replace(unseen, '�') || '?';
}

/** Shortens in the middle, so that the extension stays. */
export function shorten(text: string, longest: number): string {
  const characters = [...text];
  if (characters.length <= longest) return text;
  const tail = Math.min(16, Math.floor(longest / 2));
  return [...characters.slice(0, longest - tail - 1), '…', ...characters.slice(-tail)].join('');
}

/** Breaks a text between words so that it fits; later lines are indented. `columns` undefined: it stays one line. */
export function wrap(text: string, columns: number | undefined, indent = '  '): string {
  if (columns === undefined) return text;
  const room = Math.max(20, columns - indent.length);
  return wrapAnsi(text, room).split('\n').join(`\n${indent}`);
}

/** How many columns a text takes, but for its colours. */
export const widthOf = (text: string) => [...stripVTControlCharacters(text)].length;

/** A warning without Discord's markdown and icon. */
export const warningText = (warning: Warning, locale: Locale) =>
  plain(
    locale
      .warning(warning)
      .replace(/^[^\p{L}]+/u, '')
      .replaceAll('`', ''),
  );

/** In decimal units. */
export function bytes(size: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, size)) / 3));
  const value = size / 1000 ** power;
  return `${value.toLocaleString('en-US', { maximumFractionDigits: value < 10 && power > 0 ? 1 : 0 })} ${units[power]}`;
}

/** A bar, filled to `share` (0 to 1). */
export function bar(share: number, width = 20): string {
  const filled = Math.round(Math.min(1, Math.max(0, share || 0)) * width);
  return '█'.repeat(filled) + '░'.repeat(width - filled);
}

/** "8 s", "3 min". */
export function duration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

/** "in 12 seconds", "3 days ago". */
export function fromNow(ms: number, now: number): string {
  const units = [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
  ] as const;
  const [unit, length] = units.find(([, size]) => Math.abs(ms - now) >= size) ?? (['second', 1_000] as const);
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(Math.round((ms - now) / length), unit);
}

export const date = (ms: number) => new Date(ms).toISOString().slice(0, 10);
