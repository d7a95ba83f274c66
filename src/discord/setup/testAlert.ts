import { randomBytes } from 'node:crypto';
import type { Guild, MessageComponentInteraction, REST } from 'discord.js';
import { localeOf } from '../../locales/languages.ts';
import { messageOf } from '../cards/view.ts';
import type { Languages } from '../languages.ts';
import { post } from '../replies/posting.ts';
import { placesOf } from './places.ts';

/** Posts a test alert in the server's language. Returns a sentence that says where it is or why it could not be posted. */
export async function sendTestAlert(
  { locale: tag, user }: Pick<MessageComponentInteraction, 'locale' | 'user'>,
  guild: Guild,
  channel: string | undefined,
  { rest, languages }: { rest: REST; languages: Pick<Languages, 'ofServer'> },
): Promise<string> {
  const locale = localeOf(tag);
  const { test } = locale.setUp;
  if (!channel) return test.noChannel;
  const place = placesOf(guild).find(({ id }) => id === channel);
  if (!place) return test.gone;
  const mention = `<#${channel}>`;
  const { permissions, text } = locale;
  if (place.lacks.length > 0) return test.lacks(mention, text.joined(place.lacks.map((one) => permissions[one])));
  const { title, text: about } = localeOf(await languages.ofServer(guild.id)).setUp.test;
  const embed = { title, color: 0x99aab5, description: about(`<@${user.id}>`) };
  const message = messageOf({ embeds: [embed] });
  const sent = await post({ channelId: channel, nonce: randomBytes(12).toString('hex'), message }, rest);
  return sent ? test.posted(mention) : test.refused(mention);
}
