import type { Overview } from '../scan/ports.ts';
import type { Health } from './health.ts';
import type { Ledger } from './ledger.ts';
import type { Limiter } from './limiter.ts';
import { isInteractive, type Line } from './line.ts';
import { nextDay, nextMonth } from './policy.ts';

interface OverviewParts {
  limiter: Limiter;
  ledger: Ledger;
  line: Line;
  health: Health;
  now(): number;
}

/** What is used of the key, and how many files wait. `server`: counts only that server's files. */
export function overviewOf({ limiter, ledger, line, health, now }: OverviewParts, server?: string): Overview {
  const { perMinute, perDay, perMonth } = limiter.limits();
  const used = limiter.used();
  const { calls, verdicts, lookUps, known } = ledger.today();
  const waiting = [...line.all].filter(
    ({ asker }) => asker.urgency !== 'spare' && (server === undefined || asker.server === server),
  );
  const interactive = waiting.filter(isInteractive).length;
  return {
    minute: { used: perMinute - limiter.free(), allowed: perMinute, resetsAt: limiter.releases()[0] ?? now() },
    day: { used: used.day, allowed: perDay, resetsAt: nextDay(now()) },
    month: { used: used.month, allowed: perMonth, resetsAt: nextMonth(now()) },
    key: health.trouble()?.for === 'key' ? 'refused' : 'accepted',
    waiting: { interactive, automatic: waiting.length - interactive },
    today: { calls, verdicts, lookUps, known },
    hours: ledger.hours(),
  };
}
