import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import type { Locale } from '../../locales/en-US.ts';
import type { Warning } from '../../verdict/warnings.ts';

/** Characters that would drive the terminal or hide what is there. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A foreign text as it may be shown. Bytes that are no text become U+FFFD. */
export function plain(text: string): string {
  return text.toWellFormed().replace(unseen, '�') || '?';
}

/** How many columns a text takes, but for its colours. East Asian characters take two. */
export const widthOf = (text: string): number => stringWidth(text);

/** As wide as `columns` by spaces at its end. */
export const padded = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - widthOf(text)));

/** As much of the text's beginning as fits. */
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

/** Shortens in the middle to so many columns, so that the extension stays. */
export function shorten(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  const tail = reversed(clipped(reversed(text), Math.min(16, Math.floor(columns / 2))));
  return `${clipped(text, columns - widthOf(tail) - 1)}…${tail}`;
}

const reversed = (text: string) => [...text].toReversed().join('');

/** Breaks a text between words so that it fits; later lines are indented. `columns` undefined: it stays one line. */
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
