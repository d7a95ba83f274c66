import type { Place } from '../scan/ports.ts';
import type { Queued } from './lane.ts';

/** Calls that an unknown file usually costs after its upload. */
const pollsPerFile = 1.25;

/** What the forecast knows of the key: times in ms and ms since the epoch. */
export interface Outlook {
  now: number;
  perMinute: number;
  /** When each taken slot comes free, soonest first. */
  releases: number[];
  /** Least time between automatic calls. */
  spacing: number;
  /** Calls until the day is used up, for interactive and for automatic ones. */
  leftToday: { interactive: number; automatic: number };
  nextDay: number;
  /** Share of the look-ups that have the answer. */
  knownShare: number;
  typical: number;
  /** When analyses become due, soonest first: those that go before interactive calls, and before all. */
  polls: { interactive: number[]; all: number[] };
}

export interface Expected {
  interactive: boolean;
  kind: 'lookUp' | 'upload' | 'poll';
}

/** The order in which calls of a lane go, as far as can be told: the parties in turn, each with its oldest file. */
export function inOrder<Call extends Queued>(calls: readonly Call[], served: (party: string) => number): Call[] {
  const rounds = new Map<string, number>();
  return calls
    .toSorted((a, b) => a.since - b.since || a.arrival - b.arrival)
    .map((call) => {
      const round = rounds.get(call.party) ?? 0;
      rounds.set(call.party, round + 1);
      return { call, round, turn: served(call.party) };
    })
    .sort((a, b) => a.round - b.round || a.turn - b.turn)
    .map(({ call }) => call);
}

/**
 * Where each call of the line stands. A call that goes before brings others with it: an unknown file's upload at once, its
 * polls after the analysis; polls of older files come due meanwhile.
 */
export function places(line: readonly Expected[], outlook: Outlook): Place[] {
  const slot = slots(outlook);
  const polls = { interactive: counter(outlook.polls.interactive), all: counter(outlook.polls.all) };
  const unknown = 1 - outlook.knownShare;
  let soon = 0;
  let later = 0;
  let automatic = 0;

  return line.map(({ interactive, kind }, ahead) => {
    const pollsUntil = interactive ? polls.interactive : polls.all;
    const spaced = interactive ? 0 : outlook.now + automatic * outlook.spacing;
    const begin = Math.max(slot(soon + pollsUntil(slot(soon))), spaced);
    const over = begin > outlook.now ? Math.max(0, 1 - outlook.typical / (begin - outlook.now)) : 0;
    const calls = soon + pollsUntil(begin) + later * over;
    const until = Math.max(slot(calls), spaced);

    soon += kind === 'lookUp' ? 1 + unknown : 1;
    later += kind === 'poll' ? pollsPerFile - 1 : pollsPerFile * (kind === 'lookUp' ? unknown : 1);
    if (!interactive) automatic += 1;

    const left = interactive ? outlook.leftToday.interactive : outlook.leftToday.automatic;
    if (calls >= left || until > outlook.nextDay) return { for: 'day', ahead, until: Math.max(until, outlook.nextDay) };
    return { for: ahead > 0 ? 'turn' : 'minute', ahead, until };
  });
}

/** When the n-th call from now gets its slot. */
function slots({ now, perMinute, releases }: Outlook): (calls: number) => number {
  const free = Math.max(0, perMinute - releases.length);
  return (calls) => {
    const nth = Math.floor(calls);
    if (nth < free) return now;
    const minutes = Math.floor((nth - free) / perMinute);
    const release = releases[(nth - free) % perMinute] ?? now + 60_000;
    return release + minutes * 60_000;
  };
}

/** How many of the sorted times are not later than a given one. */
function counter(times: readonly number[]): (until: number) => number {
  return (until) => {
    let [from, to] = [0, times.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((times[middle] ?? 0) <= until) from = middle + 1;
      else to = middle;
    }
    return from;
  };
}

/** Whether a waiting person should be told anew: the farther away their turn is, the more it takes. */
export function isNews(before: Place | undefined, after: Place, now: number): boolean {
  if (!before || before.for !== after.for) return true;
  if (Math.abs(before.ahead - after.ahead) > after.ahead / 20) return true;
  if (before.until === undefined || after.until === undefined) return before.until !== after.until;
  return Math.abs(before.until - after.until) >= Math.max(3_000, (after.until - now) / 20);
}
