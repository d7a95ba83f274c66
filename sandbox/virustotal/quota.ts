/** Calls that the key may make. */
export interface QuotaLimits {
  perMinute: number;
  perDay: number;
  perMonth: number;
}

/** What the server has counted. Hours, days and months are those of UTC; the minute slides. */
export interface QuotaCount {
  recent: number[];
  hour: Period;
  day: Period;
  month: Period;
}

interface Period {
  name: string;
  used: number;
}

export interface QuotaUsed {
  minute: number;
  hour: number;
  day: number;
  month: number;
}

const minute = 60_000;
/** How much of `2026-01-31T23` names the period. */
const nameLength = { hour: 13, day: 10, month: 7 };

export function emptyQuota(): QuotaCount {
  const never = { name: '', used: 0 };
  return { recent: [], hour: never, day: never, month: never };
}

export function quotaUsed(count: QuotaCount, now: number): QuotaUsed {
  const names = periodNames(now);
  const inPeriod = (period: Period, name: string) => (period.name === name ? period.used : 0);
  return {
    minute: count.recent.filter((at) => at > now - minute && at <= now).length,
    hour: inPeriod(count.hour, names.hour),
    day: inPeriod(count.day, names.day),
    month: inPeriod(count.month, names.month),
  };
}

/** Counts one call arriving `now` if it fits every limit; a refused call is not counted. */
export function spend(count: QuotaCount, limits: QuotaLimits, now: number): boolean {
  const used = quotaUsed(count, now);
  if (used.minute >= limits.perMinute || used.day >= limits.perDay || used.month >= limits.perMonth) return false;
  setUsed(count, { hour: used.hour + 1, day: used.day + 1, month: used.month + 1 }, now);
  count.recent = [...count.recent.filter((at) => at > now - minute && at <= now), now];
  return true;
}

/** Makes the server believe that so much has been used, as by another program with the same key. */
export function setUsed(count: QuotaCount, used: Partial<QuotaUsed>, now: number): void {
  const names = periodNames(now);
  if (used.minute !== undefined) count.recent = new Array<number>(used.minute).fill(now);
  if (used.hour !== undefined) count.hour = { name: names.hour, used: used.hour };
  if (used.day !== undefined) count.day = { name: names.day, used: used.day };
  if (used.month !== undefined) count.month = { name: names.month, used: used.month };
}

function periodNames(now: number) {
  const time = new Date(now).toISOString();
  return {
    hour: time.slice(0, nameLength.hour),
    day: time.slice(0, nameLength.day),
    month: time.slice(0, nameLength.month),
  };
}
