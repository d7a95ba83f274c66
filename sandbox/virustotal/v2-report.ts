import { type Analysis, analysisStatus, opinionsSoFar } from './analysis.ts';
import type { StoredFile, StoredUrl } from './model.ts';
import { pageOpinionsSoFar } from './url-report.ts';

// The bodies of the v2 API.

const website = 'https://www.virustotal.com';
const finished = 'Scan finished, information embedded';

const second = ({ startedAt }: Analysis) => Math.floor(startedAt / 1000);
/** As ids were in v2: of what, and since when. */
const scanId = (analysis: Analysis) => `${analysis.sha256}-${second(analysis)}`;
const scanDate = ({ startedAt }: Analysis) => new Date(startedAt).toISOString().slice(0, 19).replace('T', ' ');
const permalink = (analysis: Analysis) =>
  `${website}/${analysis.kind}/${analysis.sha256}/analysis/${second(analysis)}/`;

export const unknownV2 = (resource: string) => ({
  response_code: 0,
  resource,
  verbose_msg: 'The requested resource is not among the finished, queued or pending scans',
});

/** What is asked for by a scan's id gets that scan, anything else the last one that is finished. */
export function reportV2(stored: StoredFile | StoredUrl, resource: string, now: number) {
  const asked = stored.analyses.find((analysis) => scanId(analysis) === resource);
  const last = stored.analyses.findLast((analysis) => analysisStatus(analysis, now) === 'completed');
  const analysis = asked ?? last;
  if (!analysis || analysisStatus(analysis, now) !== 'completed') {
    return { response_code: -2, resource, verbose_msg: 'Your resource is queued for analysis' };
  }
  return 'url' in stored ? urlReport(stored, analysis, resource, now) : fileReport(stored, analysis, resource, now);
}

export function fileQueuedV2({ sha256, sha1, md5 }: StoredFile, analysis: Analysis) {
  return {
    response_code: 1,
    resource: sha256,
    scan_id: scanId(analysis),
    permalink: permalink(analysis),
    sha256,
    sha1,
    md5,
    verbose_msg: 'Scan request successfully queued, come back later for the report',
  };
}

export function urlQueuedV2({ url }: StoredUrl, analysis: Analysis) {
  return {
    response_code: 1,
    resource: url,
    url,
    scan_id: scanId(analysis),
    scan_date: scanDate(analysis),
    permalink: permalink(analysis),
    verbose_msg: 'Scan request successfully queued, come back later for the report',
  };
}

/** v2 has no rows of engines that gave no opinion. */
function fileReport({ sha256, sha1, md5 }: StoredFile, analysis: Analysis, resource: string, now: number) {
  const update = scanDate(analysis).slice(0, 10).replaceAll('-', '');
  const rows = opinionsSoFar(analysis, now)
    .filter(({ category }) => /^(malicious|suspicious|harmless|undetected)$/.test(category))
    .map(({ engine, category, label }) => {
      const detected = category === 'malicious' || category === 'suspicious';
      return [engine.name, { detected, version: engine.version, result: detected ? label : null, update }] as const;
    });
  return { ...head(analysis, resource, rows), sha256, sha1, md5, scans: Object.fromEntries(rows) };
}

function urlReport({ url }: StoredUrl, analysis: Analysis, resource: string, now: number) {
  const rows = pageOpinionsSoFar(analysis, now)
    .filter(({ category }) => category !== 'timeout')
    .map(
      ({ list, category, result }) => [list, { detected: category === 'malicious', result: `${result} site` }] as const,
    );
  return { ...head(analysis, resource, rows), url, filescan_id: null, scans: Object.fromEntries(rows) };
}

function head(analysis: Analysis, resource: string, rows: (readonly [string, { detected: boolean }])[]) {
  return {
    response_code: 1,
    resource,
    scan_id: scanId(analysis),
    scan_date: scanDate(analysis),
    permalink: permalink(analysis),
    verbose_msg: finished,
    total: rows.length,
    positives: rows.filter(([, { detected }]) => detected).length,
  };
}
