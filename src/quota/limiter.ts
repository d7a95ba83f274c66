import { randomBytes } from 'node:crypto';
import type { Usage } from '../scan/ports.ts';
import {
  counted,
  freeAfter,
  headsOf,
  type KeyState,
  nextRelease,
  recounted,
  releases,
  renewed,
  rested,
  served,
  settle,
  slotsTaken,
  usedAt,
  withProcess,
} from './keyState.ts';
import {
  allowedBy,
  elapsedOfDay,
  type Head,
  type Limits,
  lower,
  type Rank,
  spacing,
  turnOf,
  type Wanted,
} from './policy.ts';
import { type CallTable, openRow } from './row.ts';
import { createAlarm, type Timers } from './timers.ts';

/** How long to wait before the table is asked again if no slot is known to come free, or the table cannot be read. Ms. */
const retryInterval = 30_000;
/** How long to wait while a slot is free that another process is about to take, in ms. */
const turnInterval = 200;
const leastWait = 20;

/** The right to send one call. It ends with `answered` or `giveBack`. */
export interface Ticket extends Wanted {
  /** To be called when the service has answered or the call has failed. The slot stays taken for a minute. */
  answered(): void;
  /** To be called instead if the call was not sent. */
  giveBack(): void;
}

interface LimiterOptions {
  table: CallTable;
  key: string;
  timers: Timers;
  limits: Limits;
  mayRaise: boolean;
  /** Called when a call may fit that did not fit before. */
  changed(): void;
  /** Called when the table cannot be read or written. */
  failed(error: unknown): void;
}

export type Limiter = ReturnType<typeof createLimiter>;

