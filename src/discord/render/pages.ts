import { type APIEmbed, ButtonStyle, ComponentType } from 'discord.js';
import type { Locale } from '../../locales/en-US.ts';
import type { EngineAnswer } from '../../scan/report.ts';
import type { SettledScan } from '../../scan/scan.ts';
import { defaultThresholds, isFlagged } from '../../scan/verdict.ts';
import { customId } from '../components.ts';
import type { Message } from './reply.ts';
import { code, fileName } from './text.ts';

/** Fits into an embed's 4096 characters with the longest engine names and labels. */
const rowsPerPage = 15;

/** All engines' answers, flagged first, a page of them. A page beyond the end is the last one. */
export function detectionsPage(scan: SettledScan, wanted: number, locale: Locale): Message {
  const rows = scan.outcome.kind === 'done' ? scan.outcome.report.engines.toSorted(byWeight) : [];
  const pages = Math.max(1, Math.ceil(rows.length / rowsPerPage));
  const page = Math.min(wanted, pages - 1);
  const shown = rows.slice(page * rowsPerPage, (page + 1) * rowsPerPage).map((row) => line(row, locale));
  const embed: APIEmbed = {
    description: [
      locale.pages.title(fileName(scan.source.name)),
      ...(shown.length > 0 ? shown : [locale.pages.none]),
    ].join('\n'),
    footer: { text: locale.pages.page(page + 1, pages) },
  };
  const turn = (to: number, label: string) => ({
    type: ComponentType.Button as const,
    style: ButtonStyle.Secondary as const,
    label,
    custom_id: customId({ kind: 'page', token: scan.token, page: Math.max(0, to) }),
    disabled: to < 0 || to >= pages,
  });
  return {
    content: '',
    embeds: [embed],
    components:
      pages === 1
        ? []
        : [
            {
              type: ComponentType.ActionRow,
              components: [turn(page - 1, locale.pages.previous), turn(page + 1, locale.pages.next)],
            },
          ],
    allowed_mentions: { parse: [] },
  };
}

const icons: Partial<Record<EngineAnswer['category'], string>> = { malicious: '🔴', suspicious: '🟠' };

function line({ engine, category, label }: EngineAnswer, locale: Locale): string {
  const shown = isFlagged({ category }) ? label && code(label, 100) : undefined;
  return `${icons[category] ?? '▫️'} ${locale.pages.row(category, code(engine, 40), shown)}`;
}

function byWeight(a: EngineAnswer, b: EngineAnswer): number {
  return weight(a) - weight(b) || a.category.localeCompare(b.category, 'en') || a.engine.localeCompare(b.engine, 'en');
}

function weight(row: EngineAnswer): number {
  if (!isFlagged(row)) return 2;
  return defaultThresholds.reputable.includes(row.engine) ? 0 : 1;
}
