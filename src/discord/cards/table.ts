import width from 'string-width';

/** Longer cells stick out of their column. */
const widestColumn = 40;

/** Returns rows as lines of text, with columns as wide as their longest cells. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const lines = rows.map((row) => row.map(oneLine));
  const widths = widthsOf(lines);
  const pad = (cell: string, column: number) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - width(cell)));
  return lines.map((line) => line.map(pad).join('  ').trimEnd());
}

/** The same below a header. */
export function tableOf(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const rule = widthsOf([header, ...rows].map((row) => row.map(oneLine))).map((each) => '-'.repeat(each));
  return aligned([header, rule, ...rows]);
}

function widthsOf(lines: readonly (readonly string[])[]): number[] {
  const [first = []] = lines;
  return first.map((_, column) => Math.min(widestColumn, Math.max(...lines.map((line) => width(line[column] ?? '')))));
}

/** Replaces control characters and changes of direction, which would break the table. */
const oneLine = (cell: string) =>
  cell
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '')
    .trim();
