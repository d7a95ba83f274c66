import type { Usage } from '../scan/ports.ts';
import { dayOf, type Limits, type Used } from './policy.ts';
import type { Timers } from './timers.ts';

/** How long an answered call keeps its slot, in ms: the service's sliding minute, and a little for timers that fire early. */
const held = 60_100;
/** A process renews its unanswered calls every `renewed` ms. One that was not renewed for `lost` ms was lost with its process. */
const [lost, renewed] = [30_000, 10_000];
/** How long to wait before the table is asked again when the day or month is used up, or the table cannot be read. Ms. */
const retryInterval = 30_000;
const leastWait = 20;

/**
 * The calls of all processes with the same key: the only record of how much of it is used. Times in ms since the epoch;
 * `day` is 'YYYY-MM-DD', UTC. Each method is atomic.
 */
export interface CallTable {
  /** Books a call and returns its id; undefined when it does not fit the limits. */
  take(call: { cost: number; now: number; freeAt: number; day: string; limits: Limits }): Promise<number | undefined>;
  /** Sets when the slots of these calls come free. */
  hold(ids: readonly number[], freeAt: number, answered: boolean): Promise<void>;
  /** Cancels a call that was never sent. */
  giveBack(id: number): Promise<void>;
  /** The taken slots, the soonest free first. A slot that would come free after `latest` comes free then. */
  taken(now: number, latest: number): Promise<{ cost: number; freeAt: number; answered: boolean }[]>;
  /**
   * Begins the counts of a day and its month, unless they have begun. They begin with `own`, or with the calls whose slots
   * come free after `since` if those are more: they may have reached the service after midnight.
   */
  enter(day: string, since: number, own: Used): Promise<void>;
  /** The counts of a day and its month. */
  used(day: string): Promise<Used>;
  /** Sets the count of a day or month to `used` plus the calls whose slots come free after `since`. */
  recount(period: string, used: number, since: number): Promise<void>;
}

/** The right to send one call. It ends with `giveBack`, or with `use` and then `answered`. */
export interface Ticket {
  cost: number;
  /** To be called right before the call is sent. */
  use(): void;
  /** To be called when the service has answered or the call has failed. The slot stays taken for a minute. */
  answered(): void;
  giveBack(): void;
}

interface LimiterOptions {
  table: CallTable;
  timers: Timers;
  limits: Limits;
  /** Called when a call may fit that did not fit before. */
  changed(): void;
  /** Called when the table cannot be read or written. */
  failed(error: unknown): void;
}

export type Limiter = ReturnType<typeof createLimiter>;

