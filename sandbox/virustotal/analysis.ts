import { type Opinion, opinions, type Verdict } from './verdicts.ts';

/** One run of the engines over a file or an address. What it shows at a moment follows from these alone. */
export interface Analysis {
  id: string;
  kind: 'file' | 'url';
  /** Of the file, or the address's id. */
  sha256: string;
  /** Milliseconds since the epoch. */
  startedAt: number;
  /** Milliseconds until the last engine has answered; Infinity for one that never ends. */
  duration: number;
  verdict: Verdict;
  isProgram: boolean;
  /** Whether the engines saw the inside of an encrypted archive. */
  opened: boolean;
}

export type AnalysisStatus = 'queued' | 'in-progress' | 'completed';

const longestQueue = 10_000;
/** Pace of the engines in an analysis without an end. */
const engineEvery = 1_000;

export function analysisStatus(analysis: Analysis, now: number): AnalysisStatus {
  const elapsed = now - analysis.startedAt;
  if (elapsed >= analysis.duration) return 'completed';
  return elapsed < queuedFor(analysis) ? 'queued' : 'in-progress';
}

/** The opinions given until now: none while queued, then one engine after another, all in the end. */
export function opinionsSoFar(analysis: Analysis, now: number): Opinion[] {
  return soFar(analysis, opinions(analysis.verdict, analysis.isProgram), now);
}

export function soFar<One>(analysis: Analysis, given: One[], now: number): One[] {
  const status = analysisStatus(analysis, now);
  if (status === 'queued') return [];
  const all = inOrderOfAnswering(given, analysis.sha256);
  if (status === 'completed') return all;
  const waited = now - analysis.startedAt - queuedFor(analysis);
  const each = Number.isFinite(analysis.duration)
    ? (analysis.duration - queuedFor(analysis)) / all.length
    : engineEvery;
  return all.slice(0, Math.max(0, Math.min(Math.floor(waited / each), all.length - 1)));
}

function queuedFor({ duration }: Analysis): number {
  return Math.min(duration / 4, longestQueue);
}

/** Another engine begins for every file and address. */
function inOrderOfAnswering<One>(all: One[], sha256: string): One[] {
  const first = all.length === 0 ? 0 : Number.parseInt(sha256.slice(0, 6), 16) % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}
