import type { Locale } from '../../locales/en-US.ts';
import type { SettledScan } from '../../scan/scan.ts';
import { flaggingFamilies } from '../../verdict/opinions.ts';
import type { Judgement } from '../../verdict/verdict.ts';
import { topRows } from '../cards/card.ts';
import { troubleOf, warningLine } from '../cards/wording.ts';
import type { FileOutcome } from '../settings/policies.ts';
import type { CaseFile } from './case.ts';

const shownDetections = 3;

/** A scanned file as moderators are told of it. */
export function caseFileOf(
  scan: SettledScan,
  { counts: { flagged, opinions }, warnings }: Judgement,
  outcome: FileOutcome,
  locale: Locale,
): CaseFile {
  const { source, token, file, outcome: end } = scan;
  const known = {
    name: source.name,
    isLink: source.kind === 'url',
    token,
    sha256: file?.sha256,
    outcome,
    blocked: end.kind === 'ruled',
    flagged,
    opinions,
  };
  const words = warnings.map((warning) => warningLine(warning, locale));
  const failure = end.kind === 'error' ? troubleOf(source, end.code, locale).why : undefined;
  const report = end.kind === 'done' ? end.report : undefined;
  const families = report ? malwareFamilies(report.engines) : 0;
  const detections = topRowsOf(scan, locale);
  return { ...known, families, detections, warnings: words, ...(failure && { failure }), link: report?.link };
}

function topRowsOf(scan: SettledScan, locale: Locale): string[] {
  return scan.outcome.kind === 'done' ? topRows(scan, scan.outcome, shownDetections, locale) : [];
}

/** How many families of engines name malware. */
const malwareFamilies = (engines: Parameters<typeof flaggingFamilies>[0]) =>
  [...flaggingFamilies(engines, 'file').values()].filter((kind) => kind === 'malware').length;
