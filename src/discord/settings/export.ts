import { stringify } from 'csv-stringify/sync';
import type { LoggedChange } from './log.ts';
import type { GuildSettings } from './settings.ts';

export interface Exported {
  settings: GuildSettings;
  changes: readonly LoggedChange[];
  /** Cases in their stored form. */
  cases: readonly object[];
  /** All acts of the cases: texts by the names of their columns. */
  acts: readonly object[];
}

interface ExportFile {
  name: string;
  content: string;
}

/**
 * Exports a server's settings and cases: everything in one JSON file, and a CSV file for each table. `now` is in ms since the
 * epoch.
 */
export function exportFiles({ settings, changes, cases, acts }: Exported, now: number): ExportFile[] {
  const { trust, block, ...chosen } = settings;
  const json = { exportedAt: iso(now), settings: chosen, trust, block, changes: changes.map(dated), acts, cases };
  return [
    { name: 'vtscan.json', content: `${JSON.stringify(json, undefined, 2)}\n` },
    {
      name: 'settings.csv',
      content: csv(
        ['setting', 'value'],
        Object.entries(chosen).map(([name, value]) => [name, text(value)]),
      ),
    },
    {
      name: 'lists.csv',
      content: csv(
        ['list', 'sha256', 'name', 'by', 'at'],
        [
          ...trust.map((file) => ['trust', file.sha256, file.name, file.by, iso(file.at)]),
          ...block.map((file) => ['block', file.sha256, file.name, file.by, iso(file.at)]),
        ],
      ),
    },
    {
      name: 'changes.csv',
      content: csv(
        ['at', 'who', 'setting', 'from', 'to'],
        changes.flatMap(({ at, who, what }) =>
          Object.entries(what).map(([name, { from, to }]) => [iso(at), who, name, text(from), text(to)]),
        ),
      ),
    },
    { name: 'acts.csv', content: tableOf(acts) },
    { name: 'cases.csv', content: tableOf(cases) },
  ];
}

/** Makes a table with a column for each field that some row has. */
function tableOf(rows: readonly object[]): string {
  const fields = [...new Set(rows.flatMap(Object.keys))];
  return csv(
    fields,
    rows.map((one) => {
      const values = new Map<string, unknown>(Object.entries(one));
      return fields.map((field) => text(values.get(field)));
    }),
  );
}

/** Names of files come from strangers. A spreadsheet must not read one as a formula. */
const csv = (columns: string[], rows: string[][]): string =>
  stringify([columns, ...rows], { escape_formulas: true, bom: true });

const text = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
const iso = (ms: number): string => new Date(ms).toISOString();
const dated = ({ at, ...change }: LoggedChange) => ({ at: iso(at), ...change });
