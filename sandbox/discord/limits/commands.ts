import { z } from 'zod';
import { maybe, repeated } from './form.ts';

const mostCharacters = 8000;
const mostOfType: Record<number, number> = { 1: 100, 2: 15, 3: 15 };

const slashName = z
  .string()
  .regex(/^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u, 'Command name is invalid')
  .refine((name) => name === name.toLowerCase(), 'Command name must be in lower case');
const description = z.string().min(1).max(100);
const localizations = maybe(z.record(z.string(), z.string().min(1).max(100)));

const choice = z.object({
  name: z.string().min(1).max(100),
  name_localizations: localizations,
  value: z.union([z.string().max(100), z.number()]),
});

/** Options, subcommands (1) and subcommand groups (2) share one shape. */
const option = z.object({
  type: z.int().min(1).max(11),
  name: slashName,
  name_localizations: localizations,
  description,
  description_localizations: localizations,
  required: maybe(z.boolean()),
  choices: maybe(z.array(choice).max(25)),
  autocomplete: maybe(z.boolean()),
  min_length: maybe(z.int().min(0).max(6000)),
  max_length: maybe(z.int().min(1).max(6000)),
  min_value: maybe(z.number()),
  max_value: maybe(z.number()),
  channel_types: maybe(z.array(z.int())),
  file_types: maybe(z.array(z.string()).max(10)),
  get options() {
    return maybe(z.array(option).max(25));
  },
});

export type CommandOption = z.output<typeof option>;

const command = z
  .object({
    type: z.int().min(1).max(3).default(1),
    name: z.string().min(1).max(32),
    name_localizations: localizations,
    description: z.string().max(100).default(''),
    description_localizations: localizations,
    options: maybe(z.array(option).max(25)),
    default_member_permissions: z
      .union([z.string().regex(/^\d+$/), z.int().transform(String)])
      .nullish()
      .transform((bits) => bits ?? null),
    contexts: z
      .array(z.int().min(0).max(2))
      .nullish()
      .transform((all) => all ?? null),
    integration_types: z.array(z.int().min(0).max(1)).default([0]),
    nsfw: z.boolean().default(false),
  })
  .superRefine((one, context) => {
    const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (one.type === 1) {
      if (!slashName.safeParse(one.name).success) wrong('name', 'Command name is invalid');
      if (!one.description) wrong('description', 'A slash command needs a description');
    } else {
      if (one.description) wrong('description', 'Context menu commands cannot have a description');
      if (one.options?.length) wrong('options', 'Context menu commands cannot have options');
    }
    for (const message of optionProblems(one.options ?? [])) wrong('options', message);
    const size = one.name.length + one.description.length + (one.options ?? []).reduce((sum, o) => sum + length(o), 0);
    if (size > mostCharacters) wrong('options', `Command exceeds maximum size (${mostCharacters})`);
  });

export type CommandBody = z.output<typeof command>;

export const commands = z.array(command).superRefine((all, context) => {
  for (const name of repeated(all.map((one) => `${one.type} ${one.name}`))) {
    context.addIssue({ code: 'custom', path: [], message: `Application command names must be unique: ${name}` });
  }
  for (const [type, most] of Object.entries(mostOfType)) {
    if (all.filter((one) => String(one.type) === type).length > most) {
      context.addIssue({ code: 'custom', path: [], message: `More than ${most} commands of type ${type}` });
    }
  }
});

function optionProblems(options: readonly CommandOption[]): string[] {
  const problems = repeated(options.map((one) => one.name)).map((name) => `Option names must be unique: ${name}`);
  const firstOptional = options.findIndex((one) => !one.required);
  if (firstOptional >= 0 && options.slice(firstOptional).some((one) => one.required)) {
    problems.push('Required options must be placed before non-required options');
  }
  for (const one of options) {
    if (one.choices?.length && one.autocomplete)
      problems.push(`${one.name}: choices and autocomplete exclude each other`);
    problems.push(...optionProblems(one.options ?? []));
  }
  return problems;
}

function length(option: CommandOption): number {
  const choices = (option.choices ?? []).reduce((sum, one) => sum + one.name.length + String(one.value).length, 0);
  const nested = (option.options ?? []).reduce((sum, one) => sum + length(one), 0);
  return option.name.length + option.description.length + choices + nested;
}
