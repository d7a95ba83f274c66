import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIComponentInMessageActionRow,
  type APISelectMenuComponent,
  ButtonStyle,
  ComponentType,
  SelectMenuDefaultValueType,
} from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import { type ConfigAct, customId } from '../controls/ids.ts';
import type { SectionName } from './field.ts';
import type { NamedField } from './fields.ts';
import type { GuildSettings } from './settings.ts';

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

export const configId = (act: ConfigAct, of = '', value = '') => customId({ kind: 'config', act, of, value });

export function row(...components: APIComponentInMessageActionRow[]): Row {
  return { type: ComponentType.ActionRow, components };
}

export function button(
  label: string,
  custom_id: string,
  style: APIButtonComponentWithCustomId['style'] = ButtonStyle.Secondary,
  disabled = false,
): APIButtonComponentWithCustomId {
  return { type: ComponentType.Button, style, label, custom_id, disabled };
}

export function sectionMenu(current: SectionName, { config }: Locale): Row {
  return row({
    type: ComponentType.StringSelect,
    custom_id: configId('show'),
    placeholder: config.choose,
    options: Object.entries(config.sections).map(([value, label]) => ({
      label: config.title(label),
      value,
      default: value === current,
    })),
  });
}

/** Each menu has a row of its own. Switches and buttons of forms share a row. */
export function controlsOf(fields: readonly NamedField[], settings: GuildSettings, locale: Locale): Row[] {
  const menus: Row[] = [];
  const buttons: APIButtonComponentWithCustomId[] = [];
  for (const field of fields) {
    if (field.control === 'switch') buttons.push(toggle(field, settings, locale));
    else if (field.control === 'words') buttons.push(opener(field, locale));
    else menus.push(row(menu(field, settings, locale)));
  }
  return buttons.length > 0 ? [...menus, row(...buttons)] : menus;
}

type WordsField = Extract<NamedField, { control: 'words' }>;
type SwitchField = Extract<NamedField, { control: 'switch' }>;
type MenuField = Exclude<NamedField, WordsField | SwitchField>;

/** Every option names its setting, because a chosen option hides the placeholder. */
function menu(field: MenuField, settings: GuildSettings, locale: Locale): APISelectMenuComponent {
  const { label } = field.text(locale);
  const shared = { custom_id: configId('set', field.name), placeholder: label };
  switch (field.control) {
    case 'choice':
    case 'several': {
      const current = [field.read(settings)].flat();
      const options = field.options(locale).map(({ value, label: words }) => ({
        label: locale.text.labelled(label, words),
        value,
        default: current.includes(value),
      }));
      const most = field.control === 'several' && size(options.length);
      return { type: ComponentType.StringSelect, ...shared, ...most, options };
    }
    case 'channels': {
      const default_values = picked(field, settings, SelectMenuDefaultValueType.Channel);
      const channel_types = [...field.types];
      return { type: ComponentType.ChannelSelect, ...shared, ...size(field.most), channel_types, default_values };
    }
    case 'roles': {
      const default_values = picked(field, settings, SelectMenuDefaultValueType.Role);
      return { type: ComponentType.RoleSelect, ...shared, ...size(field.most), default_values };
    }
  }
}

const size = (most: number) => ({ min_values: 0, max_values: most });

function picked<Type extends SelectMenuDefaultValueType>(
  { read, most }: Extract<MenuField, { most: number }>,
  settings: GuildSettings,
  type: Type,
) {
  return read(settings)
    .slice(0, most)
    .map((id) => ({ id, type }));
}

/** Its id names the value that pressing it sets, so that an old panel cannot do the opposite. */
function toggle(field: SwitchField, settings: GuildSettings, locale: Locale): APIButtonComponentWithCustomId {
  const on = field.read(settings);
  const label = locale.text.labelled(field.text(locale).label, field.describe(settings, locale));
  const id = configId('set', field.name, on ? 'off' : 'on');
  return button(label, id, on ? ButtonStyle.Success : ButtonStyle.Secondary);
}

function opener(field: WordsField, locale: Locale): APIButtonComponentWithCustomId {
  return button(locale.config.words.edit(field.text(locale).label), configId('edit', field.name));
}
