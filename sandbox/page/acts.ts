import { z } from 'zod';
import { discordLocales } from '../discord/locales.ts';
import { sampleId } from './samples.ts';

const locale = z.enum(discordLocales.map(([tag]) => tag));
const id = z.string().regex(/^\d{1,20}$/);
const file = z.union([z.object({ sample: sampleId }), z.object({ upload: z.uuid() })]);
const optionValue = z.union([z.string().max(6000), z.number(), z.boolean(), file]);
const options = z.record(z.string().max(32), optionValue);
/** Who acts. */
const as = id;

/** What a person can do on the page. */
export const act = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('post'),
    as,
    channel: id,
    content: z.string().max(2000),
    files: z.array(file).max(10),
    replyTo: id.optional(),
  }),
  z.object({ do: z.literal('invoke'), as, channel: id, command: z.string().max(100), options }),
  z.object({
    do: z.literal('autocomplete'),
    as,
    channel: id,
    command: z.string().max(100),
    options,
    focused: z.string().max(32),
  }),
  z.object({ do: z.literal('apps'), as, message: id, command: z.string().max(32) }),
  z.object({ do: z.literal('press'), as, message: id, button: z.string().max(100) }),
  z.object({
    do: z.literal('select'),
    as,
    message: id,
    menu: z.string().max(100),
    values: z.array(z.string().max(100)).max(25),
  }),
  z.object({
    do: z.literal('submit'),
    as,
    interaction: id,
    values: z.record(
      z.string().max(100),
      z.union([z.string().max(4000), z.array(z.string().max(100)).max(25), z.array(file).max(10)]),
    ),
  }),
  z.object({ do: z.literal('forward'), as, message: id, channel: id }),
  z.object({ do: z.literal('react'), as, message: id, emoji: z.string().max(20), on: z.boolean() }),
  z.object({ do: z.literal('remove'), as, message: id }),
  z.object({ do: z.literal('dismiss'), as, message: id }),
  z.object({ do: z.literal('openServer'), as }),
  /** Switches a person's Discord, or the server of a channel, to another language. */
  z.object({ do: z.literal('speak'), as, locale }),
  z.object({ do: z.literal('speakHere'), as, channel: id, locale }),
  z.object({
    do: z.literal('join'),
    as,
    channel: id,
    name: z.string().trim().min(1).max(32),
    days: z.int().min(0).max(4000),
  }),
]);
export type Act = z.infer<typeof act>;
export type FileRef = z.infer<typeof file>;
