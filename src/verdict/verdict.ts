import { z } from 'zod';
import type { Category, EngineAnswer } from './report.ts';

const verdictSchema = z.enum(['malicious', 'suspicious', 'clean', 'unknown']);
export type Verdict = z.infer<typeof verdictSchema>;

export interface Thresholds {
  /** Engines that must flag a file for it to be malicious. */
  malicious: number;
  /** Engines that must flag it for it to be suspicious. */
  suspicious: number;
  /** Engines that must have given an opinion, and none a bad one, for it to be clean. */
  clean: number;
  /** One of these is enough for malicious: engines with few false alarms in public comparisons. */
  reputable: readonly string[];
}

export const defaultThresholds: Thresholds = {
  malicious: 3,
  suspicious: 1,
  clean: 10,
  reputable: [
    'Avast',
    'AVG',
    'BitDefender',
    'ESET-NOD32',
    'F-Secure',
    'Fortinet',
    'Kaspersky',
    'Microsoft',
    'Sophos',
    'Symantec',
  ],
};

const countsSchema = z.object({
  flagged: z.number(),
  malicious: z.number(),
  suspicious: z.number(),
  /** Engines that gave an opinion: the denominator. Those that do not support the type or timed out gave none. */
  opinions: z.number(),
  /** All rows, opinion or not. */
  engines: z.number(),
});
export type Counts = z.infer<typeof countsSchema>;

export const judgementSchema = z.object({ verdict: verdictSchema, counts: countsSchema, unopened: z.boolean() });
export type Judgement = z.infer<typeof judgementSchema>;

export const isFlagged = ({ category }: { category: Category }) =>
  category === 'malicious' || category === 'suspicious';

/**
 * The verdict on what the engines said. `unopened`: an archive into which they could not look, whose silence says nothing.
 * Counts come from the rows alone: the service's own statistics may disagree with them.
 */
export function judge(engines: readonly EngineAnswer[], unopened = false, thresholds = defaultThresholds): Judgement {
  const counts = count(engines);
  return { verdict: verdictOf(engines, counts, unopened, thresholds), counts, unopened };
}

function verdictOf(
  engines: readonly EngineAnswer[],
  { flagged, opinions }: Counts,
  unopened: boolean,
  thresholds: Thresholds,
): Verdict {
  const reputable = engines.some((row) => isFlagged(row) && thresholds.reputable.includes(row.engine));
  if (flagged >= thresholds.malicious || reputable) return 'malicious';
  if (flagged >= thresholds.suspicious) return 'suspicious';
  if (flagged === 0 && opinions >= thresholds.clean && !unopened) return 'clean';
  return 'unknown';
}

export function count(engines: readonly EngineAnswer[]): Counts {
  const of = (category: Category) => engines.filter((row) => row.category === category).length;
  const [malicious, suspicious] = [of('malicious'), of('suspicious')];
  const flagged = malicious + suspicious;
  return {
    flagged,
    malicious,
    suspicious,
    opinions: flagged + of('harmless') + of('undetected'),
    engines: engines.length,
  };
}

/** Engines that agree on a label, or one that gave none. */
export interface Detection {
  engines: string[];
  label: string | undefined;
  category: 'malicious' | 'suspicious';
}

/** Who flagged it and as what: reputable engines first, then alphabetical; equal labels folded into the first. */
export function topDetections(engines: readonly EngineAnswer[], thresholds = defaultThresholds): Detection[] {
  const rank = (row: EngineAnswer) => (thresholds.reputable.includes(row.engine) ? 0 : 1);
  const flagged = engines
    .filter(isFlagged)
    .toSorted((a, b) => rank(a) - rank(b) || a.engine.localeCompare(b.engine, 'en'));

  const detections: Detection[] = [];
  for (const { engine, label, category } of flagged) {
    const same = label && detections.find((known) => known.label === label && known.category === category);
    if (same) same.engines.push(engine);
    else detections.push({ engines: [engine], label, category: category === 'malicious' ? 'malicious' : 'suspicious' });
  }
  return detections;
}
