/** The same thing measured in turn, here and beside it, once a round. */
export interface Comparison {
  what: string;
  /** What it is compared with. */
  with: string;
  unit: 'ms' | 'MiB';
  rounds: { ours: number; other: number }[];
}

/** Something that has no counterpart. */
export interface Figure {
  what: string;
  unit: 'ms' | 'MiB' | 'commands';
  rounds: number[];
}

export interface Findings {
  /** Under which all of it was measured, in a sentence. */
  conditions: string;
  comparisons: Comparison[];
  figures: Figure[];
}

/** The value below which `share` of the values lie, one of themselves. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  const middle = values.toSorted((a, b) => a - b).slice((values.length - 1) >> 1, (values.length >> 1) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

/** Of each round: both sides of a round ran under much the same load, two medians may not have. */
export const ratios = ({ rounds }: Comparison) => rounds.map(({ ours, other }) => ours / other);
