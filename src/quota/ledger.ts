import { z } from 'zod';
import type { Asker, Collection } from '../scan/ports.ts';
import { dayOf } from './policy.ts';
import { firstGuess, learned } from './polling.ts';

const hour = 3_600_000;
const keptHours = 24;
/** Parties whose last turn is remembered. The others count as never served. */
const keptParties = 200;
/** A member or server that used less than this share of the day is forgotten by a restart. */
const mattering = 1 / 100;

/** What one UTC day brought. */
const todaySchema = z.object({
  day: z.string(),
  calls: z.number(),
  lookUps: z.number(),
  /** Look-ups that already had the answer. */
  known: z.number(),
  verdicts: z.number(),
  /** Calls by command, of members and servers that used enough to matter. */
  members: z.record(z.string(), z.number()),
  servers: z.record(z.string(), z.number()),
});
type Today = z.infer<typeof todaySchema>;

/** What a process remembers over a restart: one small record. How much of the key is used stands in the table of calls. */
export const quotaStateSchema = z.object({
  /** The learned time within which three of four analyses finish, in ms. */
  analysisTime: z.number(),
  /** The number of each party's last turn: the highest is the latest. */
  served: z.array(z.tuple([z.string(), z.number()])),
  today: todaySchema,
  /** Calls by the hour's start, in ms since the epoch. */
  hours: z.array(z.tuple([z.number(), z.number()])),
});
export type QuotaState = z.infer<typeof quotaStateSchema>;

/** The record's key in its collection. */
const key = 'quota';
const nothing = { calls: 0, lookUps: 0, known: 0, verdicts: 0, members: {}, servers: {} };
const emptyState: QuotaState = { analysisTime: firstGuess, served: [], today: { day: '', ...nothing }, hours: [] };

/** Who used the key and what came of it: the basis of turns, shares and the learned analysis time. */
export interface Ledger {
  /** Notices the date. Returns true when a UTC day has begun since the last call. */
  enterDay(): boolean;
  /** Books a call that is about to be sent. `perDay`: what the key allows. */
  charge(asker: Asker, party: string, cost: number, perDay: number): void;
  /** The number of a party's last turn; -1 if it is not remembered. */
  served(party: string): number;
  /** Calls by command today. */
  spent(asker: Asker): { member: number; server: number };
  /** The learned time within which three of four analyses finish, in ms. */
  analysisTime(): number;
  /** A poll was answered. `age`: of the analysis at its first poll, in ms; undefined at later ones. */
  polled(age: number | undefined, finished: boolean): void;
  lookedUp(known: boolean): void;
  today(): Readonly<Today>;
  /** Calls of the last 24 hours, the running hour last. */
  hours(): number[];
  /** Resolves when what is known now would survive a kill. */
  save(): Promise<void>;
}

export async function openLedger(records: Collection<QuotaState>, now: () => number): Promise<Ledger> {
  const before = (await records.get(key)) ?? emptyState;
  let { analysisTime, today, hours } = before;
  let members = countByParty(today.members);
  let servers = countByParty(today.servers);
  const served = new Map(before.served);
  let turn = Math.max(0, ...served.values());
  let saving: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  function countHour(cost: number): void {
    const start = startOfHour(now());
    const kept = hours.filter(([at]) => at !== start && at > start - keptHours * hour);
    hours = [...kept, [start, (hours.find(([at]) => at === start)?.[1] ?? 0) + cost]];
  }

  /** One save runs at a time. Whoever asks while one is running shares the next one. */
  async function saveAfter(running: Promise<void>): Promise<void> {
    await running.catch(() => {});
    next = undefined;
    const shares = { members: members.large(), servers: servers.large() };
    await records.set(key, { analysisTime, served: [...served], today: { ...today, ...shares }, hours });
  }

  return {
    enterDay() {
      const day = dayOf(now());
      if (today.day === day) return false;
      today = { day, ...nothing };
      members = countByParty();
      servers = countByParty();
      return true;
    },
    charge(asker, party, cost, perDay) {
      today = { ...today, calls: today.calls + cost };
      countHour(cost);
      turn += 1;
      served.delete(party);
      served.set(party, turn);
      const [oldest] = served.keys();
      if (served.size > keptParties && oldest !== undefined) served.delete(oldest);
      if (asker.urgency !== 'interactive') return;
      members.add(asker.member, cost, mattering * perDay);
      servers.add(asker.server, cost, mattering * perDay);
    },
    served: (party) => served.get(party) ?? -1,
    spent: ({ member, server }) => ({ member: members.of(member), server: servers.of(server) }),
    analysisTime: () => analysisTime,
    polled(age, finished) {
      if (age !== undefined) analysisTime = learned(analysisTime, age, finished);
      if (finished) today = { ...today, verdicts: today.verdicts + 1 };
    },
    lookedUp(isKnown) {
      const more = isKnown ? 1 : 0;
      const { lookUps, known, verdicts } = today;
      today = { ...today, lookUps: lookUps + 1, known: known + more, verdicts: verdicts + more };
    },
    today: () => today,
    hours() {
      const byHour = new Map(hours);
      const running = startOfHour(now());
      return Array.from({ length: 24 }, (_, index) => byHour.get(running - (23 - index) * hour) ?? 0);
    },
    save() {
      if (!next) {
        next = saveAfter(saving);
        saving = next;
      }
      return next;
    },
  };
}

const startOfHour = (now: number) => Math.floor(now / hour) * hour;

/** Calls by member or server. `large` are those that asked for enough to matter after a restart. */
function countByParty(before: Record<string, number> = {}) {
  const all = new Map(Object.entries(before));
  const large = new Map(all);
  return {
    of: (who: string | undefined) => (who === undefined ? 0 : (all.get(who) ?? 0)),
    large: () => Object.fromEntries(large),
    add(who: string | undefined, cost: number, enough: number): void {
      if (who === undefined) return;
      const sum = (all.get(who) ?? 0) + cost;
      all.set(who, sum);
      if (sum >= enough) large.set(who, sum);
    },
  };
}
