import type { Locale } from '../../locales/en-US.ts';
import type { FailureCode } from '../../scan/failure.ts';
import { judgementOf } from '../../scan/judged.ts';
import type { SettledScan } from '../../scan/scan.ts';
import { topDetections } from '../../verdict/detections.ts';
import { type Judgement, toneOf } from '../../verdict/verdict.ts';
import type { Tone } from '../../verdict/word.ts';
import type { Terminal } from '../terminal.ts';
import { plain, warningText, widthOf, wrap } from './text.ts';

type Style = Parameters<Terminal['style']>[0];

const red: Style = ['bold', 'red'];
const orange: Style = ['bold', 'yellow'];
const styles: Record<Tone, Style> = {
  trusted: 'green',
  clean: 'green',
  empty: 'dim',
  warned: 'yellow',
  unknown: 'yellow',
  unseen: 'yellow',
  locked: 'yellow',
  failed: 'yellow',
  misleading: orange,
  unwanted: orange,
  suspicious: orange,
  malicious: red,
  blocked: red,
};

/** The parts of the terminal that results need. */
export type Drawn = Pick<Terminal, 'style' | 'columns'>;

/** Returns a line for a finished scan, with the warnings below it. On a terminal the line is wrapped. */
export function resultLine(scan: SettledScan, drawn: Drawn, locale: Locale, shown = scan.source.name): string {
  const { style, columns } = drawn;
  const { outcome, token } = scan;
  const judgement = judgementOf(scan);
  const result =
    outcome.kind === 'error' ? failureWords(outcome.code, locale) : verdictWords(scan, judgement, drawn, locale);
  const head = `${plain(shown)}: ${result}`;
  const end = `(${locale.cli.token(token)})`;
  const isOneLine = columns === undefined || widthOf(head) + 1 + widthOf(end) <= columns;
  const line = isOneLine ? `${head} ${style('dim', end)}` : wrap(head, columns);
  const below = [
    ...judgement.warnings.map((warning) => `${style('yellow', '!')} ${warningText(warning, locale)}`),
    ...(isOneLine ? [] : [style('dim', locale.cli.token(token))]),
  ];
  return [line, ...below.map((text) => `  ${wrap(text, columns, '    ')}`)].join('\n');
}

function verdictWords(scan: SettledScan, judgement: Judgement, { style }: Drawn, locale: Locale): string {
  const { cli } = locale;
  const { word, counts, reason } = judgement;
  const parts = [
    style(styles[toneOf(judgement)], cli.verdicts[word]),
    scan.outcome.kind === 'done' && cli.engines(counts.flagged, counts.opinions),
    labelOf(scan),
    reason === 'fewOpinions' && cli.unjudged,
  ];
  return locale.text.joined(parts.filter((part) => typeof part === 'string'));
}

export function failureWords(code: FailureCode, locale: Locale): string {
  const own: Partial<Record<FailureCode, string>> = locale.cli.failures;
  return own[code] ?? locale.failures[code].why.replace(/[.。]$/, '');
}

function labelOf({ outcome, source }: SettledScan): string | undefined {
  if (outcome.kind !== 'done') return undefined;
  const label =
    outcome.report.facts?.threatLabel ??
    topDetections(outcome.report.engines, source.kind === 'url' ? 'url' : 'file')[0]?.label;
  return label === undefined ? undefined : plain(label);
}
