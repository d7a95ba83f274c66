import { Failure } from '../scan/failure.ts';
import type { Limits } from './quota.ts';

interface Used {
  day: number;
  month: number;
}

/** Whether the day or the month has no calls left. */
export const isSpent = ({ day, month }: Used, { perDay, perMonth }: Limits) => day >= perDay || month >= perMonth;

/** Whether a call of that cost may go now; one that costs more than a minute's slots has to have them all. */
export function fits(
  cost: number,
  { day, month }: Used,
  free: number,
  { perMinute, perDay, perMonth }: Limits,
): boolean {
  return day + cost <= perDay && month + cost <= perMonth && (cost <= free || free === perMinute);
}

/** Why a call can never go: what costs more than a whole day's or month's calls would wait forever, and all others behind it. */
export function hopeless(cost: number, { perDay, perMonth }: Limits): Failure | undefined {
  const most = Math.min(perDay, perMonth);
  // A service that for now allows none at all may say otherwise later.
  if (cost <= Math.max(1, most)) return undefined;
  return new Failure('engine.forbidden', `it costs ${cost} requests, and the key has ${most} a day or month`);
}
