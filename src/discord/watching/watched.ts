import type { GuildSettings } from '../settings/settings.ts';
import type { SkipReason } from '../settings/skipped.ts';

/** Where something was posted. */
export interface Location {
  channel: string;
  /** The channel of a thread or the forum of a post. */
  parent: string | undefined;
}

export interface Poster {
  kind: 'member' | 'bot' | 'webhook';
  roles: readonly string[];
}

/** Whether a message is watched: `false` where nobody wanted it, or why its files are left out. */
export function isWatched({ watch, watchedChannels }: GuildSettings, { channel, parent }: Location): boolean {
  if (watch === 'some') return watchedChannels.includes(channel) || (!!parent && watchedChannels.includes(parent));
  return watch === 'all';
}

/** Why the files of a watched message are left out; undefined: they are not. */
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
