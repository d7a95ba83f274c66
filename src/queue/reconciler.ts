import type { Clock } from '../scan/clock.ts';
import type { Usage } from '../scan/ports.ts';
import type { Gate } from './gate.ts';
import { isBadKey, type KeyWatch } from './keyWatch.ts';
import type { Ledger } from './ledger.ts';
import type { Minute } from './minute.ts';
import { dayOf } from './quota.ts';

/** While calls are sent or wait: ms. */
export const reconcileEvery = 600_000;

/** Reads what the service counts, which costs no call; undefined when it does not tell. */
export type ReadUsage = (signal: AbortSignal) => Promise<Usage | undefined>;

/** Compares our count with the service's. */
export interface Reconciler {
  /** From now on read by this. */
  readBy(read: ReadUsage): void;
  /** Asks if that was not done within `age` ms. */
  askIfOlder(age: number): void;
  /** Whether the key works; undefined when the service does not tell. Never rejects. */
  ask(): Promise<boolean | undefined>;
  /** Takes notice of an answer that somebody else wanted. */
  through(read: () => Promise<Usage | undefined>): Promise<Usage | undefined>;
}

interface ReconcilerOptions {
  clock: Clock;
  steady(): number;
  signal: AbortSignal;
  ledger: Ledger;
  minute: Minute;
  key(): KeyWatch;
  gate: Gate;
  /** Calls ever sent, by their cost. */
  sent(): number;
  turnPage(): void;
  changed(): void;
}

export function createReconciler(options: ReconcilerOptions): Reconciler {
  const { clock, steady, signal, ledger, minute, key, gate, sent, turnPage, changed } = options;
  let read: ReadUsage | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;

  async function through(asking: () => Promise<Usage | undefined>): Promise<Usage | undefined> {
    const since = clock.now();
    const day = dayOf(since);
    const [sentBefore, inFlight] = [sent(), minute.inFlight()];
    try {
      const usage = await asking();
      if (!usage) return undefined;
      key().accepted();
      turnPage();
      // Calls that were on their way meanwhile may be missing in the answer.
      if (dayOf(clock.now()) === day) {
        ledger.reconcile(usage, inFlight + sent() - sentBefore);
        await gate.recount(usage, since);
      }
      changed();
      return usage;
    } catch (error) {
      if (isBadKey(error)) key().refused(error);
      throw error;
    }
  }

  async function ask(): Promise<boolean | undefined> {
    if (!read) return undefined;
    const asking = read;
    askedAt = steady();
    try {
      return (await through(() => asking(signal))) ? true : undefined;
    } catch (error) {
      return isBadKey(error) ? false : undefined;
    }
  }

  return {
    ask,
    through,
    readBy(by) {
      read = by;
    },
    askIfOlder(age) {
      if (read && steady() - askedAt >= age) ask();
    },
  };
}
