import { z } from 'zod';
import { maybe } from './form.ts';

const mostEmbeds = 10;
const mostFields = 25;
const mostCharacters = 6000;

// Discord trims the texts of an embed before it counts them.
const text = (most: number) => z.string().trim().min(1).max(most);
const webUrl = z.url({ protocol: /^https?$/ }).max(2048);
const mediaUrl = z.url({ protocol: /^(https?|attachment)$/ }).max(2048);

/** With its text for who does not see it. */
const picture = z.object({ url: mediaUrl, description: maybe(z.string().max(4096)) });

const embed = z.object({
  type: z.string().default('rich'),
  title: maybe(text(256)),
  description: maybe(text(4096)),
  url: maybe(webUrl),
  timestamp: maybe(z.iso.datetime({ offset: true })),
  color: maybe(z.int().min(0).max(0xff_ff_ff)),
  footer: maybe(z.object({ text: text(2048), icon_url: maybe(mediaUrl) })),
  image: maybe(picture),
  thumbnail: maybe(picture),
  author: maybe(z.object({ name: text(256), url: maybe(webUrl), icon_url: maybe(mediaUrl) })),
  fields: maybe(
    z.array(z.object({ name: text(256), value: text(1024), inline: z.boolean().default(false) })).max(mostFields),
  ),
});

export type Embed = z.output<typeof embed>;

export const embeds = z
  .array(embed)
  .max(mostEmbeds)
  .refine((all) => characters(all) <= mostCharacters, `Embed size exceeds maximum size of ${mostCharacters}`);

/** What counts towards the 6,000 characters over all embeds of a message. */
function characters(all: readonly Embed[]): number {
  return all
    .flatMap((one) => [
      one.title,
      one.description,
      one.footer?.text,
      one.author?.name,
      ...(one.fields ?? []).flatMap((field) => [field.name, field.value]),
    ])
    .reduce((sum, part) => sum + (part?.length ?? 0), 0);
}
