import { Failure } from '../scan/failure.ts';
import type { Usage } from '../scan/ports.ts';
import type { Limiter } from './limiter.ts';
import { dayOf, isSpent, nextDay } from './policy.ts';
import type { Timers } from './timers.ts';

/** A refused key is tried again after this, in ms. */
const keyInterval = 180_000;
/** A refusal for quota pauses all calls: at least, and at most however long the service asks us to wait. Ms. */
const [shortestPause, longestPause] = [15_000, 3_600_000];
/** How often the service's count is read while calls are sent or wait, in ms. */
export const usageInterval = 600_000;

/** What the operator wants to know. */
export type HealthEvent =
  | { event: 'keyRefused'; failure: Failure }
  | { event: 'keyAccepted' }
  | { event: 'paused'; ms: number }
  | { event: 'usedUp'; day: string; until: number };

/** Reads what the service counts, which costs no call; undefined when it does not tell. */
export type ReadUsage = (signal: AbortSignal) => Promise<Usage | undefined>;

/** Whether the service takes calls from us at all: the key, the pauses it asks for, and what is left of day and month. */
export interface Health {
  /** Why calls must not be sent now: the key is refused. */
  refusal(): Failure | undefined;
  /** The next call shows whether the key works, so that no other may be on its way. */
  isOnTrial(): boolean;
  /** When a refused key is tried next: ms since the epoch. */
  nextTry(): number;
  keyAccepted(): void;
  keyRefused(failure: Failure): void;
  isPaused(): boolean;
  /** When the last pause ends or ended: ms since the epoch. */
  pausedUntil(): number;
  /** After a refusal for quota. `retryAfter`: what the service asks for, in ms. */
  pause(retryAfter: number | undefined): void;
  /** Whether the day or the month is used up. While calls wait, the service is asked whether it agrees. */
  isUsedUp(waiting: boolean): boolean;
  /** From now on usage is read by this. */
  readUsageBy(read: ReadUsage): void;
  /** Reads the usage. Resolves with whether the key works, undefined when the service does not tell. Never rejects. */
  checkUsage(): Promise<boolean | undefined>;
  /** The same, if it was not done within `age` ms. */
  checkUsageIfOlder(age: number): void;
  /** Takes over an answer that somebody else asked for. */
  takeUsage(read: () => Promise<Usage | undefined>): Promise<Usage | undefined>;
}

interface HealthOptions {
  limiter: Limiter;
  timers: Timers;
  signal: AbortSignal;
  /** Calls may go again, or must not go any more. */
  changed(): void;
  /** The service's count was taken over. */
  usageRead(): void;
  log(event: HealthEvent): void;
}

export function createHealth({ limiter, timers, signal, changed, usageRead, log }: HealthOptions): Health {
  const { now, steady, after } = timers;
  let failure: Failure | undefined;
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

  /** First by the usage, which costs nothing. If that does not tell, the next call shows it. */
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

  async function takeUsage(ask: () => Promise<Usage | undefined>): Promise<Usage | undefined> {
    const since = now();
    try {
      const usage = await ask();
      if (!usage) return undefined;
      keyAccepted();
      // An answer from before midnight says nothing of the new day.
      if (dayOf(now()) === dayOf(since)) await limiter.recount(usage, since);
      usageRead();
      return usage;
    } catch (error) {
      if (isBadKey(error)) keyRefused(error);
      throw error;
    }
  }

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

  function checkUsageIfOlder(age: number): void {
    if (read && steady() - readAt >= age) void checkUsage();
  }

  return {
    refusal: () => (trial ? undefined : failure),
    isOnTrial: () => trial,
    nextTry: () => nextTry,
    keyAccepted,
    keyRefused,
    isPaused: () => pauses > 0,
    pausedUntil: () => pausedUntil,
    pause(retryAfter = 0) {
      // A refusal says nothing of the day: others may share the minute, or the network may have a limit of its own.
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
    isUsedUp(waiting) {
      if (!isSpent(limiter.used(), limiter.limits())) return false;
      const today = dayOf(now());
      if (waiting) checkUsageIfOlder(usedUpOn === today ? usageInterval : 0);
      if (usedUpOn !== today) log({ event: 'usedUp', day: today, until: nextDay(now()) });
      usedUpOn = today;
      return true;
    },
    readUsageBy(by) {
      read = by;
    },
    checkUsage,
    checkUsageIfOlder,
    takeUsage,
  };
}

export const isBadKey = (error: unknown): error is Failure =>
  error instanceof Failure && error.code === 'engine.badKey';
