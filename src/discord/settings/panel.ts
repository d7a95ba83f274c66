import { type APIEmbed, ButtonStyle, ComponentType } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import { fileName, shorten } from '../cards/text.ts';
import { type Message, messageOf } from '../cards/view.ts';
import { button, configId, controlsOf, type Row, row, sectionMenu } from './controls.ts';
import type { SectionName } from './field.ts';
import { fieldsOf } from './fields.ts';
import { type KeyStanding, keyPage } from './keyPage.ts';
import { isListName, type ListName } from './lists.ts';
import type { LoggedChange } from './log.ts';
import { overviewButtons, overviewLines } from './overview.ts';
import type { GuildSettings } from './settings.ts';
import type { SkippedFile } from './skipped.ts';
import type { Trouble } from './troubles.ts';
import { listedWords, loggedWords, skippedWords, troubleWords } from './words.ts';

/** Where a moderator is in the panel. */
export interface PanelPage {
  section: SectionName;
  /** The page of a list, from 0. */
  page: number;
}

export interface PanelView {
  settings: GuildSettings;
  skipped: readonly SkippedFile[];
  troubles: readonly Trouble[];
  /** Newest first. */
  changes: readonly LoggedChange[];
  key: KeyStanding;
}

interface Content {
  description: string;
  rows: Row[];
}

const filesPerPage = 10;
/** The most troubles on the first page, which has to stay short. */
const mostTroubles = 4;
const shownChanges = 8;
const colours = { panel: 0x5865f2, trouble: 0xe67e22, reset: 0xd83c3e };

/** Renders the panel of all settings, opened at a section. `more`: rows about what was just done. */
export function renderPanel({ section, page }: PanelPage, view: PanelView, locale: Locale, more: Row[] = []): Message {
  const { description, rows } = contentOf(section, page, view, locale);
  const { config } = locale;
  const panel: APIEmbed = { title: config.title(config.sections[section]), color: colours.panel, description };
  const shown = section === 'overview' ? mostTroubles : view.troubles.length;
  const embeds = [...troubleCard(view.troubles, shown, locale), panel];
  return messageOf({ embeds, components: [sectionMenu(section, locale), ...rows, ...more] });
}

function contentOf(section: SectionName, page: number, view: PanelView, locale: Locale): Content {
  if (section === 'overview') return overview(view, locale);
  if (section === 'record') return record(view, locale);
  if (section === 'key') return keyPage(view.key, locale);
  if (section === 'skipped') return skippedFiles(view, locale);
  if (isListName(section)) return fileList(section, page, view, locale);
  const fields = fieldsOf(section);
  const paragraphs = fields.map((field) => {
    const { label, about } = field.text(locale);
    return `${locale.text.labelled(`**${label}**`, field.describe(view.settings, locale))}\n-# ${about}`;
  });
  return { description: paragraphs.join('\n'), rows: controlsOf(fields, view.settings, locale) };
}

function overview({ settings }: PanelView, locale: Locale): Content {
  const lines = [...overviewLines(settings, locale), `-# ${locale.config.overview.more}`];
  return { description: lines.join('\n'), rows: [overviewButtons(locale)] };
}

function record({ changes }: PanelView, locale: Locale): Content {
  const { config } = locale;
  const lines = changes.slice(0, shownChanges).map((change) => loggedWords(change, locale));
  const controls = row(
    button(config.record.export, configId('export'), ButtonStyle.Primary),
    button(config.reset, configId('ask')),
  );
  return { description: [config.record.about(changes.length), ...lines].join('\n'), rows: [controls] };
}

function fileList(list: ListName, wanted: number, { settings }: PanelView, locale: Locale): Content {
  const { lists } = locale.config;
  const files = settings[list];
  const pages = Math.max(1, Math.ceil(files.length / filesPerPage));
  const page = Math.min(wanted, pages - 1);
  const shown = files.slice(page * filesPerPage, (page + 1) * filesPerPage);
  const turn = (to: number, label: string) =>
    button(label, configId('show', list, String(Math.max(0, to))), ButtonStyle.Secondary, to < 0 || to >= pages);
  const turns = pages > 1 ? [turn(page - 1, lists.previous), turn(page + 1, lists.next)] : [];
  const rows = [
    ...(shown.length > 0 ? [removal(list, shown, locale)] : []),
    row(button(lists.add, configId('add', list), ButtonStyle.Primary), ...turns),
  ];
  const lines = shown.map((file) => listedWords(file, locale));
  const number = pages > 1 ? lists.page(page + 1, pages) : lists.count(files.length);
  return { description: [lists.about[list], ...lines, `-# ${number}`].join('\n'), rows };
}

function removal(list: ListName, files: GuildSettings[ListName], { config }: Locale): Row {
  return row({
    type: ComponentType.StringSelect,
    custom_id: configId('remove', list),
    placeholder: config.lists.remove,
    min_values: 1,
    max_values: files.length,
    options: files.map(({ name, sha256 }) => ({
      label: fileName(name, 90).slice(1, -1),
      description: shorten(sha256, 40),
      value: sha256,
    })),
  });
}

function skippedFiles({ skipped }: PanelView, locale: Locale): Content {
  const lines = skipped.map((file) => skippedWords(file, locale));
  const { config } = locale;
  return { description: [config.skipped.about, ...(lines.length > 0 ? lines : [config.none])].join('\n'), rows: [] };
}

function troubleCard(troubles: readonly Trouble[], most: number, locale: Locale): APIEmbed[] {
  if (troubles.length === 0) return [];
  const { title, more } = locale.config.troubles;
  const lines = troubles.slice(0, most).map((trouble) => `• ${troubleWords(trouble, locale)}`);
  const rest = troubles.length - lines.length;
  const description = [...lines, ...(rest > 0 ? [`• ${more(rest)}`] : [])].join('\n');
  return [{ title, color: colours.trouble, description }];
}

/** The question before a reset. */
export function renderReset({ config }: Locale): Message {
  const yes = button(config.resetYes, configId('reset'), ButtonStyle.Danger);
  const no = button(config.resetNo, configId('show', 'record'));
  const embed = { title: config.resetTitle, color: colours.reset, description: config.resetAbout };
  return messageOf({ embeds: [embed], components: [row(yes, no)] });
}
