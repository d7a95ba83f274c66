import { z } from 'zod';
import { maybe, repeated } from './form.ts';
import { messageBody } from './messages.ts';

const ephemeral = 1 << 6;

const input = z.looseObject({
  type: z.int(),
  custom_id: z.string().min(1).max(100),
  required: maybe(z.boolean()),
  min_length: maybe(z.int().min(0).max(4000)),
  max_length: maybe(z.int().min(1).max(4000)),
  min_values: maybe(z.int().min(0).max(25)),
  max_values: maybe(z.int().min(1).max(25)),
  /** Of a text. */
  value: maybe(z.string().max(4000)),
  options: maybe(z.array(z.looseObject({ value: z.string(), default: maybe(z.boolean()) })).max(25)),
  default_values: maybe(z.array(z.object({ id: z.string(), type: z.string() })).max(25)),
  /** Of a box to tick. */
  default: maybe(z.boolean()),
});

/** A modal's part: an action row with a text input, a label around any input, or a text. */
const part = z.looseObject({
  type: z.literal([1, 10, 18]),
  label: z.string().min(1).max(45).optional(),
  components: z.array(input).length(1).optional(),
  component: input.optional(),
});

const modal = z
  .object({
    custom_id: z.string().min(1).max(100),
    title: z.string().min(1).max(45),
    components: z.array(part).min(1).max(5),
  })
  .refine(
    (one) => repeated(modalInputs(one).map((field) => field.custom_id)).length === 0,
    'Custom ids must be unique',
  );

export type Modal = z.output<typeof modal>;
export type ModalInput = z.output<typeof input>;

function modalInputs(one: { components: readonly z.output<typeof part>[] }): ModalInput[] {
  return one.components.flatMap((each) => each.component ?? each.components ?? []);
}

const choice = z.object({ name: z.string().min(1).max(100), value: z.union([z.string().max(100), z.number()]) });

export type Choice = z.output<typeof choice>;

const suggestions = z.object({
  choices: z
    .array(choice.nullable())
    .max(25)
    .nullish()
    .transform((all) => (all ?? []).filter((one) => one !== null)),
});

/** A deferral takes no flag but EPHEMERAL: Discord's footnote under the callback data. */
const deferral = z.object({
  flags: z
    .int()
    .refine((flags) => (flags & ~ephemeral) === 0, 'Only the EPHEMERAL flag is allowed here')
    .optional(),
});

export const callbackBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal(4), data: messageBody }),
  z.object({ type: z.literal(5), data: deferral.nullish() }),
  z.object({ type: z.literal(6) }),
  z.object({ type: z.literal(7), data: messageBody.nullish() }),
  z.object({ type: z.literal(8), data: suggestions }),
  z.object({ type: z.literal(9), data: modal }),
]);

export type CallbackBody = z.output<typeof callbackBody>;
