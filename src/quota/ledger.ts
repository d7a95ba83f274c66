import { z } from 'zod';
import type { Asker, Collection } from '../scan/ports.ts';
import { dayOf } from './policy.ts';
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

/** What a process remembers over a restart: one small record. The table of calls says how much of the key is used. */
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

const nothing = { calls: 0, lookUps: 0, known: 0, verdicts: 0 };
const emptyState: QuotaState = {
  analysisTime: firstGuess,
  served: [],
  today: { day: '', ...nothing, members: {}, servers: {} },
  hours: [],
};

export type Ledger = Awaited<ReturnType<typeof openLedger>>;

/** Records who used the key and what came of it. Turns, shares and poll delays are based on it. */
export async function openLedger(records: Collection<QuotaState>, now: () => number, key: string) {
  const name = key === '' ? 'quota' : key;
  const before = (await records.get(name)) ?? emptyState;
  let { analysisTime, hours } = before;
  let { members, servers, ...today } = {
    ...before.today,
    members: new Map(Object.entries(before.today.members)),
    servers: new Map(Object.entries(before.today.servers)),
  };
  const served = new Map(before.served);
  let turn = Math.max(0, ...served.values());
  /** Members and servers with fewer calls are not saved. */
  let fewest = 0;
  let saving: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  function countHour(cost: number): void {
    const start = startOfHour(now());
    const kept = hours.filter(([at]) => at !== start && at > start - keptHours * hour);
    hours = [...kept, [start, (hours.find(([at]) => at === start)?.[1] ?? 0) + cost]];
  }

  function takeTurn(party: string): void {
    turn += 1;
    served.delete(party);
    served.set(party, turn);
    const [oldest] = served.keys();
    if (served.size > keptParties && oldest !== undefined) served.delete(oldest);
  }

  /** One save runs at a time. Whoever asks while one is running shares the next one. */
  async function saveAfter(running: Promise<void>): Promise<void> {
    await running.catch(() => {});
    next = undefined;
    const saved = (calls: Map<string, number>) => Object.fromEntries([...calls].filter(([, sum]) => sum >= fewest));
    const shares = { members: saved(members), servers: saved(servers) };
    await records.set(name, { analysisTime, served: [...served], today: { ...today, ...shares }, hours });
  }

  return {
    /** Starts a new day's counts if midnight UTC has passed. Returns whether it did. */
    enterDay(): boolean {
      const day = dayOf(now());
      if (today.day === day) return false;
      today = { day, ...nothing };
      members = new Map();
      servers = new Map();
      return true;
    },
    /** Records a call that is about to be sent. `perDay`: what the key allows. */
    charge(asker: Asker, party: string, cost: number, perDay: number): void {
      today = { ...today, calls: today.calls + cost };
      fewest = savedShare * perDay;
      countHour(cost);
      takeTurn(party);
      if (asker.urgency !== 'interactive') return;
      add(members, asker.member, cost);
      add(servers, asker.server, cost);
    },
    /** The number of a party's last turn; -1 if it is not remembered. */
    served: (party: string): number => served.get(party) ?? -1,
    /** Today's interactive calls of the asker's member and server. */
    spent: ({ member = '', server = '' }: Asker) => ({
      member: members.get(member) ?? 0,
      server: servers.get(server) ?? 0,
    }),
    /** The learned time within which three of four analyses finish, in ms. */
    analysisTime: () => analysisTime,
    /** Records the answer to a poll. `age`: of the analysis at its first poll, in ms; undefined at later polls. */
    polled(age: number | undefined, finished: boolean): void {
      if (age !== undefined) analysisTime = learned(analysisTime, age, finished);
      if (finished) today = { ...today, verdicts: today.verdicts + 1 };
    },
    /** Records the answer to a look-up. `isKnown`: whether it held a verdict. */
    lookedUp(isKnown: boolean): void {
      const more = isKnown ? 1 : 0;
      const { lookUps, known, verdicts } = today;
      today = { ...today, lookUps: lookUps + 1, known: known + more, verdicts: verdicts + more };
    },
    today: () => today,
    /** Calls of each of the last 24 hours, the current hour last. */
    hours(): number[] {
      const byHour = new Map(hours);
      const current = startOfHour(now());
      return Array.from({ length: keptHours }, (_, index) => byHour.get(current - (keptHours - 1 - index) * hour) ?? 0);
    },
    /** Resolves when all that was recorded before would survive a kill. */
    save(): Promise<void> {
      if (!next) {
        next = saveAfter(saving);
        saving = next;
      }
      return next;
    },
  };
}

const startOfHour = (now: number) => Math.floor(now / hour) * hour;

function add(calls: Map<string, number>, who: string | undefined, cost: number): void {
  if (who !== undefined) calls.set(who, (calls.get(who) ?? 0) + cost);
}
