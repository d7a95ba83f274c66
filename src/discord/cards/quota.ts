import type { APIEmbed } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import type { Capacity, Gauge, Overview } from '../../scan/ports.ts';
import { bar, code, moment } from './text.ts';

/** Renders the key's quota. `everywhere`: the numbers of waiting files are those of all servers. */
export function quotaCard(
  overview: Overview,
  everywhere: boolean,
  capacity: Capacity,
  { quota, setUp }: Locale,
): APIEmbed {
  const { minute, day, month, waiting, today, hours, ownKey } = overview;
  const isUnusable = overview.key === 'refused' || ownKey?.isReadable === false;
  const gauge = ({ used, allowed }: Gauge) =>
    `${bar(allowed > 0 ? used / allowed : 1)} ${quota.gauge(used, allowed, Math.max(0, allowed - used))}`;
  return {
    title: quota.title,
    description: [
      isUnusable && (ownKey ? quota.ownKeyUnusable : quota.keyRefused),
      `**${quota.minute}** ${gauge(minute)}`,
      `**${quota.day}** ${gauge(day)} · ${quota.resets(moment(day.resetsAt))}`,
      `**${quota.month}** ${gauge(month)} · ${quota.resets(moment(month.resetsAt, 'd'))}`,
      `**${quota.lastDay}** \`${sparkline(hours)}\``,
      `**${quota.waiting}** ${quota.waitingFiles(waiting.interactive, waiting.automatic, everywhere)}`,
      `**${quota.today}** ${quota.verdicts(today.verdicts)}${worth(today, quota)}`,
      // The capacity is the operator's key's.
      ownKey ? quota.ownKey(code(ownKey.lastFour, 4)) : `-# ${setUp.capacity(capacity.unknown, capacity.mostlyKnown)}`,
    ]
      .filter(Boolean)
      .join('\n'),
  };
}

function worth({ calls, verdicts, lookUps, known }: Overview['today'], quota: Locale['quota']): string {
  const parts = [
    lookUps > 0 ? quota.known(known / lookUps) : undefined,
    verdicts > 0 ? quota.perVerdict(calls / verdicts) : undefined,
  ].filter((part) => part !== undefined);
  return parts.map((part) => ` · ${part}`).join('');
}

/** Draws one bar per value, relative to the largest one. */
export function sparkline(values: readonly number[]): string {
  const marks = '▁▂▃▄▅▆▇█';
  const most = Math.max(1, ...values);
  return values.map((value) => marks[Math.round((value / most) * (marks.length - 1))]).join('');
}
