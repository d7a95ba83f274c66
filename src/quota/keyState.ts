import { z } from 'zod';
import type { Usage } from '../scan/ports.ts';
import { dayOf, elapsedOfDay, type Limits, monthOf, startOfDay, type Used } from './limits.ts';
import { type Head, isInteractiveRank, ranks, spacing, turnOf, type Wanted } from './priority.ts';

/** How long an answered call keeps its slot, in ms: the service's sliding minute, and a little for timers that fire early. */
const heldFor = 60_100;
/** A process renews what it has in the table this often. What was not renewed for `lostAfter` was lost with its process. Ms. */
export const renewInterval = 5_000;
const lostAfter = 20_000;
/** How many days and months are counted, so that a clock that was set forward and back finds its counts again. */
const [keptDays, keptMonths] = [10, 3];
/** The slots of a key with more than this many calls a minute come free together, every half second, so that the state stays small. */
const [manyCalls, grain] = [120, 500];
/** How long to wait while a slot is free that another process is about to take, in ms. */
const turnInterval = 200;
/** How long to wait before the table is asked again if nothing tells when a call may go, in ms. */
export const retryInterval = 30_000;

/** A table with one row for each key: the only record of how much of the key is used, for all processes that have it. */
export interface CallTable {
  /** The state and its version, which is 0 if nothing was written yet. `now` is the table's time, in ms since the epoch. */
  read(key: string): Promise<{ now: number; version: number; state: string | undefined }>;
  /** Writes the state that follows `version`. Resolves with false, and writes nothing, if that is not the version any more. */
  replace(key: string, version: number, state: string): Promise<boolean>;
}

const headSchema = z.object({ rank: z.enum(ranks), cost: z.number(), turn: z.number() });

/** What all processes with one key share. Times are the table's, in ms since the epoch. */
export const keyStateSchema = z.object({
  /** Calls of each day ('YYYY-MM-DD') and month ('YYYY-MM'), UTC, those in flight included. */
  days: z.record(z.string(), z.number()),
  months: z.record(z.string(), z.number()),
  /** The slots of answered calls: when they come free, and how many. */
  resting: z.array(z.tuple([z.number(), z.number()])),
  /** The processes that have calls in flight or in the line. */
  processes: z.record(
    z.string(),
    z.object({
      /** The process is lost if it has not renewed its entry by then. */
      until: z.number(),
      /** The slots of its calls that are not answered. */
      inFlight: z.number(),
      /** The first call of each rank that waits in its line. */
      heads: z.array(headSchema),
    }),
  ),
  /** The highest number of a turn so far. */
  turn: z.number(),
  /** Interactive calls since the last automatic one, and when that was booked. */
  inRow: z.number(),
  automaticAt: z.number(),
});
export type KeyState = z.infer<typeof keyStateSchema>;

export const newKey: KeyState = { days: {}, months: {}, resting: [], processes: {}, turn: 0, inRow: 0, automaticAt: 0 };

/** The calls of a day ('YYYY-MM-DD'); 0 if that was too long ago. */
export async function callsOn(table: CallTable, day: string, key = ''): Promise<number> {
  return parsed((await table.read(key)).state).days[day] ?? 0;
}

/** A state that cannot be read, as of another version, counts as a new one. The service's own counts follow soon. */
export function parsed(text: string | undefined): KeyState {
  if (text === undefined) return newKey;
  try {
    return keyStateSchema.parse(JSON.parse(text));
  } catch {
    return newKey;
  }
}

/** One process as it knows itself. */
export interface Self {
  /** Its name in the table. */
  readonly id: string;
  /** The cost of its calls that are booked and not answered. */
  inFlight: number;
  /** The slots that it has taken. It frees each of them by a timer, so a clock that is set forward frees none. */
  slots: number;
}

/**
 * The state as it is now: without slots that have come free, without processes that were lost, and with the counts of today.
 * If the clock was set back, every expiry is capped at the longest it can be from now. The entry of `me` stays, even if it is overdue.
 */
export function settle(state: KeyState, now: number, me: string): KeyState {
  const all = Object.entries(state.processes);
  const living = all.filter(([id, { until }]) => until > now || id === me);
  const fromLost = all
    .filter((one) => !living.includes(one))
    .map(([, { until, inFlight }]) => restingSlots(until + heldFor, inFlight));
  const current = {
    ...state,
    processes: Object.fromEntries(
      living.map(([id, one]) => [id, { ...one, until: Math.min(one.until, now + lostAfter) }]),
    ),
    resting: [...state.resting, ...fromLost]
      .filter(([freeAt, cost]) => freeAt > now && cost > 0)
      .map(([freeAt, cost]) => restingSlots(Math.min(freeAt, now + lostAfter + heldFor), cost)),
    automaticAt: Math.min(state.automaticAt, now),
  };
  const { day, month } = usedAt(current, now);
  return {
    ...current,
    days: latest({ ...state.days, [dayOf(now)]: day }, keptDays),
    months: latest({ ...state.months, [monthOf(now)]: month }, keptMonths),
  };
}

const restingSlots = (freeAt: number, cost: number): [number, number] => [freeAt, cost];

const latest = (counts: Record<string, number>, kept: number) =>
  Object.fromEntries(Object.entries(counts).sort().slice(-kept));

const sumOf = (costs: readonly number[]) => costs.reduce((sum, cost) => sum + cost, 0);

const allInFlight = ({ processes }: KeyState) => sumOf(Object.values(processes).map((one) => one.inFlight));

/** The free slots of a settled state. */
export function freeSlots(state: KeyState, me: Self, { perMinute }: Limits): number {
  const taken = sumOf(state.resting.map(([, cost]) => cost)) + allInFlight(state);
  return perMinute - Math.max(taken, me.slots);
}

