import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import type { Locale } from '../../locales/en-US.ts';
import type { Warning } from '../../verdict/warnings.ts';

/** Characters that would control the terminal or hide something. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Returns a foreign text that is safe to show. Bytes that are not text become U+FFFD. */
export function plain(text: string): string {
  return text.toWellFormed().replace(unseen, '�') || '?';
}

/** Returns how many columns a text takes, without its color codes. East Asian characters take two. */
export const widthOf = (text: string): number => stringWidth(text);

/** Adds spaces at the end, up to `columns`. */
export const padded = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - widthOf(text)));

/** Returns the beginning of the text that fits. */
export function clipped(text: string, columns: number): string {
  let beginning = '';
  let room = columns;
  for (const character of text) {
    room -= widthOf(character);
    if (room < 0) break;
    beginning += character;
  }
  return beginning;
}

/** Shortens in the middle to at most `columns`, so that the extension stays. */
export function shorten(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  const tail = reversed(clipped(reversed(text), Math.min(16, Math.floor(columns / 2))));
  return `${clipped(text, columns - widthOf(tail) - 1)}…${tail}`;
}

const reversed = (text: string) => [...text].toReversed().join('');

/** Wraps a text between words and indents later lines. `columns` undefined: it stays one line. */
export function wrap(text: string, columns: number | undefined, indent = '  '): string {
  if (columns === undefined) return text;
  const room = Math.max(20, columns - indent.length);
  // East Asian sentences have few spaces to break at.
  const hard = widthOf(text) > [...stripVTControlCharacters(text)].length;
  return wrapAnsi(text, room, { hard }).split('\n').join(`\n${indent}`);
}

/** A warning without Discord's markdown and icon. */
export const warningText = (warning: Warning, locale: Locale) =>
  plain(
    locale
      .warning(warning)
      .replace(/^[^\p{L}]+/u, '')
      .replaceAll('`', ''),
  );

/** A bar, filled to `share` (0 to 1). */
export function bar(share: number, width = 20): string {
  const filled = Math.round(Math.min(1, Math.max(0, share || 0)) * width);
  return '█'.repeat(filled) + '░'.repeat(width - filled);
}
