import { ButtonStyle } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import { type Message, messageOf } from '../cards/view.ts';
import { changesOf } from './changes.ts';
import { button, configId, type Row, row } from './controls.ts';
import { allFields } from './fields.ts';
import type { Outcome } from './policies.ts';
import { isPresetName, type PresetName, presets } from './presets.ts';
import { type GuildSettings, uploadOf } from './settings.ts';
import { channelList } from './words.ts';

/** Describes what is switched on in a few lines. */
export function overviewLines(settings: GuildSettings, locale: Locale): string[] {
  const { overview, fields } = locale.config;
  const { line } = overview;
  return [
    line(overview.watching, watching(settings, locale)),
    line(fields.upload.label, fields.upload.values[uploadOf(settings)]),
    line(overview.alerts, settings.alertChannel ? `<#${settings.alertChannel}>` : overview.noAlerts),
    line(overview.files(fields.malicious.label), steps('malicious', settings, locale)),
    line(overview.files(fields.suspicious.label), steps('suspicious', settings, locale)),
    line(overview.listed, overview.lists(settings.trust.length, settings.block.length)),
  ];
}

function watching({ watch, watchedChannels, exemptChannels }: GuildSettings, { config }: Locale): string {
  const { overview, troubles } = config;
  const mention = (ids: readonly string[]) => channelList(ids, troubles);
  if (watch === 'none') return overview.nowhere;
  const watched = watch === 'all' ? overview.everywhere : mention(watchedChannels) || config.none;
  return exemptChannels.length > 0 ? `${watched}${overview.except(mention(exemptChannels))}` : watched;
}

const steps = (outcome: Outcome, settings: GuildSettings, locale: Locale): string =>
  allFields.find(({ name }) => name === outcome)?.describe(settings, locale) ?? '';

/** The button *Set up*, and one for each preset. */
export function overviewButtons({ config }: Locale): Row {
  const names = Object.keys(presets).filter(isPresetName);
  return row(
    button(config.setUp, configId('setUp'), ButtonStyle.Primary),
    ...names.map((name) => button(config.presets[name].label, configId('preset', name))),
  );
}

const colour = 0x5865f2;

/** Shows what a preset would change, before it is applied. */
export function renderPreset(name: PresetName, settings: GuildSettings, locale: Locale): Message {
  const { presets: words } = locale.config;
  const changes = changesOf(settings, { ...settings, ...presets[name] }, locale);
  const back = button(words.back, configId('show', 'overview'));
  const apply = button(words.apply, configId('apply', name), ButtonStyle.Primary);
  const embed = {
    title: words.title(words[name].label),
    color: colour,
    description: [words[name].about, '', ...(changes.length > 0 ? changes : [words.nothing])].join('\n'),
  };
  return messageOf({ embeds: [embed], components: [changes.length > 0 ? row(apply, back) : row(back)] });
}

/** The button that restores the settings from before a preset. */
export function undoRow({ config }: Locale): Row {
  return row(button(config.presets.undo, configId('undo')));
}
