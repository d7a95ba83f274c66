import type { ChannelType } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import { code } from '../cards/text.ts';
import type { GuildSettings } from './settings.ts';

export type SectionName = keyof Locale['config']['sections'];

interface FieldText {
  label: string;
  about: string;
}

interface Shared {
  section: SectionName;
  text(locale: Locale): FieldText;
  /** undefined: not a value of this field. */
  write(settings: GuildSettings, values: readonly string[]): GuildSettings | undefined;
  /** Its value in words. */
  describe(settings: GuildSettings, locale: Locale): string;
}

/** One of several values: a menu. */
interface ChoiceField extends Shared {
  control: 'choice';
  options(locale: Locale): { value: string; label: string }[];
  read(settings: GuildSettings): string;
}
/** Any of several values: a menu. */
interface SeveralField extends Shared {
  control: 'several';
  options(locale: Locale): { value: string; label: string }[];
  read(settings: GuildSettings): string[];
}
/** A text that the server writes: a button that opens a form. */
interface WordsField extends Shared {
  control: 'words';
  /** Characters. */
  longest: number;
  read(settings: GuildSettings): string;
}
/** On or off: a button. */
interface SwitchField extends Shared {
  control: 'switch';
  read(settings: GuildSettings): boolean;
}
interface PickField extends Shared {
  /** Discord's limit is 25. */
  most: number;
  read(settings: GuildSettings): string[];
}
interface ChannelsField extends PickField {
  control: 'channels';
  types: readonly ChannelType[];
}
interface RolesField extends PickField {
  control: 'roles';
}
export type Field = ChoiceField | SeveralField | WordsField | SwitchField | ChannelsField | RolesField;

/** A field of the table in `fields.ts`. */
interface Entry<Value> {
  section: SectionName;
  text(locale: Locale): FieldText;
  read(settings: GuildSettings): Value;
  write(settings: GuildSettings, value: Value): GuildSettings;
}

export function choice<Value extends string>(
  entry: Entry<Value> & { values: readonly Value[]; option(value: Value, locale: Locale): string },
): ChoiceField {
  const { values, option, read, write } = entry;
  return {
    ...entry,
    control: 'choice',
    options: (locale) => values.map((value) => ({ value, label: option(value, locale) })),
    write(settings, [given]) {
      const value = values.find((one) => one === given);
      return value === undefined ? undefined : write(settings, value);
    },
    describe: (settings, locale) => option(read(settings), locale),
  };
}

/** Stores chosen values in the order of `values`. */
export function several<Value extends string>(
  entry: Entry<Value[]> & { values: readonly Value[]; option(value: Value, locale: Locale): string },
): SeveralField {
  const { values, option, read, write } = entry;
  return {
    ...entry,
    control: 'several',
    options: (locale) => values.map((value) => ({ value, label: option(value, locale) })),
    write(settings, given) {
      const known = values.filter((value) => given.includes(value));
      return known.length === new Set(given).size ? write(settings, known) : undefined;
    },
    describe: (settings, locale) =>
      locale.text.joined(read(settings).map((value) => option(value, locale))) || locale.config.nothing,
  };
}

export function words(longest: number, entry: Entry<string>): WordsField {
  const { read, write } = entry;
  return {
    ...entry,
    control: 'words',
    longest,
    write: (settings, [given = '']) => (given.trim().length <= longest ? write(settings, given.trim()) : undefined),
    describe: (settings, { config }) => (read(settings) ? code(read(settings), longest) : config.none),
  };
}

export function onOff(entry: Entry<boolean>): SwitchField {
  const { read, write } = entry;
  return {
    ...entry,
    control: 'switch',
    write: (settings, [given]) => (given === 'on' || given === 'off' ? write(settings, given === 'on') : undefined),
    describe: (settings, { config }) => (read(settings) ? config.on : config.off),
  };
}

export function channels(types: readonly ChannelType[], most: number, entry: Entry<string[]>): ChannelsField {
  return { ...entry, ...picking(most, (id) => `<#${id}>`, entry), control: 'channels', types, most };
}

export function roles(most: number, entry: Entry<string[]>): RolesField {
  return { ...entry, ...picking(most, (id) => `<@&${id}>`, entry), control: 'roles', most };
}

function picking(most: number, mention: (id: string) => string, { read, write }: Entry<string[]>) {
  return {
    write: (settings: GuildSettings, ids: readonly string[]) =>
      ids.length <= most ? write(settings, [...ids]) : undefined,
    describe: (settings: GuildSettings, { config }: Locale) => read(settings).map(mention).join(' ') || config.none,
  };
}
