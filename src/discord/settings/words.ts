import type { Locale } from '../../locales/en-US.ts';
import { code, fileName, moment, shorten } from '../cards/text.ts';
import type { ListedFile } from './settings.ts';
import type { SkippedFile } from './skipped.ts';
import type { Trouble } from './troubles.ts';

/** As many channels as stand in one line about a trouble. */
const mostChannels = 10;

export function troubleWords(trouble: Trouble, { config }: Locale): string {
  const { troubles } = config;
  switch (trouble.kind) {
    case 'permission': {
      const where = trouble.channels.length > 0 ? channelList(trouble.channels, troubles) : troubles.inServer;
      return troubles.permission(config.permissions[trouble.permission], where);
    }
    case 'channelGone':
      return troubles.channelGone(channelList(trouble.channels, troubles));
    default:
      return troubles[trouble.kind];
  }
}

function channelList(ids: readonly string[], { andMore }: Locale['config']['troubles']): string {
  const shown = ids.slice(0, mostChannels).map((id) => `<#${id}>`);
  return [...shown, ...(ids.length > mostChannels ? [andMore(ids.length - mostChannels)] : [])].join(' ');
}

export function listedWords({ name, sha256, by, at }: ListedFile, { config }: Locale): string {
  return config.lists.entry(fileName(name), code(shorten(sha256, 24)), `<@${by}>`, moment(at, 'd'));
}

export function skippedWords({ name, channel, at, reason }: SkippedFile, { config: { skipped } }: Locale): string {
  return skipped.entry(fileName(name), `<#${channel}>`, moment(at), skipped.reasons[reason]);
}
