import type { Ask, Asker, Place } from '../scan/ports.ts';
import type { Health } from './health.ts';
import type { Ledger } from './ledger.ts';
import type { Limiter, Ticket } from './limiter.ts';
import { elapsedOfDay } from './limits.ts';
import { type Asked, agoOf, stepAfter } from './polling.ts';
import { beyondShare, pollOdds, type Rank, ranks, type Wanted } from './priority.ts';
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
  /** Ends the wait with the right to send the call. */
  send(ticket: Ticket): void;
  /** Ends the wait without it. */
  fail(reason: unknown): void;
  /** Hears that the asker gives the call up, or that somebody has joined. */
  heard(): void;
  /** Stops listening for those who join. */
  forget: (() => void) | undefined;
}

export const isInteractive = ({ asker }: Pick<Call, 'asker'>) => asker.urgency === 'interactive';

const partyOf = ({ server, member }: Asker) => (server !== undefined ? `server ${server}` : `member ${member ?? ''}`);

interface LineParts {
  ledger: Ledger;
  limiter: Limiter;
  health: Health;
  timers: Timers;
  /** A fixed delay between two polls instead of the learned ones, in ms. */
  pollDelay: number | undefined;
}

/** The calls of this process that wait. A key allows few calls a minute, so a search of all is fast enough (`npm run bench:quota` measures it). */
export class Line {
  readonly calls = new Set<Call>();
  readonly #parts: LineParts;
  /** The ranks in which calls wait. */
  readonly #ranked = new Map<Rank, Set<Call>>();
  /** Polls that are not due. Some of them may go already if nobody else needs the quota. */
  readonly #undue = new Set<Call>();
  /** How many calls of each party wait, not counting spare ones: a flood of links makes no server a busy one. */
  readonly #files = new Map<string, number>();
  #arrivals = 0;

  constructor(parts: LineParts) {
    this.#parts = parts;
  }

  /** A new call, which is not in the line yet. */
  callOf(order: Order, send: Call['send'], fail: Call['fail'], heard: Call['heard']): Call {
    const { timers } = this.#parts;
    const asker = order.ask.asker();
    this.#arrivals += 1;
    return {
      order,
      arrival: this.#arrivals,
      askedAt: order.analysis ? timers.steady() - agoOf(order.analysis, timers.now()) : 0,
      asker,
      party: partyOf(asker),
      rank: undefined,
      reviewAt: undefined,
      dueAt: 0,
      told: undefined,
      send,
      fail,
      heard,
      forget: undefined,
    };
  }

  /** Puts a call in its place, or ranks it again. */
  place(call: Call): void {
    const { timers } = this.#parts;
    this.remove(call);
    call.asker = call.order.ask.asker();
    call.party = partyOf(call.asker);
    this.calls.add(call);
    const { urgency } = call.asker;
    if (urgency !== 'spare') this.#files.set(call.party, this.#filesOf(call) + 1);

    const { due, spare } = this.#waitsOf(call);
    call.dueAt = timers.now() + due;
    if (due <= 0) {
      this.#rank(call, urgency);
      return;
    }
    if (spare <= 0 && urgency !== 'spare')
      this.#rank(call, isInteractive(call) ? 'spareInteractive' : 'spareAutomatic');
    this.#undue.add(call);
    call.reviewAt = timers.steady() + (spare > 0 ? spare : Math.min(due, reviewInterval));
  }

  remove(call: Call): void {
    if (!this.calls.delete(call)) return;
    if (call.asker.urgency !== 'spare') this.#files.set(call.party, this.#filesOf(call) - 1);
    if (this.#filesOf(call) === 0) this.#files.delete(call.party);
    this.#rank(call, undefined);
    this.#undue.delete(call);
    call.reviewAt = undefined;
  }

  #rank(call: Call, rank: Rank | undefined): void {
    const before = call.rank && this.#ranked.get(call.rank);
    before?.delete(call);
    if (call.rank && before?.size === 0) this.#ranked.delete(call.rank);
    call.rank = rank;
    if (rank) this.#ranked.set(rank, (this.#ranked.get(rank) ?? new Set<Call>()).add(call));
  }

