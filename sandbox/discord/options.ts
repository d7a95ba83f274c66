import { storeFile } from './files.ts';
import type { CommandOption } from './limits/commands.ts';
import type { Command } from './model.ts';
import { nothingResolved, pickableByOption, type Resolved, resolve, usedOf } from './resolved.ts';
import type { SandboxFile } from './storedFile.ts';
import type { World } from './world.ts';

/** What a person gives for an option; users, channels and roles by their id. */
export type OptionValue = string | number | boolean | SandboxFile;

interface SentOption {
  name: string;
  type: number;
  value?: string | number | boolean;
  focused?: boolean;
  options?: SentOption[];
}

export interface Filled {
  options: SentOption[];
  resolved: Partial<Resolved>;
}

export interface Filling {
  world: World;
  guildId: string | undefined;
  userId: string;
  given: Record<string, OptionValue>;
  /** The option that is being typed, when this is for autocomplete: no rule holds for it yet, and others may still be missing. */
  focused?: string;
}

/** Fills a slash command in as Discord's client would let a person do it; throws where it would not. */
export function fillIn(command: Command, path: readonly string[], filling: Filling): Filled {
  const resolved = nothingResolved();
  const options = sentOptions(command.options ?? [], path, filling, resolved);
  return { options, resolved: usedOf(resolved) };
}

function sentOptions(
  options: CommandOption[],
  path: readonly string[],
  filling: Filling,
  resolved: Resolved,
): SentOption[] {
  const [name, ...rest] = path;
  if (name !== undefined) {
    const sub = options.find((option) => option.name === name && option.type <= 2);
    if (!sub) throw new Error(`There is no subcommand ${name}`);
    return [{ name, type: sub.type, options: sentOptions(sub.options ?? [], rest, filling, resolved) }];
  }
  const { given, focused } = filling;
  const unknown = Object.keys(given).filter((one) => !options.some((option) => option.name === one));
  if (unknown.length > 0) throw new Error(`The command has no option ${unknown.join(', ')}`);
  if (focused !== undefined && !options.some(({ name, autocomplete }) => name === focused && autocomplete)) {
    throw new Error(`The bot suggests nothing for the option ${focused}`);
  }
  return options.flatMap((option) => {
    const { name, type } = option;
    const value = given[name];
    if (focused === name) return [{ name, type, value: String(value ?? ''), focused: true }];
    if (value === undefined) {
      if (option.required && focused === undefined) throw new Error(`The option ${name} is required`);
      return [];
    }
    return [{ name, type, value: sentValue(option, value, filling, resolved) }];
  });
}

function sentValue(option: CommandOption, value: OptionValue, filling: Filling, resolved: Resolved) {
  const { world, guildId, userId } = filling;
  if (option.type === 11) {
    if (typeof value !== 'object') throw misfit(option, 'a file');
    const attachment = storeFile(world, value);
    resolved.attachments[attachment.id] = attachment;
    return attachment.id;
  }
  if (typeof value === 'object') throw misfit(option, 'something other than a file');
  const problem = misfitOf(option, value);
  if (problem) throw misfit(option, problem);
  const kind = pickableByOption[option.type];
  const isFound = resolve(world, { guildId, userId, kind, id: String(value) }, resolved);
  if (kind && !isFound) throw misfit(option, `a ${kind}`);
  return value;
}

function misfitOf(option: CommandOption, value: string | number | boolean): string | undefined {
  const wanted = option.type === 5 ? 'boolean' : option.type === 4 || option.type === 10 ? 'number' : 'string';
  if (typeof value !== wanted) return `a ${wanted}`;
  if (option.type === 4 && !Number.isInteger(value)) return 'a whole number';
  if (option.choices?.length && !option.choices.some((choice) => choice.value === value)) return 'one of the choices';
  const size = typeof value === 'string' ? value.length : Number(value);
  const [least, most] =
    typeof value === 'string' ? [option.min_length, option.max_length] : [option.min_value, option.max_value];
  if (typeof value === 'string' && value === '') return 'some text';
  if (least !== undefined && size < least) return `at least ${least}`;
  if (most !== undefined && size > most) return `at most ${most}`;
  return undefined;
}

function misfit(option: CommandOption, wanted: string): Error {
  return new Error(`The option ${option.name} takes ${wanted}`);
}
