import type { Scan } from '../scan/scan.ts';
import { byWeight } from './detections.ts';
import { isFlagged } from './opinions.ts';
import type { EngineAnswer } from './report.ts';

/** The engines that a table shows. */
export type Selection = 'flagged' | 'all';

/** Returns the engines' answers in reading order: flagging engines first, the reputable ones among them before the others. */
export function rowsOf(scan: Scan, selection: Selection): EngineAnswer[] {
  if (scan.stage !== 'settled' || scan.outcome.kind !== 'done') return [];
  const rows = scan.outcome.report.engines.toSorted(byWeight(scan.source.kind === 'url' ? 'url' : 'file'));
  return selection === 'all' ? rows : rows.filter(isFlagged);
}
