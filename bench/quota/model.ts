import type { Limits } from '../../src/quota/limits.ts';

/** A file that somebody shares. */
export interface Shared {
  /** Milliseconds since the case began. */
  at: number;
  sha256: string;
  /** VirusTotal has it already. */
  known: boolean;
  /** Between upload and the last engine's answer, in ms. */
  analysis: number;
  urgency: 'interactive' | 'automatic';
  /** Which of the processes with the key gets it; the first without a figure. */
  process?: number;
  server: string;
  /** For which figures are told apart. */
  group: string;
}

export interface Case {
  name: string;
  limits: Limits;
  /** When it begins: ms since the epoch. */
  start: number;
  /** How long is looked, in ms. */
  lasts: number;
  newFilesFree?: boolean;
  files(seed: number): Shared[];
  goals: Goal[];
}

/** A figure that is to be reached in every seed. */
export interface Goal {
  what: string;
  least?: number;
  most?: number;
  of(figures: Figures, bound: Bound): number;
}

interface Waits {
  group: string;
  files: number;
  verdicts: number;
  /** From sharing to verdict without the analysis itself, in seconds. */
  p50: number;
  p95: number;
}

export interface Figures {
  files: number;
  verdicts: number;
  /** Calls paid or refused, but for spare ones. */
  calls: number;
  callsPerVerdict: number;
  spare: number;
  refused: number;
  givenUp: number;
  lookUps: number;
  uploads: number;
  /** From sharing to verdict, the analysis included, in seconds. */
  p50Total: number;
  p95Total: number;
  waits: Waits[];
}

export interface Bound {
  verdicts: number;
  calls: number;
  /** Seconds from sharing to verdict. */
  p95Total: number;
}
