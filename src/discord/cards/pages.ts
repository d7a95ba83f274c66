import { type APIEmbed, ButtonStyle, ComponentType } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import type { SettledScan } from '../../scan/scan.ts';
import { isFlagged } from '../../verdict/opinions.ts';
import type { EngineAnswer } from '../../verdict/report.ts';
import { rowsOf, type Selection } from '../../verdict/rows.ts';
import { customId } from '../controls/ids.ts';
import { code } from './text.ts';
import { type Message, messageOf } from './view.ts';
import { subjectName } from './wording.ts';

/** A page with the longest engine names and labels fits into an embed's 4096 characters. */
const rowsPerPage = 15;

export interface Page {
  selection: Selection;
  /** From 0. A number beyond the end shows the last page. */
  page: number;
}

/**
 * Renders a page of the engines' answers, with controls to turn pages, to switch between flagged and all, and to get a text
 * file.
 */
export function detectionsPage(scan: SettledScan, { selection, page: wanted }: Page, locale: Locale): Message {
  const rows = rowsOf(scan, selection);
  const pages = Math.max(1, Math.ceil(rows.length / rowsPerPage));
  const page = Math.min(wanted, pages - 1);
  const shown = rows.slice(page * rowsPerPage, (page + 1) * rowsPerPage).map((row) => line(row, locale));
  const embed: APIEmbed = {
    description: [
      locale.pages.title[selection](subjectName(scan.source)),
      ...(shown.length > 0 ? shown : [locale.pages.none[selection]]),
    ].join('\n'),
    footer: { text: locale.pages.page(page + 1, pages) },
  };
  return messageOf({ embeds: [embed], components: controls(scan, { selection, page }, pages, locale) });
}

function controls(scan: SettledScan, { selection, page }: Page, pages: number, locale: Locale) {
  const { token } = scan;
  if (rowsOf(scan, 'all').length === 0) return [];
  const turn = (to: number, label: string) =>
    button(label, customId({ kind: 'page', token, selection, page: Math.max(0, to) }), to < 0 || to >= pages);
  const other = selection === 'all' ? 'flagged' : 'all';
  const row = {
    type: ComponentType.ActionRow as const,
    components: [
      ...(pages > 1 ? [turn(page - 1, locale.pages.previous), turn(page + 1, locale.pages.next)] : []),
      button(locale.pages.switchTo[other], customId({ kind: 'page', token, selection: other, page: 0 })),
      button(locale.pages.asText, customId({ kind: 'text', token })),
    ],
  };
  return [row];
}

const button = (label: string, custom_id: string, disabled = false) => ({
  type: ComponentType.Button as const,
  style: ButtonStyle.Secondary as const,
  label,
  custom_id,
  disabled,
});

const icons: Partial<Record<EngineAnswer['category'], string>> = { malicious: '⛔', suspicious: '⚠️' };

function line({ engine, category, label }: EngineAnswer, locale: Locale): string {
  const shown = isFlagged({ category }) ? label && code(label, 100) : undefined;
  return `${icons[category] ?? '▫️'} ${locale.pages.row(category, code(engine, 40), shown)}`;
}
