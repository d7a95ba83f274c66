import { z } from 'zod';
import { button, type Component, row } from './components.ts';
import { maybe, repeated } from './form.ts';

/** Components v2: https://discord.com/developers/docs/components/reference */

const mostComponents = 40;
/** Of all texts together. */
const mostCharacters = 4000;

export interface Media {
  /** `attachment://name` in a posting, an address in a message. */
  url: string;
  proxy_url?: string;
  attachment_id?: string;
  content_type?: string | undefined;
}

const unfurled = (protocol: RegExp) =>
  z.object({ url: z.url({ protocol }).max(2048) }).transform(({ url }): Media => ({ url }));
const media = unfurled(/^(https?|attachment)$/);
const id = maybe(z.int().min(0));
const spoiler = maybe(z.boolean());
const altText = maybe(z.string().min(1).max(1024));

const text = z.object({ type: z.literal(10), id, content: z.string().min(1).max(mostCharacters) });
const thumbnail = z.object({ type: z.literal(11), id, media, description: altText, spoiler });
const section = z.object({
  type: z.literal(9),
  id,
  components: z.array(text).min(1).max(3),
  accessory: z.discriminatedUnion('type', [button, thumbnail]),
});
const gallery = z.object({
  type: z.literal(12),
  id,
  items: z
    .array(z.object({ media, description: altText, spoiler }))
    .min(1)
    .max(10),
});
const file = z.object({ type: z.literal(13), id, file: unfurled(/^attachment$/), spoiler });
const separator = z.object({
  type: z.literal(14),
  id,
  divider: maybe(z.boolean()),
  spacing: maybe(z.literal([1, 2])),
});
const inside = [row, text, section, gallery, file, separator] as const;
const container = z.object({
  type: z.literal(17),
  id,
  components: z.array(z.discriminatedUnion('type', inside)).min(1),
  accent_color: maybe(z.int().min(0).max(0xff_ff_ff)),
  spoiler,
});

/** What a message may consist of; action rows are all that messages without the flag of components v2 take. */
export const parts = z
  .array(z.discriminatedUnion('type', [...inside, container]))
  .max(mostComponents)
  .superRefine((all, context) => {
    const wrong = (message: string) => context.addIssue({ code: 'custom', path: [], message });
    const nested = all.flatMap(withNested);
    if (nested.length > mostComponents) wrong(`The total number of components exceeds ${mostComponents}`);
    const length = nested.reduce((sum, one) => sum + (one.type === 10 ? one.content.length : 0), 0);
    if (length > mostCharacters) wrong(`The texts of all components exceed ${mostCharacters} characters`);
    for (const custom of repeated(controlsIn(all).flatMap((one) => one.custom_id ?? []))) {
      wrong(`Component custom id cannot be duplicated: ${custom}`);
    }
  });

export type Part = z.output<typeof parts>[number];
type Nested = Part | Component | z.output<typeof thumbnail>;

/** The buttons and menus among them, however deep. */
export function controlsIn(all: readonly Part[]): Component[] {
  return all.flatMap(withNested).filter((one): one is Component => [2, 3, 5, 6, 7, 8].includes(one.type));
}

function withNested(part: Part): Nested[] {
  if (part.type === 1) return [part, ...part.components];
  if (part.type === 9) return [part, ...part.components, part.accessory];
  if (part.type === 17) return [part, ...part.components.flatMap(withNested)];
  return [part];
}
