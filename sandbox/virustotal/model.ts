import type { Address } from './address.ts';
import type { Analysis } from './analysis.ts';
import { analysisStatus } from './analysis.ts';
import { type Content, type Pace, recognise } from './content.ts';
import type { Endpoint } from './endpoints.ts';
import { type Fingerprint, fingerprintOfHash } from './fingerprint.ts';
import { emptyQuota, type QuotaCount, type QuotaLimits, spend } from './quota.ts';
import type { Verdict } from './verdicts.ts';

export interface ModelOptions {
  limits: QuotaLimits;
  /** Milliseconds from the upload to the last engine's answer. */
  analysisTime(sha256: string): number;
  /**
   * Uploads of files new to VirusTotal and the questions about them cost nothing, as VirusTotal's documentation says.
   * Users report otherwise, so by default they cost.
   */
  newFilesFree: boolean;
}

/** VirusTotal without HTTP: state that only the functions of this folder change, each given the time. */
export interface VirusTotalModel {
  options: ModelOptions;
  quota: QuotaCount;
  files: Map<string, StoredFile>;
  /** SHA-1 and MD5 to SHA-256. */
  otherHashes: Map<string, string>;
  /** By id. */
  urls: Map<string, StoredUrl>;
  analyses: Map<string, Analysis>;
  /** Calls that the quota let through, free ones included. */
  counts: Map<Endpoint, number>;
  /** Calls that the quota refused. */
  refused: number;
}

export interface StoredFile {
  sha256: string;
  sha1: string;
  md5: string;
  size: number;
  content: Content;
  names: string[];
  firstSubmittedAt: number;
  lastSubmittedAt: number;
  timesSubmitted: number;
  /** Nobody had it before this key uploaded it. */
  isNew: boolean;
  /** Oldest first. */
  analyses: Analysis[];
}

/** A file as it arrives. */
export interface Submission {
  file: Fingerprint;
  content: Content;
  name?: string;
  /** The archive's password came with it and is right. */
  opened?: boolean;
}

/** What is sent so soon after the same gets the earlier analysis. */
export const sameAnalysisFor = 10 * 60_000;
const slowness = 10;

export const publicKeyLimits: QuotaLimits = { perMinute: 4, perDay: 500, perMonth: 15_500 };

export function virusTotalModel(options: Partial<ModelOptions> = {}): VirusTotalModel {
  return {
    options: { limits: publicKeyLimits, analysisTime: () => 20_000, newFilesFree: false, ...options },
    quota: emptyQuota(),
    files: new Map(),
    otherHashes: new Map(),
    urls: new Map(),
    analyses: new Map(),
    counts: new Map(),
    refused: 0,
  };
}

/** Counts a call at its arrival and returns its cost, 0 or 1. Undefined: it goes over a limit and must be refused. */
export function admit(model: VirusTotalModel, endpoint: Endpoint, now: number, isFree = false): number | undefined {
  if (!isFree && !spend(model.quota, model.options.limits, now)) {
    model.refused += 1;
    return undefined;
  }
  model.counts.set(endpoint, (model.counts.get(endpoint) ?? 0) + 1);
  return isFree ? 0 : 1;
}

/** A file by any of its three hashes. */
export function findFile(model: VirusTotalModel, id: string): StoredFile | undefined {
  const hash = id.toLowerCase();
  return model.files.get(model.otherHashes.get(hash) ?? hash);
}

/** A submission for which only the hash matters, as in virtual time. */
export function submissionOf(sha256: string, verdict: Verdict = 'clean'): Submission {
  const file = fingerprintOfHash(sha256);
  const { password: _, ...content } = recognise(file);
  return { file, content: { ...content, verdict: content.verdict === 'eicar' ? 'eicar' : verdict } };
}

/** Takes a file in and has it analysed; a repetition within ten minutes joins the earlier analysis. */
export function accept(model: VirusTotalModel, submission: Submission, now: number): Analysis {
  const file = findFile(model, submission.file.sha256) ?? store(model, submission, now);
  file.lastSubmittedAt = now;
  file.timesSubmitted += 1;
  if (submission.name !== undefined && !file.names.includes(submission.name)) file.names.push(submission.name);
  return analyse(model, file, now, submission.opened);
}

export function analyse(model: VirusTotalModel, file: StoredFile, now: number, opened = false): Analysis {
  const earlier = file.analyses.findLast((analysis) => analysis.opened === opened);
  if (earlier && now - earlier.startedAt < sameAnalysisFor) return earlier;
  return start(model, file, now, opened);
}

/** Preloads a file that VirusTotal has had for long, analysed at the given time. */
export function remember(
  model: VirusTotalModel,
  submission: Submission,
  at: { firstSubmitted: number; analysed: number },
): StoredFile {
  const file = store(model, submission, at.firstSubmitted);
  file.isNew = false;
  file.timesSubmitted = 1;
  if (submission.name !== undefined) file.names.push(submission.name);
  start(model, file, at.analysed, false);
  return file;
}

/** The analysis that the file's report shows: the last completed one. */
export function lastCompleted(file: StoredFile, now: number): Analysis | undefined {
  return file.analyses.findLast((analysis) => analysisStatus(analysis, now) === 'completed');
}

function store(model: VirusTotalModel, { file, content }: Submission, now: number): StoredFile {
  const { sha256, sha1, md5, size } = file;
  const times = { firstSubmittedAt: now, lastSubmittedAt: now, timesSubmitted: 0 };
  const stored: StoredFile = { sha256, sha1, md5, size, content, names: [], ...times, isNew: true, analyses: [] };
  model.files.set(sha256, stored);
  for (const hash of [sha1, md5]) model.otherHashes.set(hash, sha256);
  return stored;
}

function start(model: VirusTotalModel, file: StoredFile, now: number, opened: boolean): Analysis {
  const { sha256, content } = file;
  const duration = durationOf(model, sha256, content.pace);
  const verdict = content.password === undefined || opened ? content.verdict : 'clean';
  const isProgram = content.type.isProgram === true;
  // VirusTotal's ids are base64 of MD5 and second.
  const id = freeId(model, (second) => Buffer.from(`${file.md5}:${second}`).toString('base64'), now);
  const analysis: Analysis = { id, kind: 'file', sha256, startedAt: now, duration, verdict, isProgram, opened };
  file.analyses.push(analysis);
  model.analyses.set(analysis.id, analysis);
  return analysis;
}

export function durationOf(model: VirusTotalModel, id: string, pace: Pace): number {
  const usual = model.options.analysisTime(id);
  return { usual, slow: usual * slowness, never: Number.POSITIVE_INFINITY }[pace];
}

/** Ids are made of the second, so two of one second would be the same. */
export function freeId(model: VirusTotalModel, idAt: (second: number) => string, now: number): string {
  for (let second = Math.floor(now / 1000); ; second++) {
    const id = idAt(second);
    if (!model.analyses.has(id)) return id;
  }
}

export interface StoredUrl extends Address {
  firstSubmittedAt: number;
  lastSubmittedAt: number;
  timesSubmitted: number;
  /** Oldest first. */
  analyses: Analysis[];
}
