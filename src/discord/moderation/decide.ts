import type { SettledScan } from '../../scan/scan.ts';
import { type GuildSettings, timeOutLengths } from '../settings/settings.ts';
import type { BadVerdict, Step, StepKind } from './case.ts';

const day = 24 * 60 * 60_000;
/** Discord: 28 days from when it hears of it. Its clock may be behind ours. */
const longestTimeOut = 28 * day - 60_000;

/** Whether somebody has to hear of a scan that was judged as its server wishes. */
export function badVerdictOf({ outcome }: SettledScan): BadVerdict | undefined {
  if (outcome.kind === 'ruled') return outcome.ruling === 'blocked' ? 'malicious' : undefined;
  if (outcome.kind === 'error') return undefined;
  const { verdict } = outcome.judgement;
  return verdict === 'malicious' || verdict === 'suspicious' ? verdict : undefined;
}

/** What follows the alert, in this order; undefined: not even an alert. */
export function stepsFor(verdict: BadVerdict, settings: GuildSettings, now: number): Step[] | undefined {
  const action = settings.actions[verdict];
  const told: StepKind[] = settings.tellAuthor ? ['tellAuthor'] : [];
  switch (action) {
    case 'none':
      return undefined;
    case 'alert':
      return [];
    case 'delete':
      return todo(['delete', ...told]);
    case 'deleteAndTimeOut':
      return todo(['delete', 'timeOut', ...told], timeOutEnd(timeOutLengths[settings.timeOut], now));
    default:
      return action satisfies never;
  }
}

/** When a time-out of that length ends that begins now. */
export const timeOutEnd = (length: number, now: number) => now + Math.min(length, longestTimeOut);

function todo(kinds: readonly StepKind[], until?: number): Step[] {
  return kinds.map((kind) => ({ kind, state: 'todo', ...(kind === 'timeOut' && { until }) }));
}
