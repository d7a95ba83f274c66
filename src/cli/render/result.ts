import { disguises } from '../../content/disguise.ts';
import type { Locale } from '../../locales/en-US.ts';
import type { FailureCode } from '../../scan/failure.ts';
import type { SettledScan } from '../../scan/scan.ts';
import { publish } from '../../scan/status.ts';
import { topDetections, type Verdict } from '../../verdict/verdict.ts';
import type { Terminal } from '../terminal.ts';
import { plain } from './text.ts';

const colours = {
  malicious: ['bold', 'red'],
  suspicious: ['bold', 'yellow'],
  clean: 'green',
  unknown: 'yellow',
} as const;

/** A line for a finished scan, and below it what is suspicious about its name. */
export function resultLine(
  scan: SettledScan,
  { style }: Pick<Terminal, 'style'>,
  locale: Locale,
  shown = scan.source.name,
): string {
  const { outcome, token } = scan;
  const name = plain(shown);
  const end = style('dim', `(${locale.cli.token(token)})`);
  if (outcome.kind === 'error') return `${name}: ${failureWords(outcome.code, locale)} ${end}`;
  if (outcome.kind === 'ruled') return `${name}: ${locale.cli.rulings[outcome.ruling]} ${end}`;

  const { verdict, counts, unopened } = outcome.judgement;
  const why = verdict === 'unknown' && (unopened ? locale.cli.unopened : locale.cli.unjudged);
  const parts = [
    style([...[colours[verdict]].flat()], locale.cli.verdicts[verdict]),
    locale.cli.engines(counts.flagged, counts.opinions),
    labelOf(scan),
    why,
  ].filter((part) => typeof part === 'string');
  const warnings = disguises(scan.source.name, scan.file?.content.extension).map(
    (found) => `  ${locale.disguise(found).replaceAll('`', '')}`,
  );
  return [`${name}: ${parts.join(', ')} ${end}`, ...warnings].join('\n');
}

export function failureWords(code: FailureCode, locale: Locale): string {
  const own: Partial<Record<FailureCode, string>> = locale.cli.failures;
  return own[code] ?? locale.failures[code].why.replace(/\.$/, '');
}

function labelOf({ outcome }: SettledScan): string | undefined {
  if (outcome.kind !== 'done') return undefined;
  const label = outcome.report.facts?.threatLabel ?? topDetections(outcome.report.engines)[0]?.label;
  return label === undefined ? undefined : plain(label);
}

/** What a program reads of a finished scan: the published status and what goes with it. */
export function resultFields(scan: SettledScan, shown = scan.source.name) {
  const { token, outcome, file } = scan;
  const done = outcome.kind === 'done' ? outcome : undefined;
  return {
    file: shown.toWellFormed(),
    token,
    ...publish(scan),
    verdict: done?.judgement.verdict satisfies Verdict | undefined,
    flagged: done?.judgement.counts.flagged,
    opinions: done?.judgement.counts.opinions,
    failure: outcome.kind === 'error' ? outcome.code : undefined,
    sha256: file?.sha256 ?? done?.report.facts?.sha256,
    analysedAt: done && new Date(done.report.analysedAt).toISOString(),
    link: done?.report.link,
  };
}
