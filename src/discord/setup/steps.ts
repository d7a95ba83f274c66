import {
  type APIEmbed,
  type APISelectMenuComponent,
  ButtonStyle,
  ComponentType,
  SelectMenuDefaultValueType,
} from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import type { Capacity } from '../../scan/ports.ts';
import { shorten } from '../cards/text.ts';
import { type Message, messageOf } from '../cards/view.ts';
import { customId, type SetUpAct } from '../controls/ids.ts';
import { button, configId, type Row, row } from '../settings/controls.ts';
import { overviewLines } from '../settings/overview.ts';
import type { GuildSettings } from '../settings/settings.ts';
import { pickedTypes, writingTypes } from '../settings/standing.ts';
import type { Draft } from './draft.ts';
import type { Place } from './places.ts';

export type Step = 'alerts' | 'watch' | 'upload';

export interface StepView {
  draft: Draft;
  places: readonly Place[];
  capacity: Capacity;
  /** Whether it is shown in a private conversation, where Discord offers no menu of channels. */
  inPrivate: boolean;
}

/** Discord's limit for the options of a menu. */
const mostOptions = 25;
const colours = { step: 0x5865f2, warning: 0xe67e22, done: 0x2ecc71 };

export const setUpId = (act: SetUpAct, guild: string, value = '') => customId({ kind: 'setUp', act, guild, value });

/** Renders one of the three questions, with the recommended or chosen options selected. */
export function renderStep(step: Step, view: StepView, locale: Locale): Message {
  switch (step) {
    case 'alerts':
      return alertsStep(view, locale);
    case 'watch':
      return watchStep(view, locale);
    case 'upload':
      return uploadStep(view, locale);
  }
}

function alertsStep(view: StepView, { setUp }: Locale): Message {
  const { draft, places } = view;
  const { guild, alertChannel } = draft;
  const chosen = places.find(({ id }) => id === alertChannel);
  const warning = chosen?.isPublic ? setUp.alerts.isPublic(`<#${chosen.id}>`) : undefined;
  const lines = [setUp.alerts.about, ...(alertChannel ? [] : [setUp.alerts.none]), ...(warning ? [warning] : [])];
  const next = button(
    warning ? setUp.anyway : alertChannel ? setUp.next : setUp.alerts.without,
    setUpId('step', guild, 'watch'),
    warning ? ButtonStyle.Danger : ButtonStyle.Primary,
  );
  const menu = channelMenu(view, { act: 'alerts', label: setUp.alerts.choose, chosen: [alertChannel].flat(), most: 1 });
  const colour = warning ? colours.warning : colours.step;
  return message(card(setUp.title(1, setUp.alerts.title), lines, colour), [...menu, row(next)]);
}

function watchStep(view: StepView, { setUp }: Locale): Message {
  const { guild, watch, watchedChannels } = view.draft;
  const { unknown, mostlyKnown } = view.capacity;
  const choices = row(choice('watch', guild, setUp.watch.values, watch));
  const picker = { act: 'channels', label: setUp.watch.pick, chosen: watchedChannels, most: mostOptions } as const;
  const isMissing = watch === 'some' && watchedChannels.length === 0;
  const lines = [setUp.watch.about, setUp.capacity(unknown, mostlyKnown), ...(isMissing ? [setUp.watch.missing] : [])];
  return message(card(setUp.title(2, setUp.watch.title), lines), [
    choices,
    ...(watch === 'some' ? channelMenu(view, picker) : []),
    row(
      button(setUp.back, setUpId('step', guild, 'alerts')),
      button(setUp.next, setUpId('step', guild, 'upload'), ButtonStyle.Primary, isMissing),
    ),
  ]);
}

function uploadStep({ draft }: StepView, { setUp }: Locale): Message {
  const { guild, upload } = draft;
  return message(card(setUp.title(3, setUp.upload.title), [setUp.upload.about]), [
    row(choice('upload', guild, setUp.upload.values, upload)),
    row(
      button(setUp.back, setUpId('step', guild, 'watch')),
      button(setUp.finish, setUpId('finish', guild), ButtonStyle.Success),
    ),
  ]);
}

/** Renders the end of set-up. `said`: the result of the last press, and the troubles. */
export function renderDone(guild: string, settings: GuildSettings, said: readonly string[], locale: Locale): Message {
  const { setUp, config } = locale;
  const watches = settings.watch !== 'none';
  const lines = [...overviewLines(settings, locale).slice(0, 5), ...said.flatMap((line) => ['', line])];
  return message(card(setUp.done, lines, colours.done), [
    row(
      button(setUp.test.button, setUpId('test', guild), ButtonStyle.Primary, !settings.alertChannel),
      button(setUp.notice.button, setUpId('notice', guild), ButtonStyle.Secondary, !watches),
      button(config.title(config.sections.overview), configId('show', 'overview')),
    ),
  ]);
}

type Texts = Record<string, { label: string; about: string }>;

function choice(act: SetUpAct, guild: string, texts: Texts, chosen: string): APISelectMenuComponent {
  const options = Object.entries(texts).map(([value, { label, about }]) => ({
    label,
    description: about,
    value,
    default: value === chosen,
  }));
  return { type: ComponentType.StringSelect, custom_id: setUpId(act, guild), options };
}

interface Picker {
  act: 'alerts' | 'channels';
  label: string;
  chosen: readonly (string | undefined)[];
  most: number;
}

/** A menu of the server's channels; none if there is nothing to offer. */
function channelMenu(view: StepView, { act, label: placeholder, chosen, most }: Picker): Row[] {
  const shared = { custom_id: setUpId(act, view.draft.guild), placeholder, min_values: 0 };
  if (!view.inPrivate) {
    const default_values = chosen
      .filter((id) => id !== undefined)
      .map((id) => ({ id, type: SelectMenuDefaultValueType.Channel as const }));
    const channel_types = [...(act === 'alerts' ? writingTypes : pickedTypes)];
    return [row({ type: ComponentType.ChannelSelect, ...shared, max_values: most, channel_types, default_values })];
  }
  const options = view.places.slice(0, mostOptions).map(({ id, name }) => ({
    label: `#${shorten(name, 90)}`,
    value: id,
    default: chosen.includes(id),
  }));
  if (options.length === 0) return [];
  const max_values = Math.min(most, options.length);
  return [row({ type: ComponentType.StringSelect, ...shared, max_values, options })];
}

const card = (title: string, lines: readonly string[], color = colours.step): APIEmbed => ({
  title,
  color,
  description: lines.join('\n'),
});

const message = (embed: APIEmbed, components: Row[]) => messageOf({ embeds: [embed], components });