/** Counts the calls against the limits of the minute, the day and the month. */
export function createLimiter({ table, timers, limits: configured, changed, failed }: LimiterOptions) {
  const { now } = timers;
  let limits = configured;
  /** The counts of one day and its month, as last read, without tickets that are not used. */
  let known = { day: '', used: { day: 0, month: 0 } };
  /** The slots of answered calls. A timer frees each of them, so a clock that is set forward frees none. */
  const slots = new Set<{ freeAt: number; cost: number }>();
  /** The cost of all `slots`. */
  let resting = 0;
  /** The ids of tickets that are neither answered nor given back. */
  const open = new Set<number>();
  /** The cost of calls that were sent and are not answered. */
  let inFlight = 0;
  let isBooking = false;
  let isRenewing = false;
  let shutUntil: number | undefined;
  let entered = '';

  function used(): Used {
    const day = dayOf(now());
    if (known.day === day) return known.used;
    // Nobody has read the new day yet. The calls in flight may count there.
    const isSameMonth = known.day.slice(0, 7) === day.slice(0, 7);
    return { day: inFlight, month: isSameMonth ? known.used.month : inFlight };
  }

  function addUsed(cost: number): void {
    const { day, month } = used();
    known = { day: dayOf(now()), used: { day: day + cost, month: month + cost } };
  }

  async function enterToday(): Promise<string> {
    const day = dayOf(now());
    if (entered !== day) await table.enter(day, Date.parse(day) + held, used());
    entered = day;
    return day;
  }

  async function read(day: string): Promise<void> {
    known = { day, used: await table.used(day) };
  }

  function shut(ms: number): void {
    shutUntil = now() + ms;
    timers.after(ms, () => {
      shutUntil = undefined;
      changed();
    });
  }

  /** Milliseconds until the table has a slot for a call of that cost. */
  async function waitFor(cost: number): Promise<number> {
    const at = now();
    const taken = (await table.taken(at, at + lost + held))
      // An unanswered call may be answered at any moment, and then keeps its slot for a minute.
      .map((slot) => ({ ...slot, freeAt: slot.answered ? slot.freeAt : Math.min(slot.freeAt, at + held) }))
      .sort((a, b) => a.freeAt - b.freeAt);
    let excess = taken.reduce((sum, slot) => sum + slot.cost, 0) - Math.max(0, limits.perMinute - cost);
    if (excess <= 0) return retryInterval;
    for (const slot of taken) {
      excess -= slot.cost;
      if (excess <= 0) return Math.max(leastWait, slot.freeAt - at);
    }
    return leastWait;
  }

  function ticketOf(id: number, cost: number): Ticket {
    open.add(id);
    addUsed(-cost);
    renewLater();
    return {
      cost,
      use() {
        addUsed(cost);
        inFlight += cost;
      },
      answered() {
        // Fixes today's count while the call still counts as in flight: it may be the first call of a new day.
        addUsed(0);
        inFlight -= cost;
        open.delete(id);
        holdSlot(cost, held);
        table.hold([id], now() + held, true).catch(failed);
      },
      giveBack() {
        open.delete(id);
        table.giveBack(id).catch(failed);
      },
    };
  }

  function holdSlot(cost: number, ms: number): void {
    resting += cost;
    const slot = { freeAt: now() + ms, cost };
    slots.add(slot);
    timers.after(ms, () => {
      slots.delete(slot);
      resting -= cost;
      changed();
    });
  }

  function renewLater(): void {
    if (isRenewing) return;
    isRenewing = true;
    timers.after(renewed, () => {
      isRenewing = false;
      if (open.size === 0) return;
      table.hold([...open], now() + lost + held, false).catch(failed);
      renewLater();
    });
  }

  return {
    /** The operator's limits, or the service's where those are lower. */
    limits: () => limits,
    /** The calls of all processes today and this month, as last read. */
    used,
    /** The free slots of the minute, as far as this process knows. */
    free: () => limits.perMinute - resting - inFlight,
    /** The cost of this process's calls that are not answered. */
    inFlight: () => inFlight,
    /** When the slots that this process has taken come free: ms since the epoch, soonest first, one figure a slot. */
    releases(): number[] {
      const at = now();
      const taken = [...slots].flatMap(({ freeAt, cost }) => Array<number>(cost).fill(Math.max(freeAt, at)));
      return [...taken, ...Array<number>(inFlight).fill(at + held)].toSorted((a, b) => a - b);
    },
    /** Until when the table has no slot: ms since the epoch, 0 when it may have one. */
    shutUntil: () => shutUntil ?? 0,
    isBooking: () => isBooking,
    /** Books a call, one at a time. Returns undefined when it does not fit; `changed` is called when it may. Never rejects. */
    async book(cost: number): Promise<Ticket | undefined> {
      if (isBooking || shutUntil !== undefined) return undefined;
      isBooking = true;
      try {
        const at = now();
        const day = await enterToday();
        const id = await table.take({ cost, now: at, freeAt: at + lost + held, day, limits });
        await read(day);
        if (id !== undefined) return ticketOf(id, cost);
        shut(await waitFor(cost));
      } catch (error) {
        failed(error);
        shut(retryInterval);
      } finally {
        isBooking = false;
      }
      return undefined;
    },
    /** Adopts the service's limits and counts, which were asked for at `since`. */
    async recount({ day, month }: Usage, since: number): Promise<void> {
      const { perDay, perMonth } = configured;
      limits = {
        ...configured,
        perDay: Math.min(perDay, day?.allowed ?? perDay),
        perMonth: Math.min(perMonth, month?.allowed ?? perMonth),
      };
      const today = await enterToday();
      if (day) await table.recount(today, day.used, since + held);
      if (month) await table.recount(today.slice(0, 7), month.used, since + held);
      await read(today);
    },
    /** Reads the calls of earlier and other processes. To be called once, before the first `book`. */
    async open(): Promise<void> {
      await read(await enterToday());
      for (const { cost, freeAt } of await table.taken(now(), now() + lost + held)) holdSlot(cost, freeAt - now());
    },
  };
}
