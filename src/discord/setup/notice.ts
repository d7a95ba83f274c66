import type { BaseInteraction, Guild, REST } from 'discord.js';
import { z } from 'zod';
import { localeOf } from '../../locales/languages.ts';
import type { Collection } from '../../scan/ports.ts';
import { messageOf } from '../cards/view.ts';
import type { Languages } from '../languages.ts';
import { nonceOf, post } from '../replies/posting.ts';
import { type GuildSettings, uploadOf } from '../settings/settings.ts';
import { type Place, placesOf } from './places.ts';

/** What a channel's notice says about uploads, by channel. */
export const noticeSchema = z.object({ guild: z.string(), upload: z.string() });

export interface NoticeParts {
  records: Collection<z.infer<typeof noticeSchema>>;
  rest: REST;
  languages: Pick<Languages, 'ofServer'>;
}

/**
 * Posts a notice about what is sent where: in each picked channel or, if all are watched, once in a channel that everybody
 * reads. A channel whose notice is still correct gets no second one. Returns the answer to whoever pressed.
 */
export async function postNotices(
  { locale }: Pick<BaseInteraction, 'locale'>,
  guild: Guild,
  settings: GuildSettings,
  parts: NoticeParts,
): Promise<string[]> {
  const { notice } = localeOf(locale).setUp;
  const places = placesOf(guild);
  const channels = settings.watch === 'some' ? settings.watchedChannels : everybodysChannel(guild, places);
  const posted: string[] = [];
  const failed: string[] = [];
  for (const channel of channels) {
    const stands = await postNotice(channel, guild.id, settings, places, parts);
    (stands ? posted : failed).push(`<#${channel}>`);
  }
  return [
    ...(posted.length > 0 ? [notice.posted(posted.join(' '))] : []),
    ...(failed.length > 0 ? [notice.failed(failed.join(' '))] : []),
  ];
}

/** Returns the rules channel, or else the system channel, or else the first channel that everybody sees. */
function everybodysChannel({ rulesChannelId, systemChannelId }: Guild, places: readonly Place[]): string[] {
  const fits = ({ lacks, isPublic }: Place) => lacks.length === 0 && isPublic;
  const known = [rulesChannelId, systemChannelId].map((id) => places.find((place) => place.id === id && fits(place)));
  const place = known.find((one) => one !== undefined) ?? places.find(fits);
  return place ? [place.id] : [];
}

async function postNotice(
  channel: string,
  guild: string,
  settings: GuildSettings,
  places: readonly Place[],
  { records, rest, languages }: NoticeParts,
): Promise<boolean> {
  const upload = uploadOf(settings);
  if ((await records.get(channel))?.upload === upload) return true;
  const place = places.find(({ id }) => id === channel);
  if (!place || place.lacks.length > 0) return false;
  const { text, textEverywhere } = localeOf(await languages.ofServer(guild)).setUp.notice;
  const content = settings.watch === 'some' ? text(upload) : textEverywhere(upload);
  const message = messageOf({ content });
  if (!(await post({ channelId: channel, nonce: nonceOf('notice', channel, upload), message }, rest))) return false;
  await records.set(channel, { guild, upload });
  return true;
}
