import type { Asker } from '../scan/ports.ts';
import { stepAfter } from './analysisTime.ts';
import { type Call, isInteractive, partyOf } from './call.ts';
import { Heap } from './heap.ts';
import { Lane } from './lane.ts';
import type { Ledger } from './ledger.ts';
import { beyondShare, patienceFor, type Rank } from './schedule.ts';

/** A poll that was put off is looked at again after this, in ms: scarcity may have ended. */
const reviewAfter = 15_000;

/** All calls that wait: by rank those that may go, by time the polls that are not due yet. */
export interface LineUp {
  lanes: Record<Rank, Lane<Call>>;
  all: ReadonlySet<Call>;
  /** Finds the call's place, anew if it had one. */
  place(call: Call): void;
  remove(call: Call): void;
  /** The one of this rank that goes first. Those whose rank has changed are placed anew on the way. */
  first(rank: Rank): Call | undefined;
  /** Places anew the polls whose time has come. */
  review(): void;
  /** Milliseconds until `review` has something to do. */
  nextReview(): number | undefined;
}

interface LineUpOptions {
  ledger: Ledger;
  /** What people's clocks say. */
  now(): number;
  /** Time that never runs backwards. */
  steady(): number;
  /** Instead of the learned times: ms. */
  pollDelay: number | undefined;
}

export function lineUp({ ledger, now, steady, pollDelay }: LineUpOptions): LineUp {
  const lane = () => new Lane<Call>(ledger.served);
  const lanes: Record<Rank, Lane<Call>> = {
    interactive: lane(),
    automatic: lane(),
    excess: lane(),
    spareInteractive: lane(),
    spareAutomatic: lane(),
    spare: lane(),
  };
  const all = new Set<Call>();
  const files = new Map<string, number>();
  const alarms = new Heap<{ at: number; call: Call }>((a, b) => a.at < b.at);

  function place(call: Call): void {
    remove(call);
    call.asker = call.order.ask.asker();
    call.since = call.asker.since;
    call.party = partyOf(call.asker);
    all.add(call);
    files.set(call.party, (files.get(call.party) ?? 0) + 1);

    const { due, spare } = waits(call);
    call.dueAt = now() + due;
    if (due <= 0) {
      enter(call, call.asker.urgency);
      return;
    }
    if (spare <= 0 && call.asker.urgency !== 'spare') {
      enter(call, isInteractive(call) ? 'spareInteractive' : 'spareAutomatic');
    }
    const alarm = { at: steady() + (spare > 0 ? spare : Math.min(due, reviewAfter)), call };
    call.alarm = alarm;
    alarms.push(alarm);
  }

  function remove(call: Call): void {
    if (!all.delete(call)) return;
    const left = (files.get(call.party) ?? 0) - 1;
    if (left > 0) files.set(call.party, left);
    else files.delete(call.party);
    if (call.rank) lanes[call.rank].delete(call);
    call.rank = undefined;
    call.alarm = undefined;
  }

  function enter(call: Call, rank: Rank): void {
    call.rank = rank;
    lanes[rank].add(call);
  }

  /** Milliseconds until a call is due, and until it may go if nobody needs the quota. */
  function waits({ order: { analysis }, asker, party, askedAt }: Call): { due: number; spare: number } {
    if (!analysis) return { due: 0, spare: 0 };
    const after = (step: number) => askedAt + step - steady();
    if (pollDelay !== undefined) return { due: after(pollDelay), spare: after(pollDelay) };
    const situation = { used: ledger.used().day, elapsed: ledger.elapsed(), limits: ledger.limits() };
    const { due, spare } = patienceFor(asker.urgency, files.get(party) ?? 0, situation);
    return {
      due: after(stepAfter(analysis, ledger.typical(), due)),
      spare: after(stepAfter(analysis, ledger.typical(), spare)),
    };
  }

  function first(rank: Rank): Call | undefined {
    for (let call = lanes[rank].first(); call; call = lanes[rank].first()) {
      if (isStale(call)) place(call);
      else if (rank === 'interactive' && beyondShare(ledger.spent(call.asker), call.order.cost, ledger.limits())) {
        lanes.interactive.delete(call);
        enter(call, 'excess');
      } else return call;
    }
    return undefined;
  }

  function review(): void {
    for (let alarm = alarms.peek(); alarm && (alarm.at <= steady() || isPast(alarm)); alarm = alarms.peek()) {
      alarms.pop();
      if (!isPast(alarm)) place(alarm.call);
    }
  }

  const isPast = (alarm: { call: Call }) => alarm.call.alarm !== alarm;

  function nextReview(): number | undefined {
    const alarm = alarms.peek();
    return alarm && Math.max(0, alarm.at - steady());
  }

  return { lanes, all, place, remove, first, review, nextReview };
}

/** Whether somebody has joined, which may have changed for whom the call is. */
function isStale({ asker, order }: Call): boolean {
  return !isSame(asker, order.ask.asker());
}

function isSame(a: Asker, b: Asker): boolean {
  return a.urgency === b.urgency && a.server === b.server && a.member === b.member && a.since === b.since;
}
