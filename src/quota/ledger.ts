import { z } from 'zod';
import type { Asker, Collection } from '../scan/ports.ts';
import { dayOf } from './limits.ts';
import { firstGuess, learned } from './polling.ts';

const hour = 3_600_000;
const keptHours = 24;
/** How many parties' last turns are remembered. The others count as never served. */
const keptParties = 200;
/** Members and servers that used less than this share of the day are not saved. */
const savedShare = 1 / 100;

/** The counts of one UTC day. */
const todaySchema = z.object({
  /** 'YYYY-MM-DD'. */
  day: z.string(),
  calls: z.number(),
  lookUps: z.number(),
  /** Look-ups that already had the answer. */
  known: z.number(),
  verdicts: z.number(),
  /** Interactive calls by member and by server. */
  members: z.record(z.string(), z.number()),
  servers: z.record(z.string(), z.number()),
});

/**
 * What a process remembers over a restart: one small record. The table of calls says how much of the key is used. Hosts on one
 * PostgreSQL overwrite each other's record, so a host that starts may continue with the turns and shares of another one. That
 * changes who goes first, and never how much is used.
 */
export const quotaStateSchema = z.object({
  /** The learned time within which three of four analyses finish, in ms. */
  analysisTime: z.number(),
  /** The number of each party's last turn. Turns count up. */
  served: z.array(z.tuple([z.string(), z.number()])),
  today: todaySchema,
  /** Calls by the hour's start, in ms since the epoch. */
  hours: z.array(z.tuple([z.number(), z.number()])),
});
export type QuotaState = z.infer<typeof quotaStateSchema>;

const countsOf = (day: string) => ({ day, calls: 0, lookUps: 0, known: 0, verdicts: 0 });
const noState: QuotaState = {
  analysisTime: firstGuess,
  served: [],
  today: { ...countsOf(''), members: {}, servers: {} },
  hours: [],
};

export async function openLedger(records: Collection<QuotaState>, now: () => number, key: string): Promise<Ledger> {
  const name = key === '' ? 'quota' : key;
  return new Ledger(records, name, now, (await records.get(name)) ?? noState);
}

/** Records who used the key and what came of it. Turns, shares and poll delays are based on it. */
export class Ledger {
  /** The learned time within which three of four analyses finish, in ms. */
  analysisTime: number;
  #today: ReturnType<typeof countsOf>;
  readonly #records: Collection<QuotaState>;
  readonly #name: string;
  readonly #now: () => number;
  readonly #members: Map<string, number>;
  readonly #servers: Map<string, number>;
  /** The party that was served last stands last. */
  readonly #served: Map<string, number>;
  #turn: number;
  #hours: QuotaState['hours'];
  /** Members and servers with fewer calls are not saved. */
  #fewest = 0;
  #saving: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(records: Collection<QuotaState>, name: string, now: () => number, before: QuotaState) {
    const { members, servers, ...today } = before.today;
    this.#records = records;
    this.#name = name;
    this.#now = now;
    this.analysisTime = before.analysisTime;
    this.#today = today;
    this.#members = new Map(Object.entries(members));
    this.#servers = new Map(Object.entries(servers));
    this.#served = new Map(before.served);
    this.#turn = Math.max(0, ...this.#served.values());
    this.#hours = before.hours;
  }

  /** Today's counts. After midnight they are 0 at once, even if nothing has called `enterDay` yet. */
  get today(): ReturnType<typeof countsOf> {
    const day = dayOf(this.#now());
    return this.#today.day === day ? this.#today : countsOf(day);
  }

  /** Starts a new day's counts if midnight UTC has passed. Returns whether it did. */
  enterDay(): boolean {
    const day = dayOf(this.#now());
    if (this.#today.day === day) return false;
    this.#today = countsOf(day);
    this.#members.clear();
    this.#servers.clear();
    return true;
  }

  /** Records a call that is about to be sent. `perDay`: what the key allows. */
  charge(asker: Asker, party: string, cost: number, perDay: number): void {
    this.#today.calls += cost;
    this.#fewest = savedShare * perDay;
    this.#countHour(cost);
    this.#takeTurn(party);
    if (asker.urgency !== 'interactive') return;
    add(this.#members, asker.member, cost);
    add(this.#servers, asker.server, cost);
  }

  #countHour(cost: number): void {
    const start = startOfHour(this.#now());
    const before = this.#hours.find(([at]) => at === start)?.[1] ?? 0;
    const others = this.#hours.filter(([at]) => at !== start && at > start - keptHours * hour);
    this.#hours = [...others, [start, before + cost]];
  }

  #takeTurn(party: string): void {
    this.#turn += 1;
    this.#served.delete(party);
    this.#served.set(party, this.#turn);
    const [oldest] = this.#served.keys();
    if (this.#served.size > keptParties && oldest !== undefined) this.#served.delete(oldest);
  }

  /** The number of a party's last turn; -1 if it is not remembered. */
  served(party: string): number {
    return this.#served.get(party) ?? -1;
  }

  /** Today's interactive calls of the asker's member and server. */
  spent({ member = '', server = '' }: Asker): { member: number; server: number } {
    return { member: this.#members.get(member) ?? 0, server: this.#servers.get(server) ?? 0 };
  }

  /** Records the answer to a poll. `age`: of the analysis at its first poll, in ms; undefined at later polls. */
  polled(age: number | undefined, finished: boolean): void {
    if (age !== undefined) this.analysisTime = learned(this.analysisTime, age, finished);
    if (finished) this.#today.verdicts += 1;
  }

  /** Records the answer to a look-up. `isKnown`: whether it held a verdict. */
  lookedUp(isKnown: boolean): void {
    this.#today.lookUps += 1;
    if (!isKnown) return;
    this.#today.known += 1;
    this.#today.verdicts += 1;
  }

  /** Calls of each of the last 24 hours, the current hour last. */
  hours(): number[] {
    const byHour = new Map(this.#hours);
    const first = startOfHour(this.#now()) - (keptHours - 1) * hour;
    return Array.from({ length: keptHours }, (_, index) => byHour.get(first + index * hour) ?? 0);
  }

  /** Resolves when all that was recorded before would survive a kill. One save runs at a time, and the next one is shared. */
  save(): Promise<void> {
    this.#next ??= this.#saveAfter(this.#saving);
    return this.#next;
  }

  async #saveAfter(running: Promise<void> | undefined): Promise<void> {
    await running?.catch(() => {});
    this.#saving = this.#next;
    this.#next = undefined;
    const saved = (calls: Map<string, number>) =>
      Object.fromEntries([...calls].filter(([, sum]) => sum >= this.#fewest));
    await this.#records.set(this.#name, {
      analysisTime: this.analysisTime,
      served: [...this.#served],
      today: { ...this.#today, members: saved(this.#members), servers: saved(this.#servers) },
      hours: this.#hours,
    });
  }
}

const startOfHour = (now: number) => Math.floor(now / hour) * hour;

function add(calls: Map<string, number>, who: string | undefined, cost: number): void {
  if (who !== undefined) calls.set(who, (calls.get(who) ?? 0) + cost);
}
