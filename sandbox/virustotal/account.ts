import { type QuotaCount, type QuotaLimits, quotaUsed } from './quota.ts';

/** The bodies about the key's owner. Reading them is free. */
export function userReport(api: string, user: { id: string; key: string }, quotas: Record<string, Allowance>) {
  const { id, key } = user;
  return {
    data: {
      id,
      type: 'user',
      links: { self: `${api}/users/${id}` },
      attributes: { apikey: key, first_name: 'Sandbox', last_name: 'User', status: 'active', reputation: 1, quotas },
    },
  };
}

export function overallQuotas(quotas: Record<string, Allowance>) {
  return { data: Object.fromEntries(Object.entries(quotas).map(([name, user]) => [name, { user }])) };
}

export interface Allowance {
  allowed: number;
  used: number;
}

export function allowances(count: QuotaCount, limits: QuotaLimits, now: number): Record<string, Allowance> {
  const used = quotaUsed(count, now);
  return {
    api_requests_hourly: { allowed: limits.perMinute * 60, used: used.hour },
    api_requests_daily: { allowed: limits.perDay, used: used.day },
    api_requests_monthly: { allowed: limits.perMonth, used: used.month },
  };
}
