import type { Locale } from '../../locales/en-US.ts';
import { code, fileName, moment, shorten } from '../cards/text.ts';
import { permissionTable } from '../permissions.ts';
import type { LoggedChange } from './log.ts';
import type { ListedFile } from './settings.ts';
import type { SkippedFile } from './skipped.ts';
import type { Trouble } from './troubles.ts';

/** The most channels in a line about a trouble. */
const mostChannels = 10;

export function troubleWords(trouble: Trouble, { config, permissions, features }: Locale): string {
  const { troubles } = config;
  switch (trouble.kind) {
    case 'permission': {
      const where = trouble.channels.length > 0 ? channelList(trouble.channels, troubles) : troubles.inServer;
      const { feature } = permissionTable[trouble.permission];
      return troubles.permission(permissions[trouble.permission], where, features[feature]);
    }
    case 'channelGone':
    case 'publicAlerts':
      return troubles[trouble.kind](channelList(trouble.channels, troubles));
    default:
      return troubles[trouble.kind];
  }
}

/** Mentions channels, up to `mostChannels`. */
export function channelList(ids: readonly string[], { andMore }: Locale['config']['troubles']): string {
  const shown = ids.slice(0, mostChannels).map((id) => `<#${id}>`);
  return [...shown, ...(ids.length > mostChannels ? [andMore(ids.length - mostChannels)] : [])].join(' ');
}

export function listedWords({ name, sha256, by, at }: ListedFile, { config }: Locale): string {
  return config.lists.entry(fileName(name), code(shorten(sha256, 24)), `<@${by}>`, moment(at, 'd'));
}

export function skippedWords({ name, channel, at, reason }: SkippedFile, { config: { skipped } }: Locale): string {
  return skipped.entry(fileName(name), `<#${channel}>`, moment(at), skipped.reasons[reason]);
}

/** Names the changed settings without their values, which the alert channel and the export contain. */
export function loggedWords({ at, who, what }: LoggedChange, { config }: Locale): string {
  const names = Object.keys(what).map((name) => code(name, 40));
  return config.record.entry(moment(at), `<@${who}>`, names.slice(0, 5).join(' '));
}
