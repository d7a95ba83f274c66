import type { Clock } from '../scan/clock.ts';
import type { Usage } from '../scan/ports.ts';
import { dayOf, type Limits } from './quota.ts';
import type { Timers } from './timers.ts';

/** As long as a slot of the minute is held after its answer, in ms. */
const held = 60_100;
/** A call of which nothing was heard for so long is over, its process gone; and how often something is heard. */
const [unheard, heard] = [30_000, 10_000];
/** When only the day or the month is used up, or the table cannot be read. */
const lookAgainAfter = 30_000;
const leastWait = 20;

interface Used {
  day: number;
  month: number;
}

/** The calls of all processes with the same key. Times in ms since the epoch; `day` is YYYY-MM-DD. Each method is atomic. */
export interface CallTable {
  /** undefined: it does not fit. */
  take(call: { cost: number; now: number; freeAt: number; day: string; limits: Limits }): Promise<number | undefined>;
  hold(ids: readonly number[], freeAt: number, answered: boolean): Promise<void>;
  giveBack(id: number): Promise<void>;
  /** The soonest free first; none later than `latest`. */
  taken(now: number, latest: number): Promise<{ cost: number; freeAt: number; answered: boolean }[]>;
  /** Before the first call of a day: `own` is what the caller knows to be used of it. */
  enter(day: string, now: number, own: Used): Promise<void>;
  used(day: string): Promise<Used>;
  recount(period: string, used: number, since: number): Promise<void>;
}

/** The right to send one call. */
export interface Ticket {
  cost: number;
  /** What all processes have used without it; undefined: nobody shares the key. */
  used: Used | undefined;
  answered(): void;
}

/** Where the processes that share a key meet before each call. */
export interface Gate {
  /** The ticket for a call of that cost, if there is one at hand. Otherwise it is fetched, and `changed` says when to ask again. */
  ticket(cost: number): Ticket | undefined;
  isAsking(): boolean;
  /** Nobody wants a ticket now. */
  rest(): void;
  /** When the next ticket is to be had, as far as is known: ms since the epoch. */
  shutUntil(): number;
  /** What the service counts, asked for at `since`. */
  recount(usage: Usage, since: number): Promise<void>;
  /** Finds out what all processes have used. */
  refresh(): Promise<void>;
  /** Asks for no more tickets; resolves when the last one is back. */
  stop(): Promise<void>;
}

interface GateOptions {
  table: CallTable;
  clock: Clock;
  timers: Timers;
  limits(): Limits;
  /** What this process knows to be used. */
  own(): Used;
  /** Hears what all processes have used. */
  adopt(used: Used): void;
  changed(): void;
  failed(error: unknown): void;
}

export function createGate({ table, clock, timers, limits, own, adopt, changed, failed }: GateOptions): Gate {
  const flying = new Set<number>();
  let atHand: (Ticket & { id: number }) | undefined;
  let asking: Promise<void> | undefined;
  let stopped = false;
  let shutUntil = 0;
  let shut = false;
  let entered = '';
  let renewing = false;

  async function ask(cost: number): Promise<void> {
    const now = clock.now();
    const day = await today(now);
    const id = await table.take({ cost, now, freeAt: now + unheard + held, day, limits: limits() });
    const used = await table.used(day);
    if (id === undefined) {
      adopt(used);
      close(await waitFor(cost));
    } else {
      atHand = { id, cost, used: { day: used.day - cost, month: used.month - cost }, answered: () => answered(id) };
      flying.add(id);
      renewLater();
    }
  }

  async function today(now: number): Promise<string> {
    const day = dayOf(now);
    if (entered !== day) await table.enter(day, now, own());
    entered = day;
    return day;
  }

  function close(ms: number): void {
    shut = true;
    shutUntil = clock.now() + ms;
    timers.after(ms, () => {
      shut = false;
      changed();
    });
  }

  /** Milliseconds until enough slots are free. */
  async function waitFor(cost: number): Promise<number> {
    const now = clock.now();
    const taken = await table.taken(now, now + unheard + held);
    const slots = taken
      // What is on its way may be answered at any moment.
      .map(({ cost, freeAt, answered }) => ({ cost, freeAt: answered ? freeAt : Math.min(freeAt, now + held) }))
      .sort((a, b) => a.freeAt - b.freeAt);
    let excess = slots.reduce((sum, slot) => sum + slot.cost, 0) - Math.max(0, limits().perMinute - cost);
    if (excess <= 0) return lookAgainAfter;
    for (const slot of slots) {
      excess -= slot.cost;
      if (excess <= 0) return Math.max(leastWait, slot.freeAt - now);
    }
    return leastWait;
  }

  function answered(id: number): void {
    flying.delete(id);
    table.hold([id], clock.now() + held, true).catch(failed);
  }

  /** Says that what is on its way still is. */
  function renewLater(): void {
    if (renewing) return;
    renewing = true;
    timers.after(heard, () => {
      renewing = false;
      if (flying.size === 0) return;
      table.hold([...flying], clock.now() + unheard + held, false).catch(failed);
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
    rest,
    isAsking: () => asking !== undefined,
    shutUntil: () => (shut ? shutUntil : 0),
    ticket(cost) {
      if (asking || shut || stopped) return undefined;
      const ticket = atHand;
      if (ticket?.cost === cost) {
        atHand = undefined;
        return ticket;
      }
      rest();
      asking = ask(cost)
        .catch((error: unknown) => {
          failed(error);
          close(lookAgainAfter);
        })
        .finally(() => {
          asking = undefined;
          changed();
        });
      return undefined;
    },
    async recount({ day, month }, since) {
      const name = await today(clock.now());
      if (day) await table.recount(name, day.used, since + held);
      if (month) await table.recount(name.slice(0, 7), month.used, since + held);
    },
    async refresh() {
      adopt(await table.used(await today(clock.now())));
    },
    async stop() {
      stopped = true;
      await asking;
      rest();
    },
  };
}

/** For a key that one process has for itself. */
export const openGate: Gate = {
  ticket: (cost) => ({ cost, used: undefined, answered: () => {} }),
  isAsking: () => false,
  rest: () => {},
  shutUntil: () => 0,
  recount: async () => {},
  refresh: async () => {},
  stop: async () => {},
};
