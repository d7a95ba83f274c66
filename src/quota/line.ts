import type { Ask, Asker, Place } from '../scan/ports.ts';
import type { Ledger } from './ledger.ts';
import type { Limiter, Ticket } from './limiter.ts';
import { beyondShare, elapsedOfDay, pollOdds, type Rank, ranks } from './policy.ts';
import { type Asked, agoOf, stepAfter } from './polling.ts';
import type { Timers } from './timers.ts';

/** A poll that is not due is ranked again after this at the latest, in ms: the quota may be less scarce by then. */
const reviewInterval = 15_000;

/** A call that somebody wants the scheduler to make. */
export interface Order {
  kind: 'lookUp' | 'upload' | 'poll';
  /** Names its subject. */
  about: string;
  /** How many requests the key pays for it. */
  cost: number;
  ask: Ask;
  /** The analysis that a poll asks about. */
  analysis?: Asked;
}

/** An order in the line. */
export interface Call {
  readonly order: Order;
  /** The number of its arrival, which settles ties. */
  readonly arrival: number;
  /** When the analysis began or was polled last, in steady ms. */
  readonly askedAt: number;
  /** The asker when the call was ranked; see `isStale`. */
  asker: Asker;
  /** Parties take turns: a server, or a person outside of all servers. */
  party: string;
  /** undefined for a poll that may not go yet. */
  rank: Rank | undefined;
  /** When a poll that is not due is ranked again, in steady ms. */
  reviewAt: number | undefined;
  /** When a poll is due, in ms since the epoch. */
  dueAt: number;
  /** The place that the asker was told last. */
  told: Place | undefined;
  /** Sends the call. It leaves the line. */
  start(ticket: Ticket): void;
  /** Fails the call. It leaves the line. */
  refuse(reason: unknown): void;
}

export const isInteractive = ({ asker }: Pick<Call, 'asker'>) => asker.urgency === 'interactive';

const partyOf = ({ server, member }: Asker) => (server !== undefined ? `server ${server}` : `member ${member ?? ''}`);

interface LineOptions {
  ledger: Ledger;
  limiter: Pick<Limiter, 'used' | 'limits'>;
  timers: Timers;
  /** A fixed delay between two polls instead of the learned ones, in ms. */
  pollDelay: number | undefined;
  /** Whether a call goes only if no other call of its rank waits. */
  isDoubtful(call: Call): boolean;
}

export type Line = ReturnType<typeof createLine>;

