import type { Analysing } from '../inquiry/inquiry.ts';

/** What is taken for the time within which three of four analyses finish, in ms, until it is learned. */
export const firstGuess = 100_000;
const [shortest, longest] = [30_000, 600_000];

/** Delays between two questions, in ms: no analysis is asked for more often or more rarely than this. */
const [leastDelay, mostDelay] = [15_000, 900_000];
/** However unlikely it is to be finished by then, the next question comes before the analysis is this much older. */
const mostGrowth = 1.75;

/**
 * Of the analyses that run at one question (or begin), so many may still run at the next: the more, the sooner the verdict
 * and the more calls. Equal odds for each question save calls on long analyses, where equal delays would waste them.
 */
export const patience = {
  interactive: 0.65,
  automatic: 0.32,
  scarce: 0.1,
  spareInteractive: 0.67,
  spareAutomatic: 0.57,
};

/** The share of analyses that still run at that age: log-logistic, a quarter at the typical time. */
const running = (age: number, typical: number) => 1 / (1 + 3 * (Math.max(age, 0) / typical) ** 2);

/**
 * The typical time after the first question about an analysis of that age. Moves so that three of four are finished at the
 * typical time; a question asked earlier or later than that tells as much as its odds allow, so that the time is learned
 * from whatever is asked anyway.
 */
export function learned(typical: number, age: number, finished: boolean): number {
  const unfinished = running(age, typical);
  const next = typical * Math.exp(0.2 * (finished ? -unfinished : 1 - unfinished));
  return Math.min(Math.max(next, shortest), longest);
}

export type Asked = Pick<Analysing, 'since' | 'polls' | 'lastPollAt'>;

/** Milliseconds from the begin of an analysis, or the last question about it, until it is worth the next one. */
export function stepAfter(asked: Asked, typical: number, share: number): number {
  const age = ageAtLast(asked);
  const next = typical * Math.sqrt((1 / (share * running(age, typical)) - 1) / 3);
  const step = age > 0 ? Math.min(next, age * mostGrowth) - age : next;
  return Math.min(Math.max(step, leastDelay), mostDelay);
}

/** How old the analysis was when it was asked for last. */
function ageAtLast({ since, polls, lastPollAt }: Asked): number {
  return polls === 0 ? 0 : Math.max(0, (lastPollAt ?? since) - since);
}

/** How long ago it began or was asked for last, in ms. A clock that was set back since makes it now. */
export function agoOf({ since, lastPollAt }: Asked, now: number): number {
  return Math.max(0, now - (lastPollAt ?? since));
}
