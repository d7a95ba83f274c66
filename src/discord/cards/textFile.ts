import { defang } from '../../address/address.ts';
import type { Locale } from '../../locales/en-US.ts';
import { sha256Of } from '../../scan/identity.ts';
import type { SettledScan } from '../../scan/scan.ts';
import { rowsOf } from '../../verdict/rows.ts';
import type { Judgement } from '../../verdict/verdict.ts';
import { aligned, tableOf } from './table.ts';

export interface TextFile {
  name: string;
  content: string;
}

/** Returns the engines' answers as a text file; undefined if there are none. */
export function textFile(scan: SettledScan, { counts }: Judgement, locale: Locale): TextFile | undefined {
  const { source, outcome, token } = scan;
  if (outcome.kind !== 'done') return undefined;
  const { columns, about } = locale.table;
  const { report } = outcome;
  const sha256 = sha256Of(scan);
  const rows = rowsOf(scan, 'all').map(({ engine, category, label = '', version = '', updated = '' }) => [
    engine,
    locale.answers[category],
    label,
    version,
    updated,
  ]);
  const heading = [
    [about.name, source.kind === 'url' ? defang(source.url) : source.name],
    ...(sha256 ? [['SHA-256', sha256]] : []),
    [about.flagged, `${counts.flagged}/${counts.opinions}`],
    [about.analysed, new Date(report.analysedAt).toISOString()],
    [about.page, report.link],
  ];
  return {
    name: `vtscan-${(sha256 ?? token).slice(0, 12)}.txt`,
    content: `${[...aligned(heading), '', ...tableOf(columns, rows)].join('\n')}\n`,
  };
}
