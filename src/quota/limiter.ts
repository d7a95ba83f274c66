import type { Usage } from '../scan/ports.ts';
import { dayOf, type Limits, type Used } from './policy.ts';
import type { Timers } from './timers.ts';

/** How long an answered call takes up its slot: the service's sliding minute, and a little for timers that fire early. Ms. */
const held = 60_100;
/** A call of a process that has not renewed it for `lost` is over; a living process renews every `renewed`. Ms. */
const [lost, renewed] = [30_000, 10_000];
/** When only the day or the month is used up, or the table cannot be read, it is asked again after this. Ms. */
const retryInterval = 30_000;
const leastWait = 20;

/**
 * The calls of all processes with the same key: the only record of how much of it is used. Times in ms since the epoch;
 * `day` is YYYY-MM-DD. Each method is atomic.
 */
export interface CallTable {
  /** Books a call and returns its id; undefined when it does not fit. */
  take(call: { cost: number; now: number; freeAt: number; day: string; limits: Limits }): Promise<number | undefined>;
  /** Sets when the slots of these calls come free. */
  hold(ids: readonly number[], freeAt: number, answered: boolean): Promise<void>;
  /** Takes back a call that was never sent. */
  giveBack(id: number): Promise<void>;
  /** The slots that are taken, the soonest free first; none later than `latest`. */
  taken(now: number, latest: number): Promise<{ cost: number; freeAt: number; answered: boolean }[]>;
  /**
   * Before the first call of a day. The day starts with `own`, what the caller knows to be used of it, or with the calls
   * whose slots come free after `since`, if they are more: they may have reached the service after midnight.
   */
  enter(day: string, since: number, own: Used): Promise<void>;
  used(day: string): Promise<Used>;
  /** Sets the count of a day or month, plus the calls whose slots come free after `since`. */
  recount(period: string, used: number, since: number): Promise<void>;
}

/** The right to send one call. */
export interface Ticket {
  cost: number;
  /** Must be called when the service has answered or the call has failed. */
  answered(): void;
}

/** How many calls the key still allows. */
export interface Limiter {
  /** The operator's limits, or the service's where those are tighter. */
  limits(): Limits;
  /** What all processes have used, as last read. */
  used(): Used;
  /** Slots of the minute that this process knows to be free. */
  free(): number;
  /** When the taken slots that this process knows come free: ms since the epoch, soonest first. */
  releases(): number[];
  /** The cost of this process's calls that are not answered. */
  inFlight(): number;
  /**
   * The ticket for a call of that cost, if one is at hand. Otherwise it is fetched from the table, and `changed` is called
   * when it makes sense to ask again.
   */
  ticket(cost: number): Ticket | undefined;
  isFetching(): boolean;
  /** Gives back a ticket that nobody wants now. */
  rest(): void;
  /** The table has no slot until then: ms since the epoch, 0 when it may have one. */
  shutUntil(): number;
  /** Takes over what the service counts, which was asked for at `since`. */
  recount(usage: Usage, since: number): Promise<void>;
  /** Reads what was used before this process. To be called once, before the first ticket. */
  open(): Promise<void>;
  /** Fetches no more tickets. Resolves when the last one is given back. */
  stop(): Promise<void>;
}

interface LimiterOptions {
  table: CallTable;
  timers: Timers;
  limits: Limits;
  changed(): void;
  failed(error: unknown): void;
}

