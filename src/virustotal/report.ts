import type { Subject } from '../inquiry/subject.ts';
import { clockTolerance } from '../scan/limits.ts';
import type { Analysis, Knowledge, Usage } from '../scan/ports.ts';
import type { EngineAnswer } from '../verdict/report.ts';
import { factsOf } from './facts.ts';
import { clean } from './lenient.ts';
import { pageOf } from './subjects.ts';
import type { AnalysisBody, ObjectBody, QuotasBody, Rows } from './wire.ts';

/** A known subject without results is being analyzed for the first time. */
export function knowledgeOf({ data }: ObjectBody, subject: Subject): Knowledge {
  const { id, attributes } = data;
  const { last_submission_date: lastSubmitted, last_analysis_date, first_submission_date } = attributes;
  const engines = enginesOf(attributes.last_analysis_results ?? {});
  if (engines.length === 0) return { report: undefined, lastSubmitted };

  // Without a date, the analysis may be as old as the file itself.
  const analysedAt = last_analysis_date ?? first_submission_date ?? 0;
  return {
    report: { engines, analysedAt, facts: factsOf(data, subject.kind), link: pageOf(subject, id) },
    lastSubmitted,
  };
}

/** The progress of an analysis without an id. It is done unless the results are older than the upload that we wait for. */
export function progressOf({ report, lastSubmitted }: Knowledge, subject: Subject, since: number): Analysis {
  const earliest = since - clockTolerance;
  const isEarlier = report && report.analysedAt < earliest && lastSubmitted !== undefined && lastSubmitted >= earliest;
  if (report && !isEarlier) return { finished: true, report };
  return { finished: false, report: { engines: [], analysedAt: since, link: pageOf(subject, undefined) } };
}

export function analysisOf({ data: { attributes }, meta }: AnalysisBody, subject: Subject, since: number): Analysis {
  const { status, date, results } = attributes;
  // An address that serves a file has both.
  const id = subject.kind === 'file' ? meta?.file_info?.sha256 : meta?.url_info?.id;
  const link = pageOf(subject, id);
  return { finished: status === 'completed', report: { engines: enginesOf(results), analysedAt: date ?? since, link } };
}

export function usageOf({ data }: QuotasBody): Usage {
  const { api_requests_hourly: hour, api_requests_daily: day, api_requests_monthly: month } = data;
  const hourly = hour?.user ?? hour?.group;
  return { ...(hourly && { hour: hourly }), day: day?.user ?? day?.group, month: month?.user ?? month?.group };
}

function enginesOf(rows: Rows): EngineAnswer[] {
  return Object.entries(rows).map(([engine, { category, result, engine_version, engine_update }]) => ({
    engine: clean(engine, 60) || '?',
    category,
    label: result,
    version: engine_version,
    updated: engine_update,
  }));
}
