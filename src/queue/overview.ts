import type { Overview } from '../scan/ports.ts';
import { isInteractive } from './call.ts';
import type { Ledger } from './ledger.ts';
import type { LineUp } from './lineUp.ts';
import type { Minute } from './minute.ts';
import { nextDay, nextMonth } from './quota.ts';

interface Parts {
  ledger: Ledger;
  line: LineUp;
  minute: Minute;
  refused: boolean;
  now: number;
}

const hour = 3_600_000;

export function overviewOf({ ledger, line, minute, refused, now }: Parts, server: string | undefined): Overview {
  const { perMinute, perDay, perMonth } = ledger.limits();
  const used = ledger.used();
  const { calls, verdicts, lookUps, known } = ledger.today();
  const waiting = [...line.all].filter(
    ({ asker }) => asker.urgency !== 'spare' && (server === undefined || asker.server === server),
  );
  const interactive = waiting.filter(isInteractive).length;
  const byHour = new Map(ledger.hours());
  const thisHour = Math.floor(now / hour) * hour;

  return {
    minute: { used: perMinute - minute.free(), allowed: perMinute, resetsAt: minute.releases()[0] ?? now },
    day: { used: used.day, allowed: perDay, resetsAt: nextDay(now) },
    month: { used: used.month, allowed: perMonth, resetsAt: nextMonth(now) },
    key: refused ? 'refused' : 'accepted',
    waiting: { interactive, automatic: waiting.length - interactive },
    today: { calls, verdicts, lookUps, known },
    hours: Array.from({ length: 24 }, (_, index) => byHour.get(thisHour - (23 - index) * hour) ?? 0),
  };
}
