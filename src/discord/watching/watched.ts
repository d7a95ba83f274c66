import { harmlessness } from '../../content/risk.ts';
import type { Downloads } from '../../scan/ports.ts';
import type { Source } from '../../scan/scan.ts';
import type { Wish } from '../../scan/scanner.ts';
import type { Location, Poster } from '../posts/post.ts';
import { type GuildSettings, uploadOf } from '../settings/settings.ts';
import type { SkipReason } from '../settings/skipped.ts';
import { createReadHash, mostHashed } from './bytes.ts';
import type { Watched } from './record.ts';

/** Whether the server watches the place of a message. Exemptions come later. */
export function isWatched({ watch, watchedChannels }: GuildSettings, { channel, parent }: Location): boolean {
  if (watch === 'some') return watchedChannels.includes(channel) || (!!parent && watchedChannels.includes(parent));
  return watch === 'all';
}

/** Returns why the files of a watched message are skipped; undefined: they are scanned. */
export function exemption(
  settings: GuildSettings,
  { channel, parent }: Location,
  { kind, roles }: Poster,
): SkipReason | undefined {
  const { exemptChannels, exemptRoles, exemptBots, exemptWebhooks } = settings;
  if (exemptChannels.includes(channel) || (parent && exemptChannels.includes(parent))) return 'exemptChannel';
  if (kind === 'webhook' && exemptWebhooks) return 'exemptWebhook';
  if (kind === 'bot' && exemptBots) return 'exemptBot';
  if (roles.some((role) => exemptRoles.includes(role))) return 'exemptRole';
  return undefined;
}

/** Returns how a file or link of a watched message is scanned. What the server does not upload is only looked up. */
export const wishFor = (
  { guild, author }: Pick<Watched, 'guild' | 'author'>,
  source: Source,
  chosen: GuildSettings,
): Wish => ({
  source,
  origin: { urgency: 'automatic', server: guild, member: author.id },
  mode: uploadOf(chosen) === 'auto' ? 'scan' : 'lookUp',
});

/** Returns why a file of a watched message need not be scanned; undefined: it must be scanned. */
export type Need = (source: Source, settings: GuildSettings) => Promise<SkipReason | undefined>;

export function createNeed(downloads: Pick<Downloads, 'peek' | 'fetch' | 'drop'>, stop: AbortSignal): Need {
  const readHash = createReadHash(downloads, stop);
  return async (source, { scope, block }) => {
    if (scope === 'all' || source.kind !== 'attachment') return undefined;
    // A file whose content cannot be read is scanned. A stop must not count as such a failure.
    const content = await downloads.peek(source, stop).catch(() => undefined);
    stop.throwIfAborted();
    const reason = content && harmlessness(source.name, content);
    const isLarge = (source.size ?? 0) > mostHashed;
    if (!reason || block.length === 0 || isLarge) return reason;

    // Only the hash tells whether the server has blocked the file.
    const hash = await readHash(source);
    return hash && !block.some(({ sha256 }) => sha256 === hash) ? reason : undefined;
  };
}
