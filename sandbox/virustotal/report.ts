import { type Analysis, analysisStatus, opinionsSoFar } from './analysis.ts';
import { foundIn } from './findings.ts';
import { lastCompleted, type StoredFile } from './model.ts';
import type { Category, Opinion } from './verdicts.ts';

/** Seconds since the epoch, VirusTotal's usual form. */
const seconds = (ms: number) => Math.floor(ms / 1000);

/** The answer to an upload: where to ask for the result. */
export function analysisReference(api: string, { id }: Analysis) {
  return { data: { type: 'analysis', id, links: { self: `${api}/analyses/${id}` } } };
}

export function analysisReport(api: string, analysis: Analysis, file: StoredFile, now: number) {
  const { id, startedAt } = analysis;
  const soFar = opinionsSoFar(analysis, now);
  const { sha256, md5, sha1, size } = file;
  return {
    data: {
      id,
      type: 'analysis',
      links: { self: `${api}/analyses/${id}`, item: `${api}/files/${sha256}` },
      attributes: {
        date: seconds(startedAt),
        status: analysisStatus(analysis, now),
        stats: stats(soFar),
        results: results(soFar, startedAt),
      },
    },
    meta: { file_info: { sha256, md5, sha1, size } },
  };
}

/** The file object. While its first analysis runs it is known and has no results. `isNamed`: the asking tool says who it is. */
export function fileReport(api: string, file: StoredFile, now: number, isNamed: boolean) {
  const { sha256, content, names } = file;
  const analysis = lastCompleted(file, now);
  const final = analysis ? opinionsSoFar(analysis, now) : [];
  const { tag, description, magic, extension } = content.type;
  const meaningful = names[0];
  const found = foundIn(analysis ? content.findings : [], isNamed);
  return {
    data: {
      id: sha256,
      type: 'file',
      links: { self: `${api}/files/${sha256}` },
      attributes: {
        sha256,
        sha1: file.sha1,
        md5: file.md5,
        size: file.size,
        names,
        ...(meaningful === undefined ? {} : { meaningful_name: meaningful }),
        type_tag: tag,
        type_tags: [tag],
        type_description: description,
        ...(extension === undefined ? {} : { type_extension: extension }),
        magic,
        tags: [tag, ...(content.password === undefined ? [] : ['encrypted']), ...found.tags],
        first_submission_date: seconds(file.firstSubmittedAt),
        last_submission_date: seconds(file.lastSubmittedAt),
        last_modification_date: seconds(analysis?.startedAt ?? file.lastSubmittedAt),
        times_submitted: file.timesSubmitted,
        unique_sources: 1,
        reputation: 0,
        total_votes: { harmless: 0, malicious: 0 },
        ...(analysis ? { last_analysis_date: seconds(analysis.startedAt) } : {}),
        last_analysis_stats: stats(final),
        last_analysis_results: results(final, analysis?.startedAt ?? now),
        ...(analysis ? threat(analysis) : {}),
        ...found.attributes,
      },
    },
  };
}

function stats(opinions: Opinion[]): Record<Category, number> {
  const count: Record<Category, number> = {
    malicious: 0,
    suspicious: 0,
    undetected: 0,
    harmless: 0,
    timeout: 0,
    'confirmed-timeout': 0,
    failure: 0,
    'type-unsupported': 0,
  };
  for (const { category } of opinions) count[category] += 1;
  return count;
}

function results(opinions: Opinion[], at: number) {
  const day = new Date(at).toISOString().slice(0, 10).replaceAll('-', '');
  const row = ({ engine, category, label }: Opinion) => ({
    method: 'blacklist',
    engine_name: engine.name,
    engine_version: engine.version,
    engine_update: day,
    category,
    result: label,
  });
  return Object.fromEntries(opinions.map((opinion) => [opinion.engine.name, row(opinion)]));
}

/** What a report has beside the engines, for files that many of them flag. */
function threat({ verdict, startedAt }: Analysis) {
  if (verdict === 'eicar') return { popular_threat_classification: classification('virus', 'eicar', 'test', 50) };
  if (verdict !== 'malicious') return {};
  return {
    popular_threat_classification: classification('trojan', 'agent', 'generic', 40),
    threat_severity: {
      threat_severity_level: 'SEVERITY_HIGH',
      threat_severity_data: { num_gav_detections: 4, popular_threat_category: 'trojan' },
      level_description: 'Severity HIGH because it was considered trojan.',
      // Digits in a string, unlike every other date.
      last_analysis_date: String(seconds(startedAt)),
      version: 5,
    },
    sandbox_verdicts: {
      Zenbox: {
        category: 'malicious',
        confidence: 88,
        sandbox_name: 'Zenbox',
        malware_classification: ['MALWARE', 'TROJAN'],
      },
    },
  };
}

function classification(category: string, family: string, variant: string, count: number) {
  return {
    suggested_threat_label: `${category}.${family}/${variant}`,
    popular_threat_category: [{ value: category, count }],
    popular_threat_name: [
      { value: family, count },
      { value: variant, count: Math.floor(count / 2) },
    ],
  };
}