  #filesOf({ party }: Call): number {
    return this.#files.get(party) ?? 0;
  }

  /** Milliseconds until a call is due, and until it may go if nobody else needs the quota. */
  #waitsOf(call: Call): { due: number; spare: number } {
    const { ledger, limiter, timers, pollDelay } = this.#parts;
    const { analysis } = call.order;
    if (!analysis) return { due: 0, spare: 0 };
    const after = (step: number) => call.askedAt + step - timers.steady();
    if (pollDelay !== undefined) return { due: after(pollDelay), spare: after(pollDelay) };
    const situation = { used: limiter.used(), elapsed: elapsedOfDay(timers.now()), limits: limiter.limits };
    const { due, spare } = pollOdds(call.asker.urgency, this.#filesOf(call), situation);
    const typical = ledger.analysisTime;
    return { due: after(stepAfter(analysis, typical, due)), spare: after(stepAfter(analysis, typical, spare)) };
  }

  /** Ranks the polls again whose `reviewAt` has come. Returns the ms until there is something to do again. */
  review(): number {
    const time = this.#parts.timers.steady();
    for (const call of [...this.#undue]) if ((call.reviewAt ?? time) <= time) this.place(call);
    let soonest = Number.POSITIVE_INFINITY;
    for (const { reviewAt } of this.#undue) if (reviewAt !== undefined) soonest = Math.min(soonest, reviewAt - time);
    return Math.max(0, soonest);
  }

  /** The ranks in which calls wait. */
  ranks(): Rank[] {
    return ranks.filter((rank) => this.#ranked.has(rank));
  }

  of(rank: Rank): Call[] {
    return [...(this.#ranked.get(rank) ?? [])];
  }

  /** The first call of each rank. */
  heads(): (Wanted & { call: Call })[] {
    return ranks.flatMap((rank) => {
      const call = this.#first(rank);
      return call ? [{ rank, cost: call.order.cost, call }] : [];
    });
  }

  /** The call of this rank that goes first. Calls whose rank has changed are moved on the way. */
  #first(rank: Rank): Call | undefined {
    const { ledger, limiter, health } = this.#parts;
    for (;;) {
      const calls = this.of(rank);
      const call = this.#next(calls);
      if (!call) return undefined;
      if (isStale(call)) this.place(call);
      else if (rank === 'interactive' && beyondShare(ledger.spent(call.asker), call.order.cost, limiter.limits)) {
        this.#rank(call, 'excess');
      } else {
        // A call that has failed already goes only if no other of its rank waits.
        if (!health.isDoubtful(call.order.about)) return call;
        return this.#next(calls.filter((one) => !health.isDoubtful(one.order.about))) ?? call;
      }
    }
  }

  /** The party that was served least recently goes next, with its oldest file. */
  #next(calls: readonly Call[]): Call | undefined {
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
      const served = this.#parts.ledger.served(party);
      if (!best || served < best.served || (served === best.served && one.joined < best.joined))
        best = { ...one, served };
    }
    return best?.call;
  }
}

const isOlder = (a: Call, b: Call) =>
  a.asker.since < b.asker.since || (a.asker.since === b.asker.since && a.arrival < b.arrival);

/** The calls of a rank in the order in which they will probably go: the parties take turns, each with its oldest call. */
export function inTurns(calls: readonly Call[], ledger: Ledger): Call[] {
  const rounds = new Map<string, number>();
  return calls
    .toSorted((a, b) => (isOlder(a, b) ? -1 : 1))
    .map((call) => {
      const round = rounds.get(call.party) ?? 0;
      rounds.set(call.party, round + 1);
      return { call, round, turn: ledger.served(call.party) };
    })
    .sort((a, b) => a.round - b.round || a.turn - b.turn)
    .map(({ call }) => call);
}

/** Whether the asker has changed since the call was ranked, as when somebody else asked for the same file. */
function isStale({ asker, order }: Call): boolean {
  const { urgency, server, member, since } = order.ask.asker();
  return asker.urgency !== urgency || asker.server !== server || asker.member !== member || asker.since !== since;
}
