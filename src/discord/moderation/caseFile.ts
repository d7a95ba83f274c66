import type { SettledScan } from '../../scan/scan.ts';
import { topDetections } from '../../verdict/detections.ts';
import { flaggingFamilies } from '../../verdict/opinions.ts';
import type { Judgement } from '../../verdict/verdict.ts';
import type { FileOutcome } from '../settings/policies.ts';
import type { CaseFile } from './case.ts';

const shownDetections = 3;

/** Returns a scanned file in the form that alerts show. */
export function caseFileOf(
  { source, token, file, outcome: end }: SettledScan,
  { counts: { flagged, opinions }, warnings }: Judgement,
  outcome: FileOutcome,
): CaseFile {
  const isLink = source.kind === 'url';
  const report = end.kind === 'done' ? end.report : undefined;
  const engines = report?.engines ?? [];
  return {
    name: source.name,
    isLink,
    token,
    sha256: file?.sha256,
    outcome,
    blocked: end.kind === 'ruled',
    flagged,
    opinions,
    families: malwareFamilies(engines),
    detections: topDetections(engines, isLink ? 'url' : 'file').slice(0, shownDetections),
    warnings: [...warnings],
    ...(end.kind === 'error' && { failure: end.code }),
    link: report?.link,
  };
}

/** How many families of engines name malware. */
const malwareFamilies = (engines: Parameters<typeof flaggingFamilies>[0]) =>
  [...flaggingFamilies(engines, 'file').values()].filter((kind) => kind === 'malware').length;
