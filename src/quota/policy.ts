import { Failure } from '../scan/failure.ts';
import type { Asker } from '../scan/ports.ts';
import { stillRunning } from './polling.ts';

/** What the key allows, in calls. */
export interface Limits {
  perMinute: number;
  perDay: number;
  perMonth: number;
}

/** Calls of the current UTC day and month. */
export interface Used {
  day: number;
  month: number;
}

/** UTC days follow each other evenly from the epoch on: system clocks know no leap seconds. */
const dayLength = 86_400_000;

/** 'YYYY-MM-DD', UTC. */
export const dayOf = (now: number) => new Date(now).toISOString().slice(0, 10);

/** When the day's count starts anew, as VirusTotal does it: 00:00 UTC. */
export const nextDay = (now: number) => (Math.floor(now / dayLength) + 1) * dayLength;

/** When the month's count starts anew: 00:00 UTC on the 1st. */
export function nextMonth(now: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}

/** How much of the UTC day is over, 0 to 1. */
export const elapsedOfDay = (now: number) => (now % dayLength) / dayLength;

/** Whether the day or the month has no calls left. */
export const isSpent = ({ day, month }: Used, { perDay, perMonth }: Limits) => day >= perDay || month >= perMonth;

/** Whether a call of that cost may go now. One that costs more than a minute's slots needs all of them free. */
export function fits(cost: number, { day, month }: Used, free: number, limits: Limits): boolean {
  const { perMinute, perDay, perMonth } = limits;
  return day + cost <= perDay && month + cost <= perMonth && (cost <= free || free === perMinute);
}

/** Why a call can never go: what costs more than a whole day's calls would wait forever, and all others behind it. */
export function hopeless(cost: number, { perDay, perMonth }: Limits): Failure | undefined {
  const most = Math.min(perDay, perMonth);
  // A service that allows none at all for now may say otherwise later.
  if (cost <= Math.max(1, most)) return undefined;
  return new Failure('engine.forbidden', `it costs ${cost} requests, and the key has ${most} a day or month`);
}

/** In the order in which they go. `excess`: interactive calls of members or servers that have used their share of the day. */
const ranks = ['interactive', 'automatic', 'excess', 'spareInteractive', 'spareAutomatic', 'spare'] as const;
export type Rank = (typeof ranks)[number];

/** All that can be tuned. Figures are shares of the day or the minute unless a unit is named. */
const policy = {
  /** Automatic calls need not keep their spacing while so much of the minute is free. */
  burst: 3 / 4,
  /** Kept for people at the start of the day; melts away until its end. */
  reserve: 40 / 500,
  /** When the day's use is ahead of the even pace by more than this (melting too), automatic polls become rarer... */
  scarce: 30 / 500,
  /** ...and by more than this, nothing goes before it is due. */
  spare: 8 / 500,
  /** What must be free of the minute for spare calls, and how much of the even pace they may use. */
  spareCalls: {
    spareInteractive: { free: 1 / 4, pace: 1 },
    spareAutomatic: { free: 1 / 2, pace: 1 },
    spare: { free: 1 / 2, pace: 1 / 2 },
  },
  /** The analyses of a server with more files than this under way are polled later. Files. */
  busyServer: 4,
  /** What one member and one server get by commands while others wait. */
  member: 1 / 10,
  server: 1 / 2,
  /** After so many interactive calls in a row an automatic one goes if any waits, so that nobody starves. Calls. */
  turns: 19,
};

/** The least time between two automatic calls, in ms, so that an interactive call waits no longer than this for a slot. */
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

/** The ranks that may send a call now, in their order. */
export function admitted(now: Situation): Rank[] {
  const { free, waiting, limits } = now;
  if (free < 1) return [];
  const admits = (rank: Rank) => waiting[rank] > 0 && mayGo(rank, now);
  if (waiting.interactive + waiting.automatic + waiting.excess === 0) {
    return ranks.filter((rank) => waiting[rank] > 0 && maySpare(rank, now));
  }
  const due: Rank[] = now.inRow >= policy.turns ? ['automatic', 'interactive'] : ['interactive', 'automatic'];
  // Those who have used their share go when nobody else can.
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

/** The odds at which a poll is due, and at which it may go if nobody else needs the quota; see `stillRunning`. */
export function pollOdds(
  urgency: Asker['urgency'],
  files: number,
  { used, elapsed, limits }: Pick<Situation, 'used' | 'elapsed' | 'limits'>,
): { due: number; spare: number } {
  if (urgency === 'interactive') return { due: stillRunning.interactive, spare: stillRunning.spareInteractive };
  const scarce = files > policy.busyServer || used > pace(policy.scarce, elapsed, limits);
  return { due: scarce ? stillRunning.scarce : stillRunning.automatic, spare: stillRunning.spareAutomatic };
}

/** Whether one more call would take a member or a server beyond their share of the day. */
export function beyondShare(spent: { member: number; server: number }, cost: number, { perDay }: Limits): boolean {
  return spent.member + cost > policy.member * perDay || spent.server + cost > policy.server * perDay;
}
