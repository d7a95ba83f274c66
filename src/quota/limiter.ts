import { randomUUID } from 'node:crypto';
import type { Usage } from '../scan/ports.ts';
import {
  counted,
  freeAfter,
  headsOf,
  type KeyState,
  keyStateSchema,
  newKey,
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
import { elapsedOfDay, type Head, type Limits, type Rank, spacing, turnOf, type Wanted } from './policy.ts';
import { createAlarm, type Timers } from './timers.ts';

/** How long to wait before the table is asked again if no slot is known to come free, or the table cannot be read. Ms. */
const retryInterval = 30_000;
/** How long to wait while a slot is free that another process is about to take, in ms. */
const turnInterval = 200;
const leastWait = 20;
/** A write is tried again if another process has written first. More failures than this mean that something is broken. */
const mostTries = 1_000;

/** A table with one row for each key: the only record of how much of the key is used, for all processes that have it. */
export interface CallTable {
  /** The state and its version, which is 0 if nothing was written yet. `now` is the table's time, in ms since the epoch. */
  read(key: string): Promise<{ now: number; version: number; state: string | undefined }>;
  /** Writes the state that follows `version`. Resolves with false, and writes nothing, if that is not the version any more. */
  replace(key: string, version: number, state: string): Promise<boolean>;
}

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
  /** Called when a call may fit that did not fit before. */
  changed(): void;
  /** Called when the table cannot be read or written. */
  failed(error: unknown): void;
}

export type Limiter = ReturnType<typeof createLimiter>;

/** Counts the calls of a key against its minute, day and month, together with all other processes that have the key. */
export function createLimiter({ table, key, timers, limits: configured, changed, failed }: LimiterOptions) {
  const me = randomUUID();
  const wakeWithin = createAlarm(timers, reconsider);
  let limits = configured;
  /** As last read or written. */
  let state = newKey;
  /** How much the table's clock is ahead of this process', in ms. */
  let ahead = 0;
  /** Changes that the table has not been told yet. They go with the next write. */
  let untold: ((state: KeyState) => KeyState)[] = [];
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
  let writing: Promise<unknown> = Promise.resolve();
  let telling: Promise<void> | undefined;

  const now = () => timers.now() + ahead;
  const freeOf = (of: KeyState) => limits.perMinute - Math.max(slotsTaken(of), ownSlots);

  /** Reads the state, changes it and writes it, again if another process was faster. One change runs at a time. */
  function change<Result>(edit: (state: KeyState, now: number) => [KeyState, Result]): Promise<Result> {
    const result = writing.then(async () => {
      for (let tries = 0; tries < mostTries; tries++) {
        const row = await table.read(key);
        ahead = row.now - timers.now();
        const told = untold.length;
        const before = settle(parsed(row.state), row.now, me);
        const [after, answer] = edit(
          untold.reduce((current, tell) => tell(current), before),
          row.now,
        );
        const text = JSON.stringify(after);
        if (text !== row.state && !(await table.replace(key, row.version, text))) continue;
        state = after;
        untold = untold.slice(told);
        return answer;
      }
      throw new Error('the table of calls is always written by others');
    });
    writing = result.catch(() => {});
    return result;
  }

  const ownHeads = (of: KeyState): readonly Head[] => of.processes[me]?.heads ?? [];

  /** Tells the table what it does not know yet, and that this process lives. Several requests share a write. */
  function tell(): Promise<void> {
    telling ??= writing
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
      if (inFlight > 0 || published !== '' || untold.length > 0) void tell();
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
        untold.push((current) => rested(current, freeAt, cost));
        timers.after(freeAt - now(), free);
        void tell();
      },
      giveBack() {
        inFlight -= cost;
        untold.push((current) => counted(current, bookedAt, -cost));
        void tell();
        free();
      },
    };
  }

  return {
    /** The operator's limits, or the service's where those are lower. */
    limits: () => limits,
    /** The calls of all processes today and this month, as last read. */
    used: () => usedAt(state, now()),
    /** The free slots of the minute, as last read. */
    free: () => freeOf(settle(state, now(), me)),
    /** The cost of this process's calls that are not answered. */
    inFlight: () => inFlight,
    /** When the taken slots come free: ms since the epoch, soonest first, one figure a slot. */
    releases: () => releases(state, now()),
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
        published = ownHeads(state)
          .map(({ rank }) => rank)
          .join();
        renewLater();
        if (goes) return ticketOf(goes);
        if (published !== '') waitFor(waitIn(state));
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
      const { perDay, perMonth } = configured;
      const { day, month } = usage;
      limits = {
        ...configured,
        perDay: Math.min(perDay, day?.allowed ?? perDay),
        perMonth: Math.min(perMonth, month?.allowed ?? perMonth),
      };
      await change((current, at) => [recounted(current, at, usage, since + ahead), undefined]);
      mustWait = false;
    },
    /** Reads what earlier and other processes have used. */
    open: () => change((current) => [current, undefined]),
    /** Leaves the line. Calls in flight keep their slots until this process counts as lost. */
    async close(): Promise<void> {
      await telling;
      if (published !== '' || untold.length > 0)
        await change((current, at) => [withProcess(current, at, me, inFlight, []), undefined]).catch(failed);
    },
  };
}

/** A state that cannot be read, as of another version, counts as a new one. The service's own counts follow soon. */
function parsed(text: string | undefined): KeyState {
  if (text === undefined) return newKey;
  try {
    return keyStateSchema.parse(JSON.parse(text));
  } catch {
    return newKey;
  }
}
