import { z } from 'zod';
import type { Locale } from '../../locales/en-US.ts';
import type { Collection, Place } from '../../scan/ports.ts';
import type { Scan } from '../../scan/scan.ts';
import { createTurns } from '../../scan/turns.ts';
import { moment } from '../cards/text.ts';
import type { Posting } from '../replies/posting.ts';
import type { SettingsBook } from '../settings/book.ts';

export const quotaToldSchema = z.object({ guild: z.string(), day: z.string() });

/** Says in the alert channel that watched files wait for the quota: once a day. */
export interface QuotaNotice {
  waits(scan: Scan, place: Place): void;
  forget(guild: string): Promise<void>;
}

export interface QuotaNoticeParts {
  settings: Pick<SettingsBook, 'read'>;
  /** By server, the last day on which it was told. */
  records: Collection<z.infer<typeof quotaToldSchema>>;
  post(posting: Posting): Promise<unknown>;
  now(): number;
  locale: Locale;
  failed(error: unknown, guild: string): void;
}

export function createQuotaNotice(parts: QuotaNoticeParts): QuotaNotice {
  const { settings, records, post, now, locale, failed } = parts;
  const inTurn = createTurns();
  /** What this process knows to have been told, so that it costs nothing to ask again. */
  const told = new Map<string, string>();

  async function tell(guild: string, day: string, { for: quota, until }: Place): Promise<void> {
    if (told.get(guild) === day || (await records.get(guild))?.day === day) return;
    const { alertChannel } = await settings.read(guild);
    if (!alertChannel) return;
    const when = until === undefined ? undefined : moment(until);
    const content = locale.alerts.quotaUsedUp(quota === 'month' ? 'month' : 'day', when);
    const message = { content, embeds: [], components: [], allowed_mentions: { parse: [] as [] } };
    // A time in the nonce would let a crash repeat it: the day and the channel's end make it one of this day.
    await post({ channelId: alertChannel, nonce: `q${day}${alertChannel.slice(-14)}`, message });
    await records.set(guild, { guild, day });
    told.set(guild, day);
  }

  return {
    waits({ origin }, place) {
      const { server } = origin;
      if (!server || origin.urgency !== 'automatic' || (place.for !== 'day' && place.for !== 'month')) return;
      // The quota's day: it resets at midnight UTC.
      const day = new Date(now()).toISOString().slice(0, 10);
      if (told.get(server) === day) return;
      inTurn(server, () => tell(server, day, place)).catch((error: unknown) => failed(error, server));
    },
    forget: (guild) => records.delete(guild),
  };
}
