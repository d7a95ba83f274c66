import type { GuildSettings } from '../settings/settings.ts';

type Weekday = Exclude<GuildSettings['digest'], 'off'>;

const day = 24 * 60 * 60_000;
/** Digests are due at 08:00 UTC, in ms after midnight. */
const dueAt = 8 * 60 * 60_000;
/** The epoch began on a Thursday. */
const weekdays: readonly Weekday[] = ['thursday', 'friday', 'saturday', 'sunday', 'monday', 'tuesday', 'wednesday'];

/** Returns the last moment up to `at` at which a digest of the weekday was due. Both are in ms since the epoch. */
export function lastDue(weekday: Weekday, at: number): number {
  const days = daysBefore(at);
  const since = (days - weekdays.indexOf(weekday) + weekdays.length) % weekdays.length;
  return (days - since) * day + dueAt;
}

/** Returns the next moment after `at` at which digests of any weekday are due. */
export const nextDue = (at: number): number => (daysBefore(at) + 1) * day + dueAt;

const daysBefore = (at: number) => Math.floor((at - dueAt) / day);

/** Returns the days between two moments as 'YYYY-MM-DD', without the last one. */
export function daysIn(from: number, until: number): string[] {
  const count = Math.max(0, Math.round((until - from) / day));
  return Array.from({ length: count }, (_, at) => new Date(from + at * day).toISOString().slice(0, 10));
}
