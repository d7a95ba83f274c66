import type { CommandOption } from '../../discord/limits/commands.ts';
import type { Act } from '../acts.ts';
import type { CommandView } from '../wire.ts';
import { perform } from './api.ts';
import { type CommandForm, change, type Picked, placeOf, state } from './store.ts';

/** The bot's commands in this place: 1 slash commands, 3 those on messages. */
export function commandsHere(type: number): CommandView[] {
  const serverId = placeOf(state.place)?.serverId;
  const all = state.sections?.commands ?? [];
  return all.filter(
    (one) =>
      one.type === type &&
      (one.serverId === undefined || one.serverId === serverId) &&
      (serverId === undefined || one.users.includes(state.me)),
  );
}

/** Those that fit what was typed after the slash. */
export function suggested(draft: string): CommandView[] {
  if (!draft.startsWith('/') || state.form) return [];
  const typed = draft.slice(1).toLowerCase();
  return commandsHere(1).filter(({ name }) => name.startsWith(typed) || typed.startsWith(`${name} `));
}

export function beginForm(command: CommandView): void {
  const form: CommandForm = { command, values: {}, shown: [], choices: undefined };
  const files = command.options.filter(isFile);
  state.picked.forEach((picked, index) => {
    const option = files[index];
    if (option) setValue(form, option.name, picked);
  });
  change({ form, draft: '', picked: state.picked.slice(files.length), chosen: 0 });
}

export const isFile = ({ type }: CommandOption) => type === 11;

/** Those that can be added: of further files the next one only. */
export function hiddenOptions({ command, shown }: CommandForm): CommandOption[] {
  const hidden = command.options.filter(({ name, required }) => !required && !shown.includes(name));
  const nextFile = hidden.find(isFile);
  return hidden.filter((option) => option === nextFile || !isFile(option));
}

/** Required options and those that were asked for. */
export const visibleOptions = ({ command, shown }: CommandForm) =>
  command.options.filter(({ name, required }) => required || shown.includes(name));

export function setValue(form: CommandForm, name: string, value: string | Picked): void {
  form.values[name] = value;
  const option = form.command.options.find((one) => one.name === name);
  if (option && !option.required && !form.shown.includes(name)) form.shown.push(name);
}

/** Files take the free file options in their order; what is left over is returned. */
export function fillFiles(form: CommandForm, files: readonly Picked[]): Picked[] {
  const free = form.command.options.filter((option) => isFile(option) && !form.values[option.name]);
  files.forEach((file, index) => {
    const option = free[index];
    if (option) setValue(form, option.name, file);
  });
  return files.slice(free.length);
}

function missing(form: CommandForm): string | undefined {
  return form.command.options.find(({ name, required }) => required && !form.values[name])?.name;
}

export async function send(form: CommandForm): Promise<void> {
  const lacking = missing(form);
  if (lacking) {
    change({ problem: `The option ${lacking} is required` });
    return;
  }
  change({ form: undefined });
  const done = await perform({ do: 'invoke', ...invocation(form) });
  if (!done && !state.form) change({ form });
}

/** Asks the bot for what fits the text so far. */
export async function suggest(form: CommandForm, focused: string): Promise<void> {
  const done = await perform({ do: 'autocomplete', ...invocation(form), focused });
  if (done?.choices && state.form === form) {
    form.choices = { option: focused, list: done.choices };
    change({});
  }
}

function invocation({ command, values }: CommandForm): Omit<Extract<Act, { do: 'invoke' }>, 'do'> {
  const options = command.options.flatMap((option) => {
    const value = values[option.name];
    if (value === undefined || value === '') return [];
    return [[option.name, typeof value === 'string' ? typed(option, value) : value.ref] as const];
  });
  return { as: state.me, channel: state.place, command: command.name, options: Object.fromEntries(options) };
}

/** 4 whole number, 5 yes or no, 10 number */
function typed({ type }: CommandOption, value: string): string | number | boolean {
  if (type === 5) return value === 'true';
  return type === 4 || type === 10 ? Number(value) : value;
}
