import { randomBytes } from 'node:crypto';
import { type REST, Routes } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import { code, fileName } from '../cards/text.ts';
import type { Change } from './book.ts';
import { allFields } from './fields.ts';
import type { ListName } from './lists.ts';
import type { GuildSettings } from './settings.ts';

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

/** Beyond so many files of a list only their number is told. */
const mostNamed = 10;

/** What differs, a line a setting: from what to what. */
export function changesOf(before: GuildSettings, after: GuildSettings, locale: Locale): string[] {
  const lines = allFields.flatMap((field) => {
    const [from, to] = [field.describe(before, locale), field.describe(after, locale)];
    return from === to ? [] : [locale.config.change(field.text(locale).label, from, to)];
  });
  return [...lines, ...listChanges('trust', before, after, locale), ...listChanges('block', before, after, locale)];
}

function listChanges(list: ListName, before: GuildSettings, after: GuildSettings, { config }: Locale): string[] {
  const added = without(after[list], before[list]);
  const removed = without(before[list], after[list]);
  const label = config.sections[list];
  if (added.length + removed.length > mostNamed) return [config.listedMany(label, added.length, removed.length)];
  return [
    ...added.map((file) => config.listed(label, words(file))),
    ...removed.map((file) => config.unlisted(label, words(file))),
  ];
}

type Files = GuildSettings[ListName];

const without = (files: Files, others: Files) =>
  files.filter(({ sha256 }) => !others.some((other) => other.sha256 === sha256));

/** With the whole hash: who removed a file by mistake finds it here. */
const words = ({ name, sha256 }: Files[number]) => `${fileName(name)} ${code(sha256)}`;
