import { Failure, type FailureCode } from '../scan/failure.ts';
import type { Place, Usage } from '../scan/ports.ts';
import type { Limiter } from './limiter.ts';
import { type Outage, usageCall } from './outage.ts';
import { dayOf, isSpent, nextDay } from './policy.ts';
import type { Timers } from './timers.ts';

/** A refused key is tried again after this, in ms. */
const keyInterval = 180_000;
/** How long all calls pause after a refusal for quota: what the service asks for, within these bounds. Ms. */
const [shortestPause, longestPause] = [15_000, 3_600_000];
/** How often the service's counts are read while calls are sent or wait, in ms. */
const usageInterval = 600_000;

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
  outage: Outage;
  timers: Timers;
  signal: AbortSignal;
  /** Called when calls may go again, or must not go any more. */
  changed(): void;
  /** Called when the service's counts were adopted. */
  usageRead(): void;
  log(event: HealthEvent): void;
}

export type Health = ReturnType<typeof createHealth>;

/** Whether the service takes calls from us at all: whether it answers, the key works, a pause has ended, and the day is not used up. */
export function createHealth({ limiter, outage, timers, signal, changed, usageRead, log }: HealthOptions) {
  const { now, steady, after } = timers;
  /** Why the key is refused; undefined while it works. */
  let refusal: Failure | undefined;
  /** In steady ms. */
  let keyTryAt = 0;
  /** The next call shows whether the key works again, or whether the outage is over. Only one call may be in flight then. */
  let onTrial = false;
  let isTrialSet = false;
  let pauses = 0;
  let pausedUntil = 0;
  let usedUpOn = '';
  let read: ReadUsage | undefined;
  let readAt = Number.NEGATIVE_INFINITY;

  const trouble = (): 'key' | 'outage' | undefined => (refusal ? 'key' : outage.isOut() ? 'outage' : undefined);
  const untilTry = () => Math.max(0, refusal ? keyTryAt - steady() : outage.untilTry());

  const forget = outage.listen(() => {
    onTrial = false;
    changed();
  });
  signal.addEventListener('abort', forget, { once: true });

  function keyRefused(failure: Failure): void {
    if (refusal && !onTrial) return;
    if (!refusal) log({ event: 'keyRefused', failure });
    refusal = failure;
    onTrial = false;
    keyTryAt = steady() + keyInterval;
    tryLater();
    changed();
  }

  function keyAccepted(): void {
    if (!refusal) return;
    refusal = undefined;
    onTrial = false;
    log({ event: 'keyAccepted' });
    changed();
  }

  /** Tries the service when the time has come: by reading the usage, which costs nothing, and by the next call if that tells no trouble. */
  function tryLater(): void {
    if (isTrialSet) return;
    isTrialSet = true;
    after(untilTry(), async () => {
      const mayTry = refusal !== undefined || outage.claimTry();
      const isRefused = mayTry && (await checkUsage()) instanceof Failure;
      isTrialSet = false;
      if (refusal && isRefused) keyTryAt = steady() + keyInterval;
      onTrial = mayTry && !isRefused && trouble() !== undefined;
      if (refusal && !onTrial) tryLater();
      changed();
    });
  }

  /** Adopts the service's counts. `ask` reads them. */
  async function takeUsage(ask: () => Promise<Usage | undefined>): Promise<Usage | undefined> {
    const since = now();
    try {
      const usage = await ask();
      outage.succeeded(usageCall);
      if (!usage) return undefined;
      keyAccepted();
      // Counts that were asked for before midnight are not those of the new day.
      if (dayOf(now()) === dayOf(since)) await limiter.recount(usage, since);
      usageRead();
      return usage;
    } catch (error) {
      if (isFailure(error, 'engine.badKey')) keyRefused(error);
      if (isFailure(error, 'engine.unavailable')) outage.failed(usageCall);
      throw error;
    }
  }

  /** Reads the usage. Resolves with undefined when the service does not tell. Never rejects. */
  async function checkUsage(): Promise<Usage | Failure | undefined> {
    if (!read) return undefined;
    const ask = read;
    readAt = steady();
    try {
      return await takeUsage(() => ask(signal));
    } catch (error) {
      return isFailure(error, 'engine.badKey') || isFailure(error, 'engine.unavailable') ? error : undefined;
    }
  }

  /** Reads the usage if that was not done within `age` ms. */
  function checkUsageIfOlder(age: number): void {
    if (read && steady() - readAt >= age) void checkUsage();
  }

  function pause(retryAfter = 0): void {
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
  }

  /** Whether the day or the month is used up. If calls are waiting, the service is asked whether it agrees. */
  function isUsedUp(waiting: boolean): boolean {
    if (!isSpent(limiter.used(), limiter.limits())) return false;
    const today = dayOf(now());
    if (waiting) checkUsageIfOlder(usedUpOn === today ? usageInterval : 0);
    if (usedUpOn !== today) log({ event: 'usedUp', day: today, until: nextDay(now()) });
    usedUpOn = today;
    return true;
  }

  return {
    /** Whether no call may go now. `waiting`: whether any wants to. */
    isHeld(waiting: boolean): boolean {
      if (trouble() && !onTrial && waiting) tryLater();
      if (pauses > 0 || (trouble() && (!onTrial || limiter.inFlight() > 0))) return true;
      return isUsedUp(waiting);
    },
    /** Why all calls wait, and when the service is tried next, in ms since the epoch; undefined when there is no trouble. */
    trouble(): Pick<Place, 'for' | 'until'> | undefined {
      const reason = trouble();
      return reason && { for: reason, until: now() + untilTry() };
    },
    /** Whether the call, named by its subject, should leave the trial to others because it has failed already. */
    isDoubtful: (call: string) => onTrial && outage.isOut() && outage.hasFailed(call),
    isOnTrial: () => onTrial,
    /** When the last pause ends or ended: ms since the epoch. */
    pausedUntil: () => pausedUntil,
    /** Called when a call was answered. `tried`: whether it was on trial when it was sent. */
    succeeded(call: string, tried: boolean): void {
      outage.succeeded(call);
      if (tried) keyAccepted();
      checkUsageIfOlder(usageInterval);
    },
    /** Called when a call has failed. Resolves with whether it is not to blame: then it waits and is sent again. */
    async failed(call: string, error: unknown): Promise<boolean> {
      if (isFailure(error, 'engine.quota')) pause(error.retryAfter);
      else if (isFailure(error, 'engine.badKey')) keyRefused(error);
      // This may mean the call or the key. If the service refuses the usage too, it is the key.
      else if (isFailure(error, 'engine.forbidden'))
        return (await checkUsage()) instanceof Failure && refusal !== undefined;
      else if (isFailure(error, 'engine.unavailable')) {
        if (!refusal) onTrial = false;
        outage.failed(call);
        if (!outage.isOut()) await checkUsage();
        return outage.isOut();
      } else return false;
      return true;
    },
    /** Sets how the usage is read. */
    readUsageBy(by: ReadUsage): void {
      read = by;
    },
    checkUsage,
    takeUsage,
  };
}

const isFailure = (error: unknown, code: FailureCode): error is Failure =>
  error instanceof Failure && error.code === code;
