import type { Asker, Usage } from '../scan/ports.ts';
import { learned } from './analysisTime.ts';
import { charged, dayOf, elapsedOfDay, entered, type Limits, reconciled, tighter, used } from './quota.ts';
import { emptyState, type QuotaState, type Today } from './state.ts';

const hour = 3_600_000;
const keptHours = 24;
/** Parties whose last turn is remembered; the others count as never served. */
const keptParties = 200;
/** A member or server that used less than this share of the day is forgotten by a restart. */
const mattering = 1 / 100;

/** What is known of the key and of who used it. */
export interface Ledger {
  limits(): Limits;
  used(): { day: number; month: number };
  elapsed(): number;
  /** Takes notice of the time: true when a day has begun. `inFlight`: calls on their way. */
  turnPage(inFlight: number): boolean;
  charge(asker: Asker, party: string, cost: number): void;
  reconcile(usage: Usage, unseen: number): void;
  /** What this process and others have used together. */
  adopt(used: { day: number; month: number }): void;
  served(party: string): number;
  spent(asker: Asker): { member: number; server: number };
  typical(): number;
  polled(age: number | undefined, finished: boolean): void;
  lookedUp(known: boolean): void;
  today(): Readonly<Today>;
  hours(): [hour: number, calls: number][];
  snapshot(): Omit<QuotaState, 'minute'>;
}

export function ledger(now: () => number, configured: Limits, before: Omit<QuotaState, 'minute'>): Ledger {
  let { counts, analysisTime, today } = before;
  let limits = configured;
  let members = accounts(today.members);
  let servers = accounts(today.servers);
  const served = new Map(before.served);
  let turn = Math.max(0, ...served.values());
  let hours = before.hours;

  function turnPage(inFlight: number): boolean {
    counts = entered(counts, now(), inFlight);
    const day = dayOf(now());
    if (today.day === day) return false;
    today = { ...emptyState.today, day };
    members = accounts();
    servers = accounts();
    return true;
  }

  function charge(asker: Asker, party: string, cost: number): void {
    counts = charged(counts, now(), cost);
    today = { ...today, calls: today.calls + cost };
    hours = countHour(hours, now(), cost);
    turn += 1;
    served.delete(party);
    served.set(party, turn);
    const [oldest] = served.keys();
    if (served.size > keptParties && oldest !== undefined) served.delete(oldest);
    if (asker.urgency !== 'interactive') return;
    members.add(asker.member, cost, mattering * limits.perDay);
    servers.add(asker.server, cost, mattering * limits.perDay);
  }

  return {
    limits: () => limits,
    used: () => used(counts, now()),
    elapsed: () => elapsedOfDay(now()),
    turnPage,
    charge,
    reconcile(usage, unseen) {
      limits = tighter(configured, usage);
      counts = reconciled(counts, now(), usage, unseen);
    },
    adopt({ day, month }) {
      const whole = (used: number) => ({ used, allowed: used });
      counts = reconciled(counts, now(), { day: whole(day), month: whole(month) }, 0);
    },
    served: (party) => served.get(party) ?? -1,
    spent: ({ member, server }) => ({
      member: members.of(member),
      server: servers.of(server),
    }),
    typical: () => analysisTime,
    polled(age, finished) {
      if (age !== undefined) analysisTime = learned(analysisTime, age, finished);
      if (finished) today = { ...today, verdicts: today.verdicts + 1 };
    },
    lookedUp(known) {
      const more = known ? 1 : 0;
      today = {
        ...today,
        lookUps: today.lookUps + 1,
        known: today.known + more,
        verdicts: today.verdicts + more,
      };
    },
    today: () => today,
    hours: () => hours,
    snapshot: () => ({
      counts,
      analysisTime,
      served: [...served],
      today: { ...today, members: members.large(), servers: servers.large() },
      hours,
    }),
  };
}

/** Calls by whoever asked for them; those of who asked for enough to matter are at hand. */
function accounts(before: Record<string, number> = {}) {
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

function countHour(hours: QuotaState['hours'], now: number, cost: number): QuotaState['hours'] {
  const begin = Math.floor(now / hour) * hour;
  const kept = hours.filter(([at]) => at !== begin && at > begin - keptHours * hour);
  const before = hours.find(([at]) => at === begin)?.[1] ?? 0;
  return [...kept, [begin, before + cost]];
}
