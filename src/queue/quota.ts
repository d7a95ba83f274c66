import { z } from 'zod';
import type { Usage } from '../scan/ports.ts';

export interface Limits {
  perMinute: number;
  perDay: number;
  perMonth: number;
}

/**
 * Calls by UTC day ('2026-02-28') and month ('2026-02'). Yesterday's figure is kept: when the clock has run ahead over
 * midnight and is set back, what was used of the day still counts.
 */
export const countsSchema = z.object({
  days: z.record(z.string(), z.number()),
  months: z.record(z.string(), z.number()),
});
export type Counts = z.infer<typeof countsSchema>;

/** UTC days follow each other evenly from the epoch on: system clocks know no leap seconds. */
const dayLength = 86_400_000;

export const dayOf = (now: number) => new Date(now).toISOString().slice(0, 10);
const monthOf = (now: number) => new Date(now).toISOString().slice(0, 7);

/** When the day's count begins anew, as VirusTotal does it: 00:00 UTC. */
export const nextDay = (now: number) => (Math.floor(now / dayLength) + 1) * dayLength;

/** When the month's count begins anew: 00:00 UTC on the 1st. */
export function nextMonth(now: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}

/** How much of the UTC day is over, 0 to 1. */
export const elapsedOfDay = (now: number) => (now % dayLength) / dayLength;

export function used(counts: Counts, now: number): { day: number; month: number } {
  return { day: counts.days[dayOf(now)] ?? 0, month: counts.months[monthOf(now)] ?? 0 };
}

/**
 * The counts once `now` has been seen. A day or month that begins is charged with the calls on their way: nobody knows on
 * which side of midnight the service counts them.
 */
export function entered(counts: Counts, now: number, inFlight: number): Counts {
  const [day, month] = [dayOf(now), monthOf(now)];
  if (day in counts.days && month in counts.months) return counts;
  return {
    days: newest({ [day]: inFlight, ...counts.days }),
    months: newest({ [month]: inFlight, ...counts.months }),
  };
}

export function charged(counts: Counts, now: number, cost: number): Counts {
  const [day, month] = [dayOf(now), monthOf(now)];
  const before = used(counts, now);
  return {
    days: { ...counts.days, [day]: before.day + cost },
    months: { ...counts.months, [month]: before.month + cost },
  };
}

/** The counts as the service says, with what it may not have seen when it said so. */
export function reconciled(counts: Counts, now: number, usage: Usage, unseen: number): Counts {
  const own = used(counts, now);
  const day = usage.day ? usage.day.used + unseen : own.day;
  const month = usage.month ? usage.month.used + unseen : own.month;
  return {
    days: { ...counts.days, [dayOf(now)]: day },
    months: { ...counts.months, [monthOf(now)]: month },
  };
}

/** What holds: the operator's limits, or the service's where they are tighter. */
export function tighter(limits: Limits, usage: Usage): Limits {
  return {
    ...limits,
    perDay: Math.min(limits.perDay, usage.day?.allowed ?? Number.POSITIVE_INFINITY),
    perMonth: Math.min(limits.perMonth, usage.month?.allowed ?? Number.POSITIVE_INFINITY),
  };
}

function newest(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts)
      .toSorted(([a], [b]) => b.localeCompare(a, 'en'))
      .slice(0, 3),
  );
}