export function createLimiter({ table, timers, limits: configured, changed, failed }: LimiterOptions): Limiter {
  const { now } = timers;
  let limits = configured;
  let known = { day: '', used: { day: 0, month: 0 } };
  /** The slots of answered calls. Timers, not times, free them: a clock that is set forward frees none. */
  const slots = new Set<{ freeAt: number; cost: number }>();
  const flying = new Map<number, number>();
  let inFlight = 0;
  let resting = 0;

  let atHand: { id: number; cost: number } | undefined;
  let fetching: Promise<void> | undefined;
  let stopped = false;
  let shutUntil = 0;
  let shut = false;
  let entered = '';
  let renewing = false;

  /** Of a day or month that nobody has read yet, only what is on its way is known: it may count there. */
  function used(): Used {
    const day = dayOf(now());
    if (known.day === day) return known.used;
    const isSameMonth = known.day.slice(0, 7) === day.slice(0, 7);
    return { day: inFlight, month: isSameMonth ? known.used.month : inFlight };
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

  async function fetch(cost: number): Promise<void> {
    const at = now();
    const day = await enterToday();
    const id = await table.take({ cost, now: at, freeAt: at + lost + held, day, limits });
    await read(day);
    if (id === undefined) return close(await waitFor(cost));
    atHand = { id, cost };
    flying.set(id, cost);
    known.used = { day: known.used.day - cost, month: known.used.month - cost };
    renewLater();
  }

  function close(ms: number): void {
    shut = true;
    shutUntil = now() + ms;
    timers.after(ms, () => {
      shut = false;
      changed();
    });
  }

  /** Milliseconds until enough slots are free. */
  async function waitFor(cost: number): Promise<number> {
    const at = now();
    const taken = (await table.taken(at, at + lost + held))
      // A call that is on its way may be answered at any moment.
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

  function answered(id: number, cost: number): void {
    // While it still counts as being on its way: it may be the first call of a new day.
    known = { day: dayOf(now()), used: used() };
    flying.delete(id);
    inFlight -= cost;
    holdSlot(cost, held);
    table.hold([id], now() + held, true).catch(failed);
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
    if (renewing) return;
    renewing = true;
    timers.after(renewed, () => {
      renewing = false;
      if (flying.size === 0) return;
      table.hold([...flying.keys()], now() + lost + held, false).catch(failed);
      renewLater();
    });
  }

  function rest(): void {
    if (!atHand) return;
    flying.delete(atHand.id);
    table.giveBack(atHand.id).catch(failed);
    atHand = undefined;
  }

  return {
    limits: () => limits,
    used,
    free: () => limits.perMinute - resting - inFlight,
    inFlight: () => inFlight,
    rest,
    isFetching: () => fetching !== undefined,
    shutUntil: () => (shut ? shutUntil : 0),
    releases() {
      const at = now();
      const taken = [...slots].flatMap(({ freeAt, cost }) => Array<number>(cost).fill(Math.max(freeAt, at)));
      return [...taken, ...Array<number>(inFlight).fill(at + held)].toSorted((a, b) => a - b);
    },
    ticket(cost) {
      if (fetching || shut || stopped) return undefined;
      if (atHand?.cost === cost) {
        const { id } = atHand;
        atHand = undefined;
        inFlight += cost;
        const { day, month } = used();
        known = { day: dayOf(now()), used: { day: day + cost, month: month + cost } };
        return { cost, answered: () => answered(id, cost) };
      }
      rest();
      fetching = fetch(cost)
        .catch((error: unknown) => {
          failed(error);
          close(retryInterval);
        })
        .finally(() => {
          fetching = undefined;
          changed();
        });
      return undefined;
    },
    async recount({ day, month }, since) {
      const { perDay, perMonth } = configured;
      limits = {
        ...configured,
        perDay: Math.min(perDay, day?.allowed ?? perDay),
        perMonth: Math.min(perMonth, month?.allowed ?? perMonth),
      };
      const name = await enterToday();
      if (day) await table.recount(name, day.used, since + held);
      if (month) await table.recount(name.slice(0, 7), month.used, since + held);
      await read(name);
    },
    async open() {
      await read(await enterToday());
      for (const { cost, freeAt } of await table.taken(now(), now() + lost + held)) holdSlot(cost, freeAt - now());
    },
    async stop() {
      stopped = true;
      await fetching;
      rest();
    },
  };
}
