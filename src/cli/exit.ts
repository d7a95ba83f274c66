import { judgementOf } from '../scan/judged.ts';
import type { Scan } from '../scan/scan.ts';
import { isBad, type Word } from '../verdict/word.ts';

/** The same exit codes as clamscan's. `trouble`: something failed or could not be judged. `flagged` outweighs it. */
export const exitCodes = { nothing: 0, flagged: 1, trouble: 2, interrupted: 130 };

export type Ending = 'nothing' | 'flagged' | 'trouble';

const harmless: readonly Word[] = ['clean', 'empty', 'trusted'];

export function endingOf(scan: Scan): Ending {
  return scan.stage === 'settled' ? endingWith(judgementOf(scan).word) : 'trouble';
}

export function endingWith(word: Word): Ending {
  if (isBad(word)) return 'flagged';
  // Silence is not safety: a file that could not be judged is trouble.
  return harmless.includes(word) ? 'nothing' : 'trouble';
}

export function exitCodeOf(endings: readonly Ending[]): number {
  if (endings.includes('flagged')) return exitCodes.flagged;
  return endings.includes('trouble') ? exitCodes.trouble : exitCodes.nothing;
}
