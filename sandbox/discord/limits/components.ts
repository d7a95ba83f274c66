import { z } from 'zod';
import { maybe, repeated } from './form.ts';

const customId = z.string().min(1).max(100);
const emoji = z.object({ id: maybe(z.string()), name: maybe(z.string()), animated: maybe(z.boolean()) });
const linkStyle = 5;

export const button = z
  .object({
    type: z.literal(2),
    id: maybe(z.int()),
    style: z.int().min(1).max(5),
    label: maybe(z.string().min(1).max(80)),
    emoji: maybe(emoji),
    custom_id: maybe(customId),
    url: maybe(z.url({ protocol: /^(https?|discord)$/ }).max(512)),
    disabled: z.boolean().default(false),
  })
  .superRefine((one, context) => {
    const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (one.style === linkStyle && !one.url) wrong('url', 'A url is required for link buttons');
    if (one.style === linkStyle && one.custom_id) wrong('custom_id', 'A custom id and url cannot both be specified');
    if (one.style !== linkStyle && !one.custom_id) wrong('custom_id', 'A custom id is required');
    if (one.style !== linkStyle && one.url) wrong('url', 'Only link buttons have a url');
    if (!one.label && !one.emoji) wrong('label', 'A label or an emoji is required');
  });

const choice = z.object({
  label: z.string().min(1).max(100),
  value: z.string().min(1).max(100),
  description: maybe(z.string().max(100)),
  emoji: maybe(emoji),
  default: maybe(z.boolean()),
});

/** What may be chosen beforehand, by the type of the menu. */
const defaults: Record<number, readonly string[]> = { 5: ['user'], 6: ['role'], 7: ['user', 'role'], 8: ['channel'] };

function isWithin(count: number, { min_values, max_values }: { min_values: number; max_values: number }): boolean {
  return count >= min_values && count <= max_values;
}

/** String, user, role, mentionable and channel select menus. */
const select = z
  .object({
    type: z.literal([3, 5, 6, 7, 8]),
    id: maybe(z.int()),
    custom_id: customId,
    placeholder: maybe(z.string().max(150)),
    min_values: z.int().min(0).max(25).default(1),
    max_values: z.int().min(1).max(25).default(1),
    options: maybe(z.array(choice).min(1).max(25)),
    channel_types: maybe(z.array(z.int())),
    default_values: maybe(z.array(z.object({ id: z.string(), type: z.string() })).max(25)),
    disabled: z.boolean().default(false),
  })
  .superRefine((one, context) => {
    const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (one.type === 3 && !one.options) wrong('options', 'A string select needs options');
    if (one.type !== 3 && one.options) wrong('options', 'Only a string select has options');
    if (one.type === 3 && one.default_values) wrong('default_values', 'A string select marks its options instead');
    if (one.default_values?.length && !isWithin(one.default_values.length, one)) {
      wrong('default_values', 'As many as min_values and max_values allow');
    }
    if (one.default_values?.some(({ type }) => !defaults[one.type]?.includes(type))) {
      wrong('default_values', 'Of another type than the select menu');
    }
    if (one.channel_types && one.type !== 8) wrong('channel_types', 'Only a channel select has channel types');
    if ((one.options?.filter((option) => option.default).length ?? 0) > one.max_values) {
      wrong('options', 'More defaults than max_values');
    }
    if (one.min_values > one.max_values) wrong('min_values', 'min_values is above max_values');
    if (one.options && one.max_values > one.options.length) wrong('max_values', 'max_values is above the options');
    const values = one.options?.map((option) => option.value) ?? [];
    if (repeated(values).length > 0) wrong('options', 'The specified option value is already used');
  });

export const row = z
  .object({
    type: z.literal(1),
    id: maybe(z.int()),
    components: z
      .array(z.discriminatedUnion('type', [button, select]))
      .min(1)
      .max(5),
  })
  .refine(
    ({ components }) => components.length === 1 || components.every((one) => one.type === 2),
    'A select menu stands alone in its row',
  );

export type Button = z.output<typeof button>;
export type Select = z.output<typeof select>;
export type Row = z.output<typeof row>;
export type Component = Button | Select;
