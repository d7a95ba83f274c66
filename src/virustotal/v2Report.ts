import type { Subject } from '../inquiry/subject.ts';
import { clockTolerance } from '../scan/limits.ts';
import type { Analysis } from '../scan/ports.ts';
import type { Report } from '../verdict/report.ts';
import { clean } from './lenient.ts';
import { pageOf } from './subjects.ts';
import type { FoundV2, ReportV2 } from './v2Wire.ts';

/** In ms. A file that is sent again within this time gets its earlier analysis. */
const sameAnalysisFor = 10 * 60_000;

/** Returns the report; undefined if a scan was only requested. */
export function reportV2Of(found: FoundV2, subject: Subject): Report | undefined {
  if (!found.scans) return undefined;
  const engines = Object.entries(found.scans).map(([engine, row]) => ({
    engine: clean(engine, 60) || '?',
    ...row,
  }));
  const { sha256, sha1, md5, positives, total } = found;
  const hashes = subject.kind === 'file' ? { sha256, sha1, md5 } : {};
  const counted = positives === undefined || total === undefined ? undefined : { flagged: positives, engines: total };
  return {
    engines,
    analysedAt: found.scan_date ?? 0,
    facts: { names: [], tags: [], ...hashes, counted },
    link: pageOf(subject, subject.kind === 'file' ? sha256 : idIn(found.scan_id)),
  };
}

/**
 * Returns the progress of an analysis. An answer about an analysis with another id counts only if it is about as new as ours,
 * because it may be an earlier one.
 */
export function progressV2Of(
  answer: ReportV2,
  subject: Subject,
  { analysisId, since }: { analysisId?: string | undefined; since: number },
): Analysis {
  const report = answer.response_code === 1 ? reportV2Of(answer, subject) : undefined;
  const isOurs =
    analysisId === undefined ||
    (answer.response_code === 1 && answer.scan_id === analysisId) ||
    (report?.analysedAt ?? 0) >= since - sameAnalysisFor - clockTolerance;
  if (report && isOurs) return { finished: true, report };
  return { finished: false, report: { engines: [], analysedAt: since, link: pageOf(subject, undefined) } };
}

/** Ids used to be "<SHA-256>-<epoch>". Later ones are opaque. */
function idIn(scanId: string | undefined): string | undefined {
  return /^([0-9a-f]{64})-\d+$/.exec(scanId ?? '')?.[1];
}
