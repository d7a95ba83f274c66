import type { Analysing } from '../inquiry/inquiry.ts';

/** The time within which three of four analyses finish, in ms: a guess until it is learned, and its bounds. */
export const firstGuess = 100_000;
const [shortest, longest] = [30_000, 600_000];

/** The shortest and the longest delay between two polls of an analysis, in ms. */
const [leastDelay, mostDelay] = [15_000, 900_000];
/** The next poll comes at the latest when the age of the analysis has grown by this factor. */
const mostGrowth = 1.75;

/**
 * The share of analyses that may still be running at the next poll: the higher, the sooner the verdict and the more calls.
 * Equal odds for each poll save calls on long analyses, where equal delays would waste them.
 */
export const stillRunning = {
  interactive: 0.65,
  automatic: 0.32,
  scarce: 0.1,
  spareInteractive: 0.69,
  spareAutomatic: 0.59,
};

/** The share of analyses that are still running at that age. Log-logistic: a quarter at the typical time. */
const running = (age: number, typical: number) => 1 / (1 + 3 * (Math.max(age, 0) / typical) ** 2);

/**
 * The new typical time, learned from the first poll of an analysis of that age. It moves until three of four analyses are
 * finished at the typical time. An answer that was unlikely moves it more, so polls of any age teach, and none is made only to learn.
 */
export function learned(typical: number, age: number, finished: boolean): number {
  const unfinished = running(age, typical);
  const next = typical * Math.exp(0.2 * (finished ? -unfinished : 1 - unfinished));
  return Math.min(Math.max(next, shortest), longest);
}

export type Asked = Pick<Analysing, 'since' | 'polls' | 'lastPollAt'>;

/**
 * Milliseconds from the start of an analysis, or from its last poll, until the next poll. By then `share` of the analyses that
 * are running now will still be running.
 */
export function stepAfter(asked: Asked, typical: number, share: number): number {
  const age = ageAtLast(asked);
  const next = typical * Math.sqrt((1 / (share * running(age, typical)) - 1) / 3);
  const step = age > 0 ? Math.min(next, age * mostGrowth) - age : next;
  return Math.min(Math.max(step, leastDelay), mostDelay);
}

/** How old the analysis was at its last poll. */
function ageAtLast({ since, polls, lastPollAt }: Asked): number {
  return polls === 0 ? 0 : Math.max(0, (lastPollAt ?? since) - since);
}

/** How long ago the analysis began or was polled last, in ms; 0 if the clock was set back since. */
export function agoOf({ since, lastPollAt }: Asked, now: number): number {
  return Math.max(0, now - (lastPollAt ?? since));
}
