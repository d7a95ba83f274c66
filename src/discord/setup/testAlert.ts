import { randomBytes } from 'node:crypto';
import type { REST } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import { post } from '../replies/posting.ts';
import type { Place } from './places.ts';

/** Posts a test alert, and says where it stands or why it could not be posted. `who` is a user's id. */
export async function sendTestAlert(
  channel: string | undefined,
  who: string,
  places: readonly Place[],
  { rest, locale }: { rest: REST; locale: Locale },
): Promise<string> {
  const { test } = locale.setUp;
  if (!channel) return test.noChannel;
  const place = places.find(({ id }) => id === channel);
  if (!place) return test.gone;
  const mention = `<#${channel}>`;
  const { permissions, text } = locale;
  if (place.lacks.length > 0) return test.lacks(mention, text.joined(place.lacks.map((one) => permissions[one])));
  const embed = { title: test.title, color: 0x99aab5, description: test.text(`<@${who}>`) };
  const message = { content: '', embeds: [embed], components: [], allowed_mentions: { parse: [] as [] } };
  const sent = await post({ channelId: channel, nonce: randomBytes(12).toString('hex'), message }, rest);
  return sent ? test.posted(mention) : test.refused(mention);
}
