import type { Analysing } from '../scan/inquiry.ts';

/** What is taken for the time within which three of four analyses finish, in ms, until it is learned. */
export const firstGuess = 100_000;
const [shortest, longest] = [30_000, 600_000];

/** No analysis is asked for more often than this, however fast they are. */
const leastDelay = 15_000;
const mostDelay = 900_000;

/** How much of the typical time passes before the first question: the less, the sooner the answer and the more calls. */
export const eagerness = {
  interactive: 0.42,
  automatic: 0.85,
  scarce: 1.7,
  spareInteractive: 0.3,
  spareAutomatic: 0.42,
};

/**
 * The typical time after the first question about an analysis of that age. Moves so that three of four are finished at the
 * typical time; a question asked earlier or later than that tells as much as its odds allow (log-logistic, 3:1 at the
 * typical time), so that the time is learned from whatever is asked anyway.
 */
export function learned(typical: number, age: number, finished: boolean): number {
  const odds = 3 * (Math.max(age, 0) / typical) ** 2;
  const likely = 1 - 1 / (1 + odds);
  const next = typical * Math.exp(0.2 * (finished ? likely - 1 : likely));
  return Math.min(Math.max(next, shortest), longest);
}

export type Asked = Pick<Analysing, 'since' | 'polls' | 'lastPollAt'>;

/** Milliseconds from the begin of an analysis, or the last question about it, until it is worth the next one. */
export function stepAfter(polls: number, typical: number, eager: number): number {
  const step = polls === 0 ? eager * typical : 0.75 * eager * typical * 1.15 ** (polls - 1);
  return Math.min(Math.max(step, leastDelay), mostDelay);
}

/** How long ago that was. A clock that was set back since makes it now. */
export function agoOf({ since, lastPollAt }: Asked, now: number): number {
  return Math.max(0, now - (lastPollAt ?? since));
}
