import type { Clock } from '../../src/scan/clock.ts';
import type { Sandbox } from '../sandbox.ts';
import { quotaUsed } from '../virustotal/quota.ts';
import { auditViews } from './auditView.ts';
import type { Moods } from './moods.ts';
import type { ScanLog } from './scanLog.ts';
import type { PanelView, RequestView } from './wire.ts';

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
  const views = requests.map((request, index): RequestView => ({ number: index + 1, ...request }));
  return {
    requests: views.slice(-shownRequests).reverse(),
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
    moods: moods.on(),
    isConnected: discord.connections() > 0,
  };
}
