import { Failure } from '../scan/failure.ts';
import type { Capacity, Usage } from '../scan/ports.ts';

/** What the key allows, in calls. */
export interface Limits {
  perMinute: number;
  perDay: number;
  perMonth: number;
}

/** More would only make the state of a key large. */
const mostPerMinute = 10_000;

/** What the service says that a key may; `otherwise` where it does not say. It tells an hour's calls, not a minute's. */
export function allowedBy({ hour, day, month }: Usage, otherwise: Limits): Limits {
  const perMinute = hour && Math.min(mostPerMinute, Math.max(1, Math.floor(hour.allowed / 60)));
  return {
    perMinute: perMinute ?? otherwise.perMinute,
    perDay: day?.allowed ?? otherwise.perDay,
    perMonth: month?.allowed ?? otherwise.perMonth,
  };
}

/** The day and the month of the lower one. The minute is the operator's, who may know why it is higher. */
export function lower(told: Limits, configured: Limits): Limits {
  return {
    perMinute: configured.perMinute,
    perDay: Math.min(configured.perDay, told.perDay),
    perMonth: Math.min(configured.perMonth, told.perMonth),
  };
}

/** Of VirusTotal's public keys, for where it does not say. */
export const publicLimits: Limits = { perMinute: 4, perDay: 500, perMonth: 15_500 };

/** Calls of the current UTC day and month. */
export interface Used {
  day: number;
  month: number;
}

/** In ms. System clocks know no leap seconds, so every UTC day is this long. */
const dayLength = 86_400_000;

/** 'YYYY-MM-DD' and 'YYYY-MM', UTC. */
export const dayOf = (now: number) => new Date(now).toISOString().slice(0, 10);
export const monthOf = (now: number) => dayOf(now).slice(0, 7);

/** 00:00 UTC, when VirusTotal begins to count anew. */
export const startOfDay = (now: number) => Math.floor(now / dayLength) * dayLength;
export const nextDay = (now: number) => startOfDay(now) + dayLength;

/** When the next month's count begins: 00:00 UTC on the 1st. */
export function nextMonth(now: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}

/** How much of the UTC day is over, 0 to 1. */
export const elapsedOfDay = (now: number) => (now % dayLength) / dayLength;

/** Whether the day or the month has no calls left. */
export const isSpent = ({ day, month }: Used, { perDay, perMonth }: Limits) => day >= perDay || month >= perMonth;

/** Whether a call of that cost fits the limits now. One that costs more than a whole minute's slots needs all of them free. */
export function fits(cost: number, { day, month }: Used, free: number, limits: Limits): boolean {
  const { perMinute, perDay, perMonth } = limits;
  return day + cost <= perDay && month + cost <= perMonth && (cost <= free || free === perMinute);
}

/** The failure of a call that can never go because it costs more than a whole day or month allows. Waiting, it would block all others. */
export function hopeless(cost: number, { perDay, perMonth }: Limits): Failure | undefined {
  const most = Math.min(perDay, perMonth);
  // A limit of 0 may be raised again, so a call that costs 1 waits.
  if (cost <= Math.max(1, most)) return undefined;
  return new Failure('engine.forbidden', `it costs ${cost} requests, and the key has ${most} a day or month`);
}

/** A known file costs a look-up. An unknown one costs an upload and some polls too: measured over days of new files. */
const [callsIfKnown, callsIfUnknown] = [1, 3.2];

/** How many files a key judges in a day, the longest month through. */
export function capacityOf({ perDay, perMonth }: Pick<Limits, 'perDay' | 'perMonth'>): Capacity {
  const calls = Math.min(perDay, perMonth / 31);
  return {
    unknown: rounded(calls / callsIfUnknown),
    mostlyKnown: rounded(calls / (0.8 * callsIfKnown + 0.2 * callsIfUnknown)),
  };
}

/** Downwards, to what people say: by fives up to 200, by twenties up to 1000, by hundreds beyond. */
function rounded(files: number): number {
  const step = files < 20 ? 1 : files < 200 ? 5 : files < 1000 ? 20 : 100;
  return Math.floor(files / step) * step;
}
