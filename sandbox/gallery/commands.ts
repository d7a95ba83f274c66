import { aboutCard, helpCard } from '../../src/discord/cards/help.ts';
import { quotaCard } from '../../src/discord/cards/quota.ts';
import { who } from './cases.ts';
import { capacity, type Group, item, messageOf } from './exhibit.ts';
import { now } from './scans.ts';
import { chosen } from './settings.ts';

const gauge = (used: number, allowed: number) => ({ used, allowed, resetsAt: now + 3_600_000 });
const overview = {
  minute: gauge(1, 4),
  day: gauge(120, 500),
  month: gauge(3_100, 15_500),
  key: 'refused' as const,
  waiting: { interactive: 2, automatic: 12 },
  today: { calls: 45, verdicts: 18, lookUps: 20, known: 15 },
  hours: [0, 1, 5, 3],
};
export const commands: Group = {
  title: 'Commands',
  items: [
    item('/help', (locale) => ({ message: messageOf({ embeds: [helpCard(chosen, true, new Map(), locale)] }) })),
    item('/about', (locale) => {
      const identity = { name: 'vtscan', version: '0.1.0', operators: new Set([who]), capacity };
      return { message: messageOf({ embeds: [aboutCard(identity, locale)] }) };
    }),
    item('/vtquota', (locale) => ({ message: messageOf({ embeds: [quotaCard(overview, true, capacity, locale)] }) })),
  ],
};
