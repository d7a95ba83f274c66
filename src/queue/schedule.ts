import type { Asker } from '../scan/ports.ts';
import { patience } from './analysisTime.ts';
import type { Limits } from './quota.ts';

/** In the order in which they go. `excess`: interactive calls of whoever has had their share of the day. */
const ranks = ['interactive', 'automatic', 'excess', 'spareInteractive', 'spareAutomatic', 'spare'] as const;
export type Rank = (typeof ranks)[number];

/** Everything that may be tuned. Shares of the day or the minute, unless a unit is named. */
const policy = {
  /** Automatic calls keep their distance until so much of the minute is free. */
  burst: 3 / 4,
  /** Kept for people at the start of the day; melts away until its end. */
  reserve: 40 / 500,
  /** Above the day's even pace by more than this (melting too), automatic calls become sparing... */
  scarce: 30 / 500,
  /** ...and above this nobody asks earlier than due. */
  spare: 8 / 500,
  /** What must be free for them, and how much of the even pace they may follow. */
  spareCalls: {
    spareInteractive: { free: 1 / 4, pace: 1 },
    spareAutomatic: { free: 1 / 2, pace: 1 },
    spare: { free: 1 / 2, pace: 1 / 2 },
  },
  /** A server with more files than this under way has its analyses asked for later. Files. */
  busyServer: 4,
  /** While others wait: what one member and one server get by commands. */
  member: 1 / 10,
  server: 1 / 2,
  /** So many interactive calls in a row, then an automatic one if any waits: nobody starves. Calls. */
  turns: 19,
};

/** The least time between two automatic calls, in ms: with it an interactive call never waits longer for a slot. */
export const spacing = ({ perMinute }: Limits) => 60_000 / perMinute;

export interface Situation {
  limits: Limits;
  /** Slots of the minute. */
  free: number;
  /** Of the day. */
  used: number;
  /** Share of the UTC day that is over. */
  elapsed: number;
  /** The last automatic call is long enough ago. */
  spaced: boolean;
  /** Calls in a row that were interactive. */
  inRow: number;
  waiting: Record<Rank, number>;
}

/** Ranks that may send a call now, the first first. */
export function admitted(now: Situation): Rank[] {
  const { free, waiting, limits } = now;
  if (free < 1) return [];
  const admits = (rank: Rank) => waiting[rank] > 0 && mayGo(rank, now);
  if (waiting.interactive + waiting.automatic + waiting.excess === 0) {
    return ranks.filter((rank) => waiting[rank] > 0 && maySpare(rank, now));
  }
  const due: Rank[] = now.inRow >= policy.turns ? ['automatic', 'interactive'] : ['interactive', 'automatic'];
  // Whoever has had their share goes when nobody else can.
  const others = waiting.interactive > 0 || (waiting.automatic > 0 && !deferred(now.used, now.elapsed, limits));
  return [...due.filter(admits), ...(others || waiting.excess === 0 ? [] : (['excess'] as const))];
}

function mayGo(rank: Rank, { free, used, elapsed, spaced, limits }: Situation): boolean {
  if (rank !== 'automatic') return true;
  return (spaced || free >= policy.burst * limits.perMinute) && !deferred(used, elapsed, limits);
}

function maySpare(rank: Rank, { free, used, elapsed, limits }: Situation): boolean {
  if (rank !== 'spareInteractive' && rank !== 'spareAutomatic' && rank !== 'spare') return false;
  const { free: least, pace: share } = policy.spareCalls[rank];
  return free >= least * limits.perMinute && used < pace(policy.spare, elapsed * share, limits);
}

/** Whether automatic calls are put off until the day's end, so that people still get answers. */
function deferred(used: number, elapsed: number, { perDay }: Limits): boolean {
  return perDay - used < policy.reserve * perDay * (1 - elapsed);
}

/** Calls of today that are left for each class. */
export function leftToday(
  used: number,
  elapsed: number,
  { perDay }: Limits,
): { interactive: number; automatic: number } {
  const left = Math.max(0, perDay - used);
  return { interactive: left, automatic: Math.max(0, left - policy.reserve * perDay * (1 - elapsed)) };
}

/** Calls that may have been used by now: the even pace, and a head start that melts away. */
function pace(headStart: number, elapsed: number, { perDay }: Limits): number {
  return perDay * (elapsed + headStart * (1 - elapsed));
}

/** How patiently an analysis is waited for: until it is due, and until it may be asked for if nobody needs the quota. */
export function patienceFor(
  urgency: Asker['urgency'],
  files: number,
  { used, elapsed, limits }: Pick<Situation, 'used' | 'elapsed' | 'limits'>,
): { due: number; spare: number } {
  if (urgency === 'interactive') return { due: patience.interactive, spare: patience.spareInteractive };
  const scarce = files > policy.busyServer || used > pace(policy.scarce, elapsed, limits);
  return { due: scarce ? patience.scarce : patience.automatic, spare: patience.spareAutomatic };
}

/** Whether one more call would take a member or a server beyond their share of the day. */
export function beyondShare(spent: { member: number; server: number }, cost: number, { perDay }: Limits): boolean {
  return spent.member + cost > policy.member * perDay || spent.server + cost > policy.server * perDay;
}
