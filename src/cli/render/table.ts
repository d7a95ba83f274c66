import Table from 'cli-table3';
import type { Locale } from '../../locales/en-US.ts';
import { isFlagged } from '../../verdict/opinions.ts';
import type { EngineAnswer } from '../../verdict/report.ts';
import type { Drawn } from './result.ts';
import { plain, shorten, widthOf } from './text.ts';

const longestSignature = 80;

/** Columns of lines and spaces in a row. */
const frame = 8;

/** Lines of characters that every terminal can show. */
const lines = {
  ...{ top: '-', 'top-mid': '+', 'top-left': '+', 'top-right': '+' },
  ...{ bottom: '-', 'bottom-mid': '+', 'bottom-left': '+', 'bottom-right': '+' },
  ...{ left: '|', 'left-mid': '', mid: '', 'mid-mid': '', right: '|', 'right-mid': '', middle: '|' },
};

/** Every engine and its signature, flagged ones first; an engine without one has its category in brackets. */
export function engineTable(engines: readonly EngineAnswer[], { style, columns }: Drawn, locale: Locale): string {
  const { engine, signature } = locale.cli;
  const table = new Table({ head: [engine, signature], chars: lines, style: { head: [], border: [] } });
  const rows = engines.toSorted(
    (a, b) => Number(isFlagged(b)) - Number(isFlagged(a)) || a.engine.localeCompare(b.engine, 'en'),
  );
  const names = Math.max(widthOf(engine), ...rows.map((row) => widthOf(plain(row.engine))));
  const room = columns === undefined ? longestSignature : Math.max(20, columns - names - frame);
  for (const row of rows) {
    const label = shorten(plain(row.label ?? `(${locale.answers[row.category]})`), Math.min(room, longestSignature));
    table.push([plain(row.engine), style(isFlagged(row) ? 'red' : 'dim', label)]);
  }
  // The table draws lines between all rows or none.
  const [line = '', head = '', ...body] = table.toString().split('\n');
  return [line, head, line, ...body].join('\n');
}
