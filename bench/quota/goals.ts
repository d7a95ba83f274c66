import type { Figures, Goal } from './model.ts';

const waitsOf = (figures: Figures, group: string) => figures.waits.find((waits) => waits.group === group);

export const goals = {
  verdicts: (least: number): Goal => ({ what: 'verdicts', least, of: ({ verdicts }) => verdicts }),
  shareOfOracle: (least: number): Goal => ({
    what: "of the oracle's verdicts",
    least,
    of: ({ verdicts }, bound) => verdicts / bound.verdicts,
  }),
  callsPerVerdict: (most: number): Goal => ({
    what: 'calls a verdict',
    most,
    of: (figures) => figures.callsPerVerdict,
  }),
  calls: (most: number): Goal => ({ what: 'calls', most, of: ({ calls }) => calls }),
  lookUps: (most: number): Goal => ({ what: 'look-ups', most, of: ({ lookUps }) => lookUps }),
  uploads: (most: number): Goal => ({ what: 'uploads', most, of: ({ uploads }) => uploads }),
  refused: (): Goal => ({ what: 'answers 429', most: 0, of: ({ refused }) => refused }),
  p95Total: (most: number): Goal => ({ what: 'p95 with the analysis, s', most, of: ({ p95Total }) => p95Total }),
  p50: (group: string, most: number): Goal => ({
    what: `${group}: p50 beyond the analysis, s`,
    most,
    of: (figures) => waitsOf(figures, group)?.p50 ?? Number.NaN,
  }),
  p95: (group: string, most: number): Goal => ({
    what: `${group}: p95 beyond the analysis, s`,
    most,
    of: (figures) => waitsOf(figures, group)?.p95 ?? Number.NaN,
  }),
  allOf: (group: string): Goal => ({
    what: `${group}: answered`,
    least: 1,
    of(figures) {
      const waits = waitsOf(figures, group);
      return waits ? waits.verdicts / waits.files : Number.NaN;
    },
  }),
};

/** Of several seeds the one that is worst for the goal. */
export function worst({ least }: Goal, values: number[]): number {
  return least === undefined ? Math.max(...values) : Math.min(...values);
}

export function isReached({ least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY }: Goal, value: number) {
  return value >= least && value <= most;
}
