import { isSpent } from './budget.ts';
import type { Ledger } from './ledger.ts';
import type { LineUp } from './lineUp.ts';
import { nextDay } from './quota.ts';
import { type Reconciler, reconcileEvery } from './reconciler.ts';

interface UsedUpOptions {
  now(): number;
  ledger: Ledger;
  line: LineUp;
  usage: Reconciler;
  news(event: { event: 'usedUp'; day: string; until: number }): void;
}

/**
 * Answers with whether the day or the month is used up. While it is and calls wait, the service is asked whether it agrees;
 * the operator hears of it once a day.
 */
export function usedUpWatch({ now, ledger, line, usage, news }: UsedUpOptions): () => boolean {
  let usedUpOn = '';

  return () => {
    if (!isSpent(ledger.used(), ledger.limits())) return false;
    const { day: today } = ledger.today();
    if (line.all.size > 0) usage.askIfOlder(usedUpOn === today ? reconcileEvery : 0);
    if (usedUpOn !== today) news({ event: 'usedUp', day: today, until: nextDay(now()) });
    usedUpOn = today;
    return true;
  };
}
