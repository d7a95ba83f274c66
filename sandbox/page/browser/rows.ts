import { html, nothing, type TemplateResult } from 'lit';
import type { Button, Row, Select } from '../../discord/limits/components.ts';
import type { MessageView } from '../wire.ts';
import { perform } from './api.ts';
import { type Choice, pickMany, pickOne } from './pick.ts';
import { state } from './store.ts';

const styles = ['primary', 'primary', 'secondary', 'success', 'destructive', 'secondary'] as const;

/** Buttons and menus of a message. */
export function drawRows(message: MessageView): TemplateResult | typeof nothing {
  if (message.rows.length === 0) return nothing;
  return html`<div slot="components" class="rows">${message.rows.map((row) => drawRow(message, row))}</div>`;
}

export function drawRow(message: MessageView, row: Row): TemplateResult {
  return html`<discord-action-row>
    ${row.components.map((one) => (one.type === 2 ? drawButton(message, one) : drawSelect(message, one)))}
  </discord-action-row>`;
}

function drawButton(message: MessageView, button: Button): TemplateResult {
  const { custom_id, url, label, emoji, style } = button;
  const disabled = button.disabled || message.deleted !== undefined;
  const press = () => {
    if (!disabled && custom_id) void perform({ do: 'press', as: state.me, message: message.id, button: custom_id });
  };
  return html`<discord-button type=${styles[style] ?? 'secondary'} url=${url ?? nothing} ?disabled=${disabled} @click=${press}
    >${emoji?.name ? `${emoji.name} ` : ''}${label ?? ''}</discord-button
  >`;
}

function drawSelect(message: MessageView, select: Select): TemplateResult {
  const { custom_id, placeholder, min_values, max_values } = select;
  const send = (values: string[]) =>
    void perform({ do: 'select', as: state.me, message: message.id, menu: custom_id, values });
  const picker = {
    key: `${message.id} ${custom_id}`,
    label: placeholder ?? 'Make a selection',
    choices: choicesOf(select, placeServer(message.channelId)),
    disabled: select.disabled || message.deleted !== undefined,
    least: min_values,
    most: max_values,
    send,
  };
  return max_values > 1 || min_values === 0 ? pickMany(picker) : pickOne(picker);
}

const placeServer = (id: string) => state.sections?.places.find((place) => place.id === id)?.serverId;

/** What a menu offers: 3 its own texts, 5 members, 6 roles, 7 both, 8 channels. */
export function choicesOf(
  {
    type,
    options,
    default_values,
    channel_types,
  }: Pick<Select, 'type' | 'options' | 'default_values' | 'channel_types'>,
  serverId: string | undefined,
): Choice[] {
  if (type === 3)
    return (options ?? []).map(({ label, value, description, default: isOn }) => ({
      label,
      value,
      note: description,
      isOn: isOn ?? false,
    }));
  const { people = [], roles = [], places = [] } = state.sections ?? {};
  const members = people.filter(({ serverIds }) => serverIds.includes(serverId ?? ''));
  const own = <T extends { serverId: string | undefined }>(all: T[]) => all.filter((one) => one.serverId === serverId);
  const named = [
    ...(type === 5 || type === 7 ? members.map(({ id, name }) => ({ value: id, label: `@${name}` })) : []),
    ...(type === 6 || type === 7 ? own(roles).map(({ id, name }) => ({ value: id, label: `@${name}` })) : []),
    ...(type === 8
      ? own(places)
          .filter((place) => (channel_types?.length ? channel_types.includes(place.type) : true))
          .filter(({ readers }) => readers.includes(state.me))
          .map(({ id, name }) => ({ value: id, label: `#${name}` }))
      : []),
  ];
  const on = new Set(default_values?.map(({ id }) => id));
  return named.map((one) => ({ ...one, note: undefined, isOn: on.has(one.value) }));
}
