import type { Scan } from '../scan/scan.ts';
import type { EngineAnswer } from './report.ts';
import { defaultThresholds, isFlagged } from './verdict.ts';

/** Which engines a table shows. */
export type Selection = 'flagged' | 'all';

/** The engines' answers as they are read: flagged first, the reputable among them before the others. */
export function rowsOf(scan: Scan, selection: Selection): EngineAnswer[] {
  if (scan.stage !== 'settled' || scan.outcome.kind !== 'done') return [];
  const rows = scan.outcome.report.engines.toSorted(byWeight);
  return selection === 'all' ? rows : rows.filter(isFlagged);
}

function byWeight(a: EngineAnswer, b: EngineAnswer): number {
  return weight(a) - weight(b) || a.category.localeCompare(b.category, 'en') || a.engine.localeCompare(b.engine, 'en');
}

function weight(row: EngineAnswer): number {
  if (!isFlagged(row)) return 2;
  return defaultThresholds.reputable.includes(row.engine) ? 0 : 1;
}
