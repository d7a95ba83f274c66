import type { Place } from '../scan/ports.ts';
import { type Call, isInteractive } from './call.ts';
import { inOrder, places } from './forecast.ts';
import type { KeyWatch } from './keyWatch.ts';
import type { Ledger } from './ledger.ts';
import type { LineUp } from './lineUp.ts';
import type { Minute } from './minute.ts';
import { nextDay, nextMonth } from './quota.ts';
import { beyondShare, leftToday, spacing } from './schedule.ts';

interface Parts {
  ledger: Ledger;
  line: LineUp;
  minute: Minute;
  key: KeyWatch;
  now: number;
  /** No call is sent before this: ms since the epoch. */
  pausedUntil: number;
}

/** Where each call that may go stands; polls that are not due wait for their analysis and not for a place. */
export function placesOf({ ledger, line, minute, key, now, pausedUntil }: Parts): [Call, Place][] {
  const { interactive, automatic, excess } = line.lanes;
  const limits = ledger.limits();
  const people = [...interactive.calls(), ...excess.calls()];
  const over = new Set(people.filter(({ asker, order }) => beyondShare(ledger.spent(asker), order.cost, limits)));
  const fair = people.filter((call) => !over.has(call));
  const calls = [fair, automatic.calls(), [...over]].flatMap((waiting) => inOrder(waiting, ledger.served));
  if (calls.length === 0) return [];

  const used = ledger.used();
  const { lookUps, known } = ledger.today();
  const left = leftToday(used.day, ledger.elapsed(), limits);
  const others = fair.length > 0 || (automatic.size > 0 && left.automatic > 0);
  const forecast = places(
    calls.map((call) => ({ interactive: isInteractive(call), kind: call.order.kind })),
    {
      now: Math.max(now, pausedUntil),
      perMinute: limits.perMinute,
      releases: minute.releases(),
      spacing: spacing(limits),
      leftToday: left,
      nextDay: nextDay(now),
      knownShare: lookUps > 0 ? known / lookUps : 0,
      typical: ledger.typical(),
      polls: pollsOf(line),
    },
  );

  return calls.map((call, ahead) => {
    const { cost } = call.order;
    const place = forecast[ahead] ?? { for: 'turn', ahead, until: undefined };
    if (key.refusal() || key.onTrial()) return [call, { for: 'key', ahead, until: Math.max(key.nextTry(), now) }];
    if (used.month + cost > limits.perMonth) return [call, { for: 'month', ahead, until: nextMonth(now) }];
    if (used.day + cost > limits.perDay) return [call, { for: 'day', ahead, until: nextDay(now) }];
    if (others && over.has(call)) return [call, { for: 'share', ahead, until: nextDay(now) }];
    return [call, place];
  });
}

function pollsOf({ all }: LineUp): { interactive: number[]; all: number[] } {
  const undue = [...all].filter((call) => call.alarm !== undefined);
  const dues = (calls: Call[]) => calls.map(({ dueAt }) => dueAt).sort((a, b) => a - b);
  return { interactive: dues(undue.filter(isInteractive)), all: dues(undue) };
}
