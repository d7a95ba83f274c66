import { randomBytes } from 'node:crypto';
import { type REST, Routes } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import type { Change } from './book.ts';
import { changesOf } from './changes.ts';

interface TellerParts {
  rest: REST;
  locale: Locale;
  failed(error: unknown, channel: string): void;
}

/** Discord: at most so many characters in an embed. */
const longest = 4096;

/**
 * Writes to the alert channel who changed what. Where that channel itself was changed, the old one hears it too: nobody shall
 * turn the alerts away unseen.
 */
export function createChangeTeller({ rest, locale, failed }: TellerParts) {
  return async ({ who, before, after }: Change): Promise<void> => {
    const lines = changesOf(before, after, locale);
    if (lines.length === 0) return;
    const description = [locale.config.changed(`<@${who}>`), ...lines].join('\n').slice(0, longest);
    const channels = new Set([before.alertChannel, after.alertChannel].filter((id) => id !== undefined));
    for (const channel of channels) {
      // The client repeats a request that got no answer; by the nonce Discord shows it once.
      const nonce = randomBytes(12).toString('hex');
      const body = { embeds: [{ description }], allowed_mentions: { parse: [] }, nonce, enforce_nonce: true };
      await rest.post(Routes.channelMessages(channel), { body }).catch((error: unknown) => failed(error, channel));
    }
  };
}
