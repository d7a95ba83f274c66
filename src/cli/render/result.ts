import type { Locale } from '../../locales/en-US.ts';
import type { FailureCode } from '../../scan/failure.ts';
import { judgementOf } from '../../scan/judged.ts';
import type { SettledScan } from '../../scan/scan.ts';
import { publish } from '../../scan/status.ts';
import { topDetections } from '../../verdict/detections.ts';
import type { Word } from '../../verdict/word.ts';
import type { Terminal } from '../terminal.ts';
import { plain } from './text.ts';

type Style = Parameters<Terminal['style']>[0];

const red: Style = ['bold', 'red'];
const orange: Style = ['bold', 'yellow'];
const styles: Record<Word, Style> = {
  trusted: 'green',
  clean: 'green',
  empty: 'dim',
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

/** A line for a finished scan, and below it what one should know beside the word. */
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

  const { word, counts, reason, warnings } = judgementOf(scan);
  const parts = [
    style(styles[word], locale.cli.verdicts[word]),
    outcome.kind === 'done' && locale.cli.engines(counts.flagged, counts.opinions),
    labelOf(scan),
    reason === 'fewOpinions' && locale.cli.unjudged,
  ].filter((part) => typeof part === 'string');
  const below = warnings.map((warning) => `  ${locale.warning(warning).replaceAll('`', '')}`);
  return [`${name}: ${parts.join(', ')} ${end}`, ...below].join('\n');
}

export function failureWords(code: FailureCode, locale: Locale): string {
  const own: Partial<Record<FailureCode, string>> = locale.cli.failures;
  return own[code] ?? locale.failures[code].why.replace(/\.$/, '');
}

function labelOf({ outcome, source }: SettledScan): string | undefined {
  if (outcome.kind !== 'done') return undefined;
  const label =
    outcome.report.facts?.threatLabel ??
    topDetections(outcome.report.engines, source.kind === 'url' ? 'url' : 'file')[0]?.label;
  return label === undefined ? undefined : plain(label);
}

/** What a program reads of a finished scan: the published status and what goes with it. */
export function resultFields(scan: SettledScan, shown = scan.source.name) {
  const { token, outcome, file } = scan;
  const done = outcome.kind === 'done' ? outcome : undefined;
  const { word, reason, warnings, counts } = judgementOf(scan);
  return {
    file: shown.toWellFormed(),
    token,
    ...publish(scan),
    verdict: word,
    reason,
    warnings,
    flagged: counts.flagged,
    opinions: counts.opinions,
    families: counts.families,
    failure: outcome.kind === 'error' ? outcome.code : undefined,
    sha256: file?.sha256 ?? done?.report.facts?.sha256,
    analysedAt: done && new Date(done.report.analysedAt).toISOString(),
    link: done?.report.link,
  };
}
