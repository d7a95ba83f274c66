import type { Asker } from '../scan/ports.ts';
import { fits, type Limits, type Used } from './limits.ts';
import { stillRunning } from './polling.ts';

/**
 * The ranks in the order in which they go. `excess`: interactive calls of members or servers that have used their share of the
 * day. `spare...`: polls that are not due, links of watched messages, and calls that are only nice to have; they go when nothing else waits.
 */
export const ranks = ['interactive', 'automatic', 'excess', 'spareInteractive', 'spareAutomatic', 'spare'] as const;
export type Rank = (typeof ranks)[number];

export const isInteractiveRank = (rank: Rank) => ['interactive', 'excess', 'spareInteractive'].includes(rank);

/** A call that wants a slot. */
export interface Wanted {
  rank: Rank;
  /** How many requests the key pays for it. */
  cost: number;
}

/** The first call of its rank in the line of one process. */
export interface Head extends Wanted {
  /** The number that the process drew when it began to wait with this rank: the lower, the longer it waits. */
  turn: number;
}

/** A head in the line that all processes share. */
export interface Standing extends Head {
  process: string;
}

/** The figures that can be tuned: shares of the day or of the minute, unless a unit is named. */
const policy = {
  /** Automatic calls need no spacing while at least this much of the minute is free. */
  burst: 3 / 4,
  /** Kept for interactive calls at the start of the day. It shrinks evenly to nothing until the day's end. */
  reserve: 40 / 500,
  /** Automatic polls become rarer when the day's use is ahead of the even pace by more than this. It shrinks like the reserve. */
  scarce: 30 / 500,
  /**
   * How much of the minute must be free for a spare call, what part of the even pace spare calls may use, and by how much they
   * may be ahead of it. The head start shrinks like the reserve.
   */
  spareCalls: {
    spareInteractive: { free: 1 / 4, pace: 1, headStart: 8 / 500 },
    spareAutomatic: { free: 1 / 2, pace: 1, headStart: 8 / 500 },
    spare: { free: 1 / 2, pace: 1 / 2, headStart: 0 },
  },
  /** A server with more files than this under way has its analyses polled later. Files. */
  busyServer: 4,
  /** The interactive calls that one member and one server get while others wait. */
  member: 1 / 10,
  server: 1 / 2,
  /** After this many interactive calls in a row, an automatic one goes if any waits, so that nobody starves. Calls. */
  turns: 19,
  /** Processes take turns strictly if a key has no more than one call in this time. Ms. */
  scarceSlots: 1_000,
};

/** The least time between two automatic calls, in ms. An interactive call therefore waits no longer than this for a slot. */
export const spacing = ({ perMinute }: Limits) => 60_000 / perMinute;

/** How the key stands, counting the calls of all processes. */
export interface Situation {
  limits: Limits;
  /** Free slots of the minute. */
  free: number;
  used: Used;
  /** How much of the UTC day is over, 0 to 1. */
  elapsed: number;
  /** Whether the last automatic call is at least the spacing ago. */
  spaced: boolean;
  /** Interactive calls since the last automatic one. */
  inRow: number;
}

/**
 * The call of the process `me` that may go now. In each rank, the process whose turn was longest ago goes first. Calls ahead
 * reserve the slots that they need, so that a call that costs several slots gets them one by one. With at most one call a
 * second, only the first in the line may go. With a faster key, a later one goes too if slots are left over for it, because
 * waiting for another process takes a moment.
 */
export function turnOf(heads: readonly Standing[], me: string, now: Situation): Standing | undefined {
  let { free, used } = now;
  for (const rank of admitted(new Set(heads.map((head) => head.rank)), now)) {
    for (const head of heads.filter((one) => one.rank === rank).sort((a, b) => a.turn - b.turn)) {
      if (head.process === me && fits(head.cost, used, free, now.limits)) return head;
      if (spacing(now.limits) >= policy.scarceSlots) return undefined;
      free -= head.cost;
      used = { day: used.day + head.cost, month: used.month + head.cost };
    }
  }
  return undefined;
}

/** The waiting ranks that may send a call now, in their order. */
export function admitted(waiting: ReadonlySet<Rank>, now: Situation): Rank[] {
  if (now.free < 1) return [];
  const waits = (rank: Rank) => waiting.has(rank);
  if (!waits('interactive') && !waits('automatic') && !waits('excess')) {
    return ranks.filter((rank) => waits(rank) && maySpare(rank, now));
  }
  const due: Rank[] = now.inRow >= policy.turns ? ['automatic', 'interactive'] : ['interactive', 'automatic'];
  const mayGo = due.filter((rank) => waits(rank) && (rank === 'interactive' || mayGoAutomatically(now)));
  // Members and servers that have used their share go when nobody else can.
  const others = waits('interactive') || (waits('automatic') && !deferred(now.used.day, now.elapsed, now.limits));
  return others || !waits('excess') ? mayGo : [...mayGo, 'excess'];
}

function mayGoAutomatically({ free, used, elapsed, spaced, limits }: Situation): boolean {
  return (spaced || free >= policy.burst * limits.perMinute) && !deferred(used.day, elapsed, limits);
}

function maySpare(rank: Rank, { free, used, elapsed, limits }: Situation): boolean {
  if (rank !== 'spareInteractive' && rank !== 'spareAutomatic' && rank !== 'spare') return false;
  const { free: least, pace: share, headStart } = policy.spareCalls[rank];
  return free >= least * limits.perMinute && used.day < pace(headStart, elapsed * share, limits);
}

/** Whether automatic calls must wait because what is left of the day is kept for people. */
function deferred(used: number, elapsed: number, { perDay }: Limits): boolean {
  return perDay - used < policy.reserve * perDay * (1 - elapsed);
}

/** How many calls of today are left for each urgency. */
export function leftToday(
  used: number,
  elapsed: number,
  { perDay }: Limits,
): { interactive: number; automatic: number } {
  const left = Math.max(0, perDay - used);
  return { interactive: left, automatic: Math.max(0, left - policy.reserve * perDay * (1 - elapsed)) };
}

/** How many calls may be used by now: those of the even pace, and a head start that shrinks to nothing until the day's end. */
function pace(headStart: number, elapsed: number, { perDay }: Limits): number {
  return perDay * (elapsed + headStart * (1 - elapsed));
}

/**
 * When to poll an analysis: `due` and `spare` are the share of analyses that may still be running when the poll is due, and
 * when it may go if nobody else needs the quota. `files`: how many calls of the same party wait.
 */
export function pollOdds(
  urgency: Asker['urgency'],
  files: number,
  { used, elapsed, limits }: Pick<Situation, 'used' | 'elapsed' | 'limits'>,
): { due: number; spare: number } {
  if (urgency === 'interactive') return { due: stillRunning.interactive, spare: stillRunning.spareInteractive };
  const scarce = files > policy.busyServer || used.day > pace(policy.scarce, elapsed, limits);
  return { due: scarce ? stillRunning.scarce : stillRunning.automatic, spare: stillRunning.spareAutomatic };
}

/** Whether one more call would take a member or a server beyond their share of the day. */
export function beyondShare(spent: { member: number; server: number }, cost: number, { perDay }: Limits): boolean {
  return spent.member + cost > policy.member * perDay || spent.server + cost > policy.server * perDay;
}
