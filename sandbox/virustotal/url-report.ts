import { type Analysis, analysisStatus, soFar } from './analysis.ts';
import type { StoredUrl } from './model.ts';
import { type PageOpinion, pageOpinions } from './page-lists.ts';

const seconds = (ms: number) => Math.floor(ms / 1000);

export function urlAnalysisReport(api: string, analysis: Analysis, stored: StoredUrl, now: number) {
  const { id, startedAt } = analysis;
  const given = pageOpinionsSoFar(analysis, now);
  return {
    data: {
      id,
      type: 'analysis',
      links: { self: `${api}/analyses/${id}`, item: `${api}/urls/${stored.id}` },
      attributes: {
        date: seconds(startedAt),
        status: analysisStatus(analysis, now),
        stats: stats(given),
        results: results(given),
      },
    },
    meta: { url_info: { id: stored.id, url: stored.url } },
  };
}

/** The URL object. While its first analysis runs it is known and has no results. */
export function urlReport(api: string, stored: StoredUrl, now: number) {
  const { id, url } = stored;
  const analysis = stored.analyses.findLast((one) => analysisStatus(one, now) === 'completed');
  const given = analysis ? pageOpinionsSoFar(analysis, now) : [];
  const isBad = analysis?.verdict === 'malicious';
  return {
    data: {
      id,
      type: 'url',
      links: { self: `${api}/urls/${id}` },
      attributes: {
        url,
        last_final_url: stored.finalUrl,
        ...(analysis ? { title: `Welcome to ${new URL(stored.finalUrl).hostname}` } : {}),
        tags: [],
        threat_names: isBad ? ['malware_download'] : [],
        categories: {},
        first_submission_date: seconds(stored.firstSubmittedAt),
        last_submission_date: seconds(stored.lastSubmittedAt),
        last_modification_date: seconds(analysis?.startedAt ?? stored.lastSubmittedAt),
        times_submitted: stored.timesSubmitted,
        reputation: 0,
        total_votes: { harmless: 0, malicious: 0 },
        ...(analysis ? { last_analysis_date: seconds(analysis.startedAt) } : {}),
        last_analysis_stats: stats(given),
        last_analysis_results: results(given),
      },
    },
  };
}

export function pageOpinionsSoFar(analysis: Analysis, now: number): PageOpinion[] {
  return soFar(analysis, pageOpinions(analysis.verdict), now);
}

function stats(given: PageOpinion[]) {
  const count = { harmless: 0, malicious: 0, suspicious: 0, undetected: 0, timeout: 0 };
  for (const { category } of given) count[category] += 1;
  return count;
}

function results(given: PageOpinion[]) {
  const row = ({ list, category, result }: PageOpinion) => ({
    method: 'blacklist',
    engine_name: list,
    category,
    result,
  });
  return Object.fromEntries(given.map((opinion) => [opinion.list, row(opinion)]));
}
