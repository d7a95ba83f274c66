import { Failure } from '../scan/failure.ts';
import type { Usage } from '../scan/ports.ts';
import type { Limiter } from './limiter.ts';
import { dayOf, isSpent, nextDay } from './policy.ts';
import type { Timers } from './timers.ts';

/** A refused key is tried again after this, in ms. */
const keyInterval = 180_000;
/** How long all calls pause after a refusal for quota: what the service asks for, within these bounds. Ms. */
const [shortestPause, longestPause] = [15_000, 3_600_000];
/** How often the service's counts are read while calls are sent or wait, in ms. */
export const usageInterval = 600_000;

/** What the operator is told. */
export type HealthEvent =
  | { event: 'keyRefused'; failure: Failure }
  | { event: 'keyAccepted' }
  | { event: 'paused'; ms: number }
  | { event: 'usedUp'; day: string; until: number };

/** Reads the service's counts, which costs no call. Resolves with undefined when the service does not tell. */
export type ReadUsage = (signal: AbortSignal) => Promise<Usage | undefined>;

interface HealthOptions {
  limiter: Limiter;
  timers: Timers;
  signal: AbortSignal;
  /** Called when calls may go again, or must not go any more. */
  changed(): void;
  /** Called when the service's counts were adopted. */
  usageRead(): void;
  log(event: HealthEvent): void;
}

export type Health = ReturnType<typeof createHealth>;

/** Whether the service takes calls from us at all: whether the key works, a pause has ended, and the day is not used up. */
export function createHealth({ limiter, timers, signal, changed, usageRead, log }: HealthOptions) {
  const { now, steady, after } = timers;
  /** Why the key is refused; undefined while it works. */
  let failure: Failure | undefined;
  /** The key was refused, and the next call shows whether it works again. */
  let trial = false;
  let nextTry = 0;
  let pauses = 0;
  let pausedUntil = 0;
  let usedUpOn = '';
  let read: ReadUsage | undefined;
  let readAt = Number.NEGATIVE_INFINITY;

  function keyRefused(why: Failure): void {
    const isNew = failure === undefined;
    if (!isNew && !trial) return;
    failure = why;
    trial = false;
    if (isNew) log({ event: 'keyRefused', failure: why });
    tryKeyLater();
    changed();
  }

  function keyAccepted(): void {
    if (!failure) return;
    failure = undefined;
    trial = false;
    log({ event: 'keyAccepted' });
    changed();
  }

  /** Tries the key by reading the usage, which costs nothing. If the service does not tell, the next call is the trial. */
  function tryKeyLater(): void {
    nextTry = now() + keyInterval;
    after(keyInterval, async () => {
      const works = await checkUsage();
      if (!failure || trial || works) return;
      if (works === false) return tryKeyLater();
      trial = true;
      changed();
    });
  }

  /** Adopts the service's counts. `ask` reads them. */
  async function takeUsage(ask: () => Promise<Usage | undefined>): Promise<Usage | undefined> {
    const since = now();
    try {
      const usage = await ask();
      if (!usage) return undefined;
      keyAccepted();
      // Counts that were asked for before midnight are not those of the new day.
      if (dayOf(now()) === dayOf(since)) await limiter.recount(usage, since);
      usageRead();
      return usage;
    } catch (error) {
      if (isBadKey(error)) keyRefused(error);
      throw error;
    }
  }

  /** Reads the usage. Resolves with whether the key works, undefined when the service does not tell. Never rejects. */
  async function checkUsage(): Promise<boolean | undefined> {
    if (!read) return undefined;
    const ask = read;
    readAt = steady();
    try {
      return (await takeUsage(() => ask(signal))) ? true : undefined;
    } catch (error) {
      return isBadKey(error) ? false : undefined;
    }
  }

  /** Reads the usage if that was not done within `age` ms. */
  function checkUsageIfOlder(age: number): void {
    if (read && steady() - readAt >= age) void checkUsage();
  }

  return {
    /** The failure of calls while the key is refused; undefined while it works or is on trial. */
    refusal: () => (trial ? undefined : failure),
    /** Whether the next call is the trial of a refused key. Then only one call may be in flight. */
    isOnTrial: () => trial,
    /** When a refused key is tried next: ms since the epoch. */
    nextTry: () => nextTry,
    keyAccepted,
    keyRefused,
    isPaused: () => pauses > 0,
    /** When the last pause ends or ended: ms since the epoch. */
    pausedUntil: () => pausedUntil,
    /** Pauses all calls after a refusal for quota. `retryAfter`: what the service asks for, in ms. */
    pause(retryAfter = 0): void {
      // The refusal does not mean that the day is used up: others may share the minute, or the network may have its own limit.
      const ms = Math.min(Math.max(shortestPause, retryAfter), longestPause);
      if (pauses === 0) log({ event: 'paused', ms });
      pauses += 1;
      pausedUntil = Math.max(pausedUntil, now() + ms);
      after(ms, () => {
        pauses -= 1;
        changed();
      });
      checkUsageIfOlder(shortestPause);
    },
    /** Whether the day or the month is used up. If calls are waiting, the service is asked whether it agrees. */
    isUsedUp(waiting: boolean): boolean {
      if (!isSpent(limiter.used(), limiter.limits())) return false;
      const today = dayOf(now());
      if (waiting) checkUsageIfOlder(usedUpOn === today ? usageInterval : 0);
      if (usedUpOn !== today) log({ event: 'usedUp', day: today, until: nextDay(now()) });
      usedUpOn = today;
      return true;
    },
    /** Sets how the usage is read. */
    readUsageBy(by: ReadUsage): void {
      read = by;
    },
    checkUsage,
    checkUsageIfOlder,
    takeUsage,
  };
}

export const isBadKey = (error: unknown): error is Failure =>
  error instanceof Failure && error.code === 'engine.badKey';