/** The calls of this process that wait. A key allows few calls a minute, so plain sets are fast enough (`npm run bench:quota` measures it). */
export function createLine({ ledger, limiter, timers, pollDelay, isDoubtful }: LineOptions) {
  const { now, steady } = timers;
  const all = new Set<Call>();
  const ranked: Record<Rank, Set<Call>> = {
    interactive: new Set(),
    automatic: new Set(),
    excess: new Set(),
    spareInteractive: new Set(),
    spareAutomatic: new Set(),
    spare: new Set(),
  };
  /** How many calls of each party wait, but for spare ones: a flood of links makes no server a busy one. */
  const files = new Map<string, number>();
  /** Polls that are not due. Some of them may go already if nobody else needs the quota. */
  const undue = new Set<Call>();
  const views: { all: ReadonlySet<Call>; ranked: Readonly<Record<Rank, ReadonlySet<Call>>> } = { all, ranked };
  let arrivals = 0;

  /** Puts a call in its place, or ranks it again. */
  function place(call: Call): void {
    remove(call);
    call.asker = call.order.ask.asker();
    call.party = partyOf(call.asker);
    all.add(call);
    const isSpare = call.asker.urgency === 'spare';
    if (!isSpare) files.set(call.party, filesOf(call) + 1);

    const { due, spare } = waitsOf(call);
    call.dueAt = now() + due;
    if (due <= 0) {
      rank(call, call.asker.urgency);
      return;
    }
    if (spare <= 0 && !isSpare) rank(call, isInteractive(call) ? 'spareInteractive' : 'spareAutomatic');
    call.reviewAt = steady() + (spare > 0 ? spare : Math.min(due, reviewInterval));
    undue.add(call);
  }

  function rank(call: Call, as: Rank): void {
    if (call.rank) ranked[call.rank].delete(call);
    call.rank = as;
    ranked[as].add(call);
  }

  function remove(call: Call): void {
    if (!all.delete(call)) return;
    if (call.asker.urgency !== 'spare') files.set(call.party, filesOf(call) - 1);
    if (filesOf(call) === 0) files.delete(call.party);
    if (call.rank) ranked[call.rank].delete(call);
    undue.delete(call);
    call.rank = undefined;
    call.reviewAt = undefined;
  }

  const filesOf = ({ party }: Call) => files.get(party) ?? 0;

  /** Milliseconds until a call is due, and until it may go if nobody else needs the quota. */
  function waitsOf(call: Call): { due: number; spare: number } {
    const { analysis } = call.order;
    if (!analysis) return { due: 0, spare: 0 };
    const after = (step: number) => call.askedAt + step - steady();
    if (pollDelay !== undefined) return { due: after(pollDelay), spare: after(pollDelay) };
    const situation = { used: limiter.used(), elapsed: elapsedOfDay(now()), limits: limiter.limits() };
    const { due, spare } = pollOdds(call.asker.urgency, filesOf(call), situation);
    const typical = ledger.analysisTime();
    return { due: after(stepAfter(analysis, typical, due)), spare: after(stepAfter(analysis, typical, spare)) };
  }

  /** The party that was served least recently goes next, with its oldest file. */
  function next(calls: Iterable<Call>): Call | undefined {
    const oldest = new Map<string, { call: Call; joined: number }>();
    for (const call of calls) {
      const known = oldest.get(call.party);
      if (!known) oldest.set(call.party, { call, joined: call.arrival });
      else {
        known.joined = Math.min(known.joined, call.arrival);
        if (isOlder(call, known.call)) known.call = call;
      }
    }
    let best: { call: Call; joined: number; served: number } | undefined;
    for (const [party, one] of oldest) {
      const served = ledger.served(party);
      if (!best || served < best.served || (served === best.served && one.joined < best.joined))
        best = { ...one, served };
    }
    return best?.call;
  }

  /** The call of this rank that goes first. Calls whose rank has changed are moved on the way. */
  function first(wanted: Rank): Call | undefined {
    const calls = ranked[wanted];
    for (let call = next(calls); call; call = next(calls)) {
      if (isStale(call)) place(call);
      else if (wanted === 'interactive' && beyondShare(ledger.spent(call.asker), call.order.cost, limiter.limits())) {
        rank(call, 'excess');
      } else return isDoubtful(call) ? (next([...calls].filter((one) => !isDoubtful(one))) ?? call) : call;
    }
    return undefined;
  }

  return {
    ...views,
    place,
    remove,
    /** The ranks in which calls wait. */
    ranks: () => ranks.filter((rank) => ranked[rank].size > 0),
    /** The first call of each rank. */
    heads: () =>
      ranks.flatMap((rank) => {
        const call = first(rank);
        return call ? [{ rank, cost: call.order.cost, call }] : [];
      }),
    /** A new call, which is not in the line yet. */
    callOf(order: Order, ends: Pick<Call, 'start' | 'refuse'>): Call {
      const asker = order.ask.asker();
      arrivals += 1;
      return {
        order,
        arrival: arrivals,
        askedAt: order.analysis ? steady() - agoOf(order.analysis, now()) : 0,
        asker,
        party: partyOf(asker),
        rank: undefined,
        reviewAt: undefined,
        dueAt: 0,
        told: undefined,
        ...ends,
      };
    },
    /** Ranks the polls again whose `reviewAt` has come. Returns the ms until there is something to do again. */
    review(): number {
      const time = steady();
      for (const call of [...undue]) if ((call.reviewAt ?? time) <= time) place(call);
      let soonest = Number.POSITIVE_INFINITY;
      for (const { reviewAt } of undue) if (reviewAt !== undefined) soonest = Math.min(soonest, reviewAt - time);
      return Math.max(0, soonest);
    },
  };
}

const isOlder = (a: Call, b: Call) =>
  a.asker.since < b.asker.since || (a.asker.since === b.asker.since && a.arrival < b.arrival);

/** The calls of a rank in the order in which they will probably go: the parties take turns, each with its oldest call. */
export function inTurns(calls: readonly Call[], served: (party: string) => number): Call[] {
  const rounds = new Map<string, number>();
  return calls
    .toSorted((a, b) => (isOlder(a, b) ? -1 : 1))
    .map((call) => {
      const round = rounds.get(call.party) ?? 0;
      rounds.set(call.party, round + 1);
      return { call, round, turn: served(call.party) };
    })
    .sort((a, b) => a.round - b.round || a.turn - b.turn)
    .map(({ call }) => call);
}

/** Whether the asker has changed since the call was ranked, as when somebody else asked for the same file. */
function isStale({ asker, order }: Call): boolean {
  const now = order.ask.asker();
  return (
    asker.urgency !== now.urgency ||
    asker.server !== now.server ||
    asker.member !== now.member ||
    asker.since !== now.since
  );
}
