import type { CommandOption } from '../../discord/limits/commands.ts';
import type { Act } from '../acts.ts';
import type { CommandView } from '../wire.ts';
import { perform } from './api.ts';
import { focusSoon } from './focus.ts';
import { type CommandForm, change, type Picked, person, placeOf, type Suggestion, state } from './store.ts';

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
  const form: CommandForm = { command, values: {}, shown: [], choices: undefined, names: {} };
  const files = command.options.filter(isFile);
  state.picked.forEach((picked, index) => {
    const option = files[index];
    if (option) setValue(form, option.name, picked);
  });
  change({ form, draft: '', picked: state.picked.slice(files.length), chosen: 0 });
}

/** What whoever acts reads of a command or an option. */
export function descriptionOf(command: CommandView): string {
  return command.localized[localeOf()]?.description ?? command.description;
}
export const optionText = ({ description, description_localizations }: CommandOption): string =>
  description_localizations?.[localeOf()] ?? description;

/** The name that a command on messages shows. */
export const nameOf = ({ name, localized }: CommandView): string => localized[localeOf()]?.name ?? name;

const localeOf = () => person(state.me)?.locale ?? '';

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
    focusSoon(`[aria-labelledby="o-${lacking}"], [data-option="${lacking}"] input`);
    return;
  }
  change({ form: undefined });
  focusSoon('#draft');
  const done = await perform({ do: 'invoke', ...invocation(form) });
  if (!done && !state.form) change({ form });
}

/** So long after the last key the bot is asked. */
const pause = 200;
let asking: ReturnType<typeof setTimeout> | undefined;

/** Asks the bot for what fits the text so far, once it rests. */
export function suggest(form: CommandForm, focused: string): void {
  clearTimeout(asking);
  asking = setTimeout(() => void askFor(form, focused), pause);
}

async function askFor(form: CommandForm, focused: string): Promise<void> {
  const text = form.values[focused] ?? '';
  const done = await perform({ do: 'autocomplete', ...invocation(form, focused), focused });
  const isLate = state.form !== form || (form.values[focused] ?? '') !== text;
  if (!done?.choices || isLate || !isFocused(focused)) return;
  form.choices = { option: focused, list: done.choices, chosen: 0 };
  change({});
}

const isFocused = (option: string) => document.activeElement?.getAttribute('aria-labelledby') === `o-${option}`;

export function takeSuggestion(form: CommandForm, option: string, { name, value }: Suggestion): void {
  setValue(form, option, String(value));
  form.names[option] = name;
  closeSuggestions(form);
}

export function closeSuggestions(form: CommandForm): void {
  clearTimeout(asking);
  form.choices = undefined;
  change({});
}

/** An option that is still being typed goes as it stands. */
function invocation(form: CommandForm, focused?: string): Omit<Extract<Act, { do: 'invoke' }>, 'do'> {
  const { command, values } = form;
  const sent = (option: CommandOption, value: string | Picked) => {
    if (typeof value !== 'string') return value.ref;
    return option.name === focused ? value : typed(option, value);
  };
  const options = command.options.flatMap((option) => {
    const value = values[option.name];
    return value === undefined || value === '' ? [] : [[option.name, sent(option, value)] as const];
  });
  return { as: state.me, channel: state.place, command: command.name, options: Object.fromEntries(options) };
}

/** 4 whole number, 5 yes or no, 10 number */
function typed({ type }: CommandOption, value: string): string | number | boolean {
  if (type === 5) return value === 'true';
  return type === 4 || type === 10 ? Number(value) : value;
}
