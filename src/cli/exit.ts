import type { Scan } from '../scan/scan.ts';

/** As clamscan has them. `trouble`: something went wrong, or nobody can say; what is flagged weighs more. */
export const exitCodes = { nothing: 0, flagged: 1, trouble: 2, interrupted: 130 };

export type Ending = 'nothing' | 'flagged' | 'trouble';

export function endingOf(scan: Scan): Ending {
  if (scan.stage !== 'settled' || scan.outcome.kind === 'error') return 'trouble';
  if (scan.outcome.kind === 'ruled') return scan.outcome.ruling === 'blocked' ? 'flagged' : 'nothing';
  const { verdict, counts } = scan.outcome.judgement;
  if (counts.flagged > 0) return 'flagged';
  // Silence is not safety.
  return verdict === 'unknown' ? 'trouble' : 'nothing';
}

export function exitCodeOf(endings: readonly Ending[]): number {
  if (endings.includes('flagged')) return exitCodes.flagged;
  return endings.includes('trouble') ? exitCodes.trouble : exitCodes.nothing;
}
