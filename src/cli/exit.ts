import { judgementOf } from '../scan/judged.ts';
import type { Scan } from '../scan/scan.ts';
import { isBad, type Word } from '../verdict/word.ts';

/** As clamscan has them. `trouble`: something went wrong, or nobody can say; what is flagged weighs more. */
export const exitCodes = { nothing: 0, flagged: 1, trouble: 2, interrupted: 130 };

export type Ending = 'nothing' | 'flagged' | 'trouble';

const harmless: readonly Word[] = ['clean', 'empty', 'trusted'];

export function endingOf(scan: Scan): Ending {
  return scan.stage === 'settled' ? endingWith(judgementOf(scan).word) : 'trouble';
}

export function endingWith(word: Word): Ending {
  if (isBad(word)) return 'flagged';
  // Silence is not safety: what nobody could judge is trouble.
  return harmless.includes(word) ? 'nothing' : 'trouble';
}

export function exitCodeOf(endings: readonly Ending[]): number {
  if (endings.includes('flagged')) return exitCodes.flagged;
  return endings.includes('trouble') ? exitCodes.trouble : exitCodes.nothing;
}
