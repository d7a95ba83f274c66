import Table from 'cli-table3';
import type { Locale } from '../../locales/en-US.ts';
import { isFlagged } from '../../verdict/opinions.ts';
import type { EngineAnswer } from '../../verdict/report.ts';
import type { Terminal } from '../terminal.ts';
import { plain, shorten } from './text.ts';

const longestSignature = 80;

/** Lines that every terminal has. */
const lines = {
  ...{ top: '-', 'top-mid': '+', 'top-left': '+', 'top-right': '+' },
  ...{ bottom: '-', 'bottom-mid': '+', 'bottom-left': '+', 'bottom-right': '+' },
  ...{ left: '|', 'left-mid': '', mid: '', 'mid-mid': '', right: '|', 'right-mid': '', middle: '|' },
};

/** Every engine and its signature, flagged ones first; an engine without one has its category in brackets. */
export function engineTable(
  engines: readonly EngineAnswer[],
  { style }: Pick<Terminal, 'style'>,
  locale: Locale,
): string {
  const { engine, signature } = locale.cli;
  const table = new Table({ head: [engine, signature], chars: lines, style: { head: [], border: [] } });
  const rows = engines.toSorted(
    (a, b) => Number(isFlagged(b)) - Number(isFlagged(a)) || a.engine.localeCompare(b.engine, 'en'),
  );
  for (const row of rows) {
    const label = shorten(plain(row.label ?? `(${row.category})`), longestSignature);
    table.push([plain(row.engine), style(isFlagged(row) ? 'red' : 'dim', label)]);
  }
  // The table draws lines between all rows or none.
  const [line = '', head = '', ...body] = table.toString().split('\n');
  return [line, head, line, ...body].join('\n');
}