/** Counts the calls of a key against its minute, day and month, together with all other processes that have the key. */
export function createLimiter({ table, key, timers, limits: configured, mayRaise, changed, failed }: LimiterOptions) {
  const me = randomBytes(8).toString('hex');
  const row = openRow({ table, key, me, now: timers.now });
  const { now, change, later } = row;
  const wakeWithin = createAlarm(timers, reconsider);
  let limits = configured;
  /** The cost of this process's calls that are booked and not answered. */
  let inFlight = 0;
  /** The slots that this process has taken. A timer frees each of them, so a clock that is set forward frees none. */
  let ownSlots = 0;
  /** The ranks with which this process stands in the table's line; undefined when the last write failed. */
  let published: string | undefined = '';
  /** Whether the ranks in the line have to wait for something that has not happened yet. */
  let mustWait = false;
  let isBooking = false;
  let isRenewing = false;
  let telling: Promise<void> | undefined;

  const freeOf = (of: KeyState) => limits.perMinute - Math.max(slotsTaken(of), ownSlots);

  const ownHeads = (of: KeyState): readonly Head[] => of.processes[me]?.heads ?? [];

  /** Tells the table what it does not know yet, and that this process lives. Several requests share a write. */
  function tell(): Promise<void> {
    telling ??= row
      .idle()
      .then(() => {
        telling = undefined;
        return change((current, at) => [withProcess(current, at, me, inFlight, ownHeads(current)), undefined]);
      })
      .catch(failed);
    renewLater();
    return telling;
  }

  function renewLater(): void {
    if (isRenewing) return;
    isRenewing = true;
    timers.after(renewed, () => {
      isRenewing = false;
      if (inFlight > 0 || published !== '' || row.isLate()) void tell();
    });
  }

  function reconsider(): void {
    mustWait = false;
    changed();
  }

  function waitFor(ms: number): void {
    mustWait = true;
    wakeWithin(Math.max(leastWait, ms));
  }

  /** Books the first call that may go now. The others stand in the line of the table meanwhile. */
  function bookIn(before: KeyState, at: number, wanted: readonly Wanted[]): [KeyState, Head | undefined] {
    const turn = before.turn + 1;
    const heads = wanted.map(({ rank, cost }) => {
      const known = ownHeads(before).find((head) => head.rank === rank);
      return { rank, cost, turn: known?.turn ?? turn };
    });
    const isNew = heads.some((head) => head.turn === turn);
    const waiting = withProcess(isNew ? { ...before, turn } : before, at, me, inFlight, heads);
    const goes = turnOf(headsOf(waiting), me, {
      limits,
      free: freeOf(before),
      used: usedAt(before, at),
      elapsed: elapsedOfDay(at),
      spaced: at - before.automaticAt >= spacing(limits),
      inRow: before.inRow,
    });
    if (!goes) return [waiting, undefined];
    const others = heads.filter(({ rank }) => rank !== goes.rank);
    const booked = withProcess(waiting, at, me, inFlight + goes.cost, others);
    return [served(counted(booked, at, goes.cost), at, goes), goes];
  }

  /** Milliseconds until a call may go that may not go now. */
  function waitIn(current: KeyState): number {
    const at = now();
    const spaced = current.automaticAt + spacing(limits) - at;
    const free = nextRelease(current, at) - at;
    const turn =
      freeOf(current) > 0 && headsOf(current).some(({ process }) => process !== me) ? turnInterval : retryInterval;
    return Math.min(free, turn, spaced > 0 ? spaced : retryInterval);
  }

  function ticketOf({ rank, cost }: Head): Ticket {
    const bookedAt = now();
    inFlight += cost;
    ownSlots += cost;
    renewLater();
    const free = () => {
      ownSlots -= cost;
      reconsider();
    };
    return {
      rank,
      cost,
      answered() {
        const freeAt = freeAfter(now(), limits.perMinute);
        inFlight -= cost;
        later((current) => rested(current, freeAt, cost));
        timers.after(freeAt - now(), free);
        void tell();
      },
      giveBack() {
        inFlight -= cost;
        later((current) => counted(current, bookedAt, -cost));
        void tell();
        free();
      },
    };
  }

  return {
    /** The configured limits, or the service's where those are lower, or higher if they may be. */
    limits: () => limits,
    /** The calls of all processes today and this month, as last read. */
    used: () => usedAt(row.state(), now()),
    /** The free slots of the minute, as last read. */
    free: () => freeOf(settle(row.state(), now(), me)),
    /** The cost of this process's calls that are not answered. */
    inFlight: () => inFlight,
    /** When the taken slots come free: ms since the epoch, soonest first, one figure a slot. */
    releases: () => releases(row.state(), now()),
    isBooking: () => isBooking,
    reconsider,
    /**
     * Books a call, one at a time. `waiting` are the ranks of the line, and `wanted` chooses the first call of each. Returns
     * undefined if none of them may go; `changed` is called when one may. Never rejects.
     */
    async book(waiting: readonly Rank[], wanted: () => readonly Wanted[]): Promise<Ticket | undefined> {
      if (isBooking) return undefined;
      const ranks = waiting.join();
      if (mustWait ? published === undefined || ranks === published : ranks === '' && published === '')
        return undefined;
      isBooking = true;
      mustWait = false;
      try {
        const goes = await change((before, at) => bookIn(before, at, wanted()));
        published = ownHeads(row.state())
          .map(({ rank }) => rank)
          .join();
        renewLater();
        if (goes) return ticketOf(goes);
        if (published !== '') waitFor(waitIn(row.state()));
      } catch (error) {
        failed(error);
        published = undefined;
        waitFor(retryInterval);
      } finally {
        isBooking = false;
      }
      return undefined;
    },
    /** Adopts the service's limits and counts, which were asked for at `since`. */
    async recount(usage: Usage, since: number): Promise<void> {
      const told = allowedBy(usage, configured);
      limits = mayRaise ? told : lower(told, configured);
      await change((current, at) => [recounted(current, at, usage, since + now() - timers.now()), undefined]);
      mustWait = false;
    },
    /** Reads what earlier and other processes have used. */
    open: () => change((current) => [current, undefined]),
    /** Leaves the line. Calls in flight keep their slots until this process counts as lost. */
    async close(): Promise<void> {
      await telling;
      if (published !== '' || row.isLate())
        await change((current, at) => [withProcess(current, at, me, inFlight, []), undefined]).catch(failed);
    },
  };
}