/** The calls of today and this month. A new day begins with the calls that may have reached the service after midnight. */
export function usedAt(state: KeyState, now: number): Used {
  const { days, months } = state;
  const begun = startOfDay(now);
  return {
    day: days[dayOf(now)] ?? answeredAfter(state, begun),
    month: months[monthOf(now)] ?? answeredAfter(state, begun),
  };
}

/**
 * The cost of the calls that were answered after `time`, or are not answered yet. It is complete only for a `time` within the last
 * minute: older slots have come free.
 */
const answeredAfter = (state: KeyState, time: number) =>
  sumOf(state.resting.map(([freeAt, cost]) => (freeAt > time + heldFor ? cost : 0))) + allInFlight(state);

/** When the taken slots come free at the soonest, one figure a slot, the soonest first. */
export function releases(state: KeyState, now: number): number[] {
  const resting = state.resting.filter(([freeAt]) => freeAt > now);
  const all = [...resting, restingSlots(now + heldFor, allInFlight(state))];
  return all.flatMap(([freeAt, cost]) => Array<number>(cost).fill(freeAt)).sort((a, b) => a - b);
}

/** The first calls of all lines. */
const headsOf = ({ processes }: KeyState) =>
  Object.entries(processes).flatMap(([process, { heads }]) => heads.map((head) => ({ ...head, process })));

/** The first calls of the line of one process. */
export const ownHeads = ({ processes }: KeyState, me: Self): readonly Head[] => processes[me.id]?.heads ?? [];

/** Renews the entry of a process, or removes it if the process has nothing in the table any more. */
export function withProcess(state: KeyState, now: number, { id, inFlight }: Self, heads: readonly Head[]): KeyState {
  const { [id]: before, ...others } = state.processes;
  if (inFlight === 0 && heads.length === 0) return { ...state, processes: others };
  // While nothing else changes, most requests write nothing.
  const isFresh = before !== undefined && before.until > now + lostAfter - renewInterval;
  const own = { until: isFresh ? before.until : now + lostAfter, inFlight, heads: [...heads] };
  return { ...state, processes: { ...others, [id]: own } };
}

/** Books the first of the wanted calls that may go now, and returns it. The others stand in the line of the table. */
export function booked(
  before: KeyState,
  now: number,
  me: Self,
  limits: Limits,
  wanted: readonly Wanted[],
): [KeyState, Head | undefined] {
  const turn = before.turn + 1;
  const heads = wanted.map(({ rank, cost }) => {
    const known = ownHeads(before, me).find((head) => head.rank === rank);
    return { rank, cost, turn: known?.turn ?? turn };
  });
  const isNew = heads.some((head) => head.turn === turn);
  const waiting = withProcess(isNew ? { ...before, turn } : before, now, me, heads);
  const goes = turnOf(headsOf(waiting), me.id, {
    limits,
    free: freeSlots(before, me, limits),
    used: usedAt(before, now),
    elapsed: elapsedOfDay(now),
    spaced: now - before.automaticAt >= spacing(limits),
    inRow: before.inRow,
  });
  if (!goes) return [waiting, undefined];
  const others = heads.filter(({ rank }) => rank !== goes.rank);
  const after = withProcess(waiting, now, { ...me, inFlight: me.inFlight + goes.cost }, others);
  // People and machines take turns.
  const row = isInteractiveRank(goes.rank) ? { inRow: before.inRow + 1 } : { inRow: 0, automaticAt: now };
  return [{ ...counted(after, now, goes.cost), ...row }, goes];
}

/** How long until a call that had to wait at the time `at` may go, in ms; below 0 if that time has come while the table was written. */
export function waitIn(state: KeyState, at: number, now: number, me: Self, limits: Limits): number {
  const spaced = state.automaticAt + spacing(limits);
  const isOthersTurn = freeSlots(state, me, limits) > 0 && headsOf(state).some(({ process }) => process !== me.id);
  const frees = state.resting.map(([freeAt]) => freeAt - now);
  if (allInFlight(state) > 0) frees.push(heldFor);
  return Math.min(...frees, isOthersTurn ? turnInterval : retryInterval, spaced > at ? spaced - now : retryInterval);
}

/** Counts a call that was booked, or a negative cost for one that was given back. */
export const counted = (state: KeyState, now: number, cost: number): KeyState => ({
  ...state,
  days: added(state.days, dayOf(now), cost),
  months: added(state.months, monthOf(now), cost),
});

const added = (counts: Record<string, number>, name: string, cost: number) => ({
  ...counts,
  [name]: Math.max(0, (counts[name] ?? 0) + cost),
});

/** When the slot of a call that is answered now comes free. */
export function freeAfter(now: number, perMinute: number): number {
  const step = perMinute > manyCalls ? grain : 1;
  return Math.ceil((now + heldFor) / step) * step;
}

/** Keeps the slots of answered calls until `freeAt`. */
export function rested(state: KeyState, freeAt: number, cost: number): KeyState {
  const same = state.resting.find(([at]) => at === freeAt)?.[1] ?? 0;
  const others = state.resting.filter(([at]) => at !== freeAt);
  return { ...state, resting: [...others, restingSlots(freeAt, same + cost)] };
}

/** Adopts the service's counts, which were asked for at `since`. Calls that it may not have seen are added. */
export function recounted(state: KeyState, now: number, { day, month }: Usage, since: number): KeyState {
  const unseen = answeredAfter(state, since);
  return {
    ...state,
    days: day ? { ...state.days, [dayOf(now)]: day.used + unseen } : state.days,
    months: month ? { ...state.months, [monthOf(now)]: month.used + unseen } : state.months,
  };
}
