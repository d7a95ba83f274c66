import type { Clock } from '../../src/scan/clock.ts';
import type { Sandbox } from '../sandbox.ts';
import type { SandboxKey } from '../virustotal/keys.ts';
import type { LoggedRequest } from '../virustotal/log.ts';
import { quotaUsed } from '../virustotal/quota.ts';
import { auditViews } from './auditView.ts';
import type { Moods } from './moods.ts';
import type { ScanLog } from './scanLog.ts';
import type { KeyView, PanelView, RequestView } from './wire.ts';

const shownRequests = 40;

/** What the bot tells of itself beside its replies; the page does without what it does not get. */
export interface Insight {
  scans?: ScanLog | undefined;
  waiting?: (() => { interactive: number; automatic: number } | undefined) | undefined;
}

export function panelView({ discord, virusTotal }: Sandbox, moods: Moods, insight: Insight, clock: Clock): PanelView {
  const { model, requests } = virusTotal;
  const used = quotaUsed(model.quota, clock.now());
  const { perMinute, perDay, perMonth } = model.options.limits;
  return {
    requests: grouped(requests).slice(-shownRequests).reverse(),
    spent: requests.reduce((sum, { cost }) => sum + cost, 0),
    refused: model.refused,
    quota: {
      minute: { used: used.minute, allowed: perMinute },
      day: { used: used.day, allowed: perDay },
      month: { used: used.month, allowed: perMonth },
    },
    queue: insight.waiting?.(),
    scans: insight.scans?.recent(),
    audit: auditViews(discord.world),
    keys: virusTotal.keys.map((one) => keyView(one, clock.now())),
    moods: moods.on(),
    isConnected: discord.connections() > 0,
  };
}

function keyView({ key, account }: SandboxKey, now: number): KeyView {
  const { quota, options } = account.model;
  const used = quotaUsed(quota, now);
  const { perMinute, perDay, perMonth } = options.limits;
  return {
    key,
    isRefused: account.keyTrouble !== undefined,
    minute: { used: used.minute, allowed: perMinute },
    day: { used: used.day, allowed: perDay },
    month: { used: used.month, allowed: perMonth },
  };
}

/** What is asked again and again, such as whether an analysis is over, stands in one row. */
function grouped(requests: readonly LoggedRequest[]): RequestView[] {
  const rows: RequestView[] = [];
  requests.forEach((request, index) => {
    const last = rows.at(-1);
    const isSame = last?.endpoint === request.endpoint && last.status === request.status;
    if (last && isSame) Object.assign(last, { times: last.times + 1, cost: last.cost + request.cost, at: request.at });
    else rows.push({ number: index + 1, times: 1, ...request });
  });
  return rows;
}
