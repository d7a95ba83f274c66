import { Failure, type FailureCode } from '../scan/failure.ts';
import type { Place, Usage } from '../scan/ports.ts';
import type { Limiter } from './limiter.ts';
import { dayOf, isSpent, nextDay } from './limits.ts';
import { type Outage, usageCall } from './outage.ts';
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
  /** Called when the service's counts were adopted. */
  usageRead(): void;
  log(event: HealthEvent): void;
}

/** Whether the service takes calls from us at all: whether it answers, the key works, a pause has ended, and the day is not used up. */
export class Health {
  /** How the usage is read; undefined until the engine is known. */
  readUsage: ReadUsage | undefined;
  /** The next call shows whether the key works again, or whether the outage is over. Only one call may be in flight then. */
  isOnTrial = false;
  /** When the last pause ends or ended: ms since the epoch. */
  pausedUntil = 0;
  readonly #options: HealthOptions;
  readonly #forget: () => void;
  /** Why the key is refused; undefined while it works. */
  #refusal: Failure | undefined;
  /** In steady ms. */
  #keyTryAt = 0;
  #isTrialSet = false;
  #pauses = 0;
  #usedUpOn = '';
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(options: HealthOptions) {
    this.#options = options;
    this.#forget = options.outage.listen(() => {
      this.isOnTrial = false;
      options.limiter.reconsider();
    });
  }

  /** Hears of outages no more. */
  stop(): void {
    this.#forget();
  }

  /** Whether no call may go now. `waiting`: whether any wants to. */
  isHeld(waiting: boolean): boolean {
    const isTrouble = this.#reason() !== undefined;
    if (isTrouble && !this.isOnTrial && waiting) this.#tryLater();
    if (this.#pauses > 0 || (isTrouble && (!this.isOnTrial || this.#options.limiter.inFlight() > 0))) return true;
    return this.#isUsedUp(waiting);
  }

  /** Why all calls wait, and when the service is tried next, in ms since the epoch; undefined when there is no trouble. */
  trouble(): Pick<Place, 'for' | 'until'> | undefined {
    const reason = this.#reason();
    return reason && { for: reason, until: this.#options.timers.now() + this.#untilTry() };
  }

  #reason(): 'key' | 'outage' | undefined {
    return this.#refusal ? 'key' : this.#options.outage.isOut() ? 'outage' : undefined;
  }

  #untilTry(): number {
    const { outage, timers } = this.#options;
    return Math.max(0, this.#refusal ? this.#keyTryAt - timers.steady() : outage.untilTry());
  }

  /** Whether the call, named by its subject, should leave the trial to others because it has failed already. */
  isDoubtful(call: string): boolean {
    const { outage } = this.#options;
    return this.isOnTrial && outage.isOut() && outage.hasFailed(call);
  }

  /** Called when a call was answered. `tried`: whether this call was the trial. */
  succeeded(call: string, tried: boolean): void {
    this.#options.outage.succeeded(call);
    if (tried) this.#keyAccepted();
    this.#checkUsageIfOlder(usageInterval);
  }

  /** Called when a call has failed. Resolves with whether it is not to blame: then it waits and is sent again. */
  async failed(call: string, error: unknown): Promise<boolean> {
    if (isFailure(error, 'engine.quota')) this.#pause(error.retryAfter);
    else if (isFailure(error, 'engine.badKey')) this.#keyRefused(error);
    // This may mean the call or the key. If the service refuses the usage too, it is the key.
    else if (isFailure(error, 'engine.forbidden'))
      return (await this.checkUsage()) instanceof Failure && this.#refusal !== undefined;
    else if (isFailure(error, 'engine.unavailable')) {
      const { outage } = this.#options;
      if (!this.#refusal) this.isOnTrial = false;
      outage.failed(call);
      if (!outage.isOut()) await this.checkUsage();
      return outage.isOut();
    } else return false;
    return true;
  }

  #keyRefused(failure: Failure): void {
    const { limiter, log, timers } = this.#options;
    if (this.#refusal && !this.isOnTrial) return;
    if (!this.#refusal) log({ event: 'keyRefused', failure });
    this.#refusal = failure;
    this.isOnTrial = false;
    this.#keyTryAt = timers.steady() + keyInterval;
    this.#tryLater();
    limiter.reconsider();
  }

  #keyAccepted(): void {
    const { limiter, log } = this.#options;
    if (!this.#refusal) return;
    this.#refusal = undefined;
    this.isOnTrial = false;
    log({ event: 'keyAccepted' });
    limiter.reconsider();
  }

  /** Tries the service when the time has come: by reading the usage, which costs nothing, and by the next call if that tells no trouble. */
  #tryLater(): void {
    if (this.#isTrialSet) return;
    this.#isTrialSet = true;
    this.#options.timers.after(this.#untilTry(), () => void this.#try());
  }

  async #try(): Promise<void> {
    const { limiter, outage, timers } = this.#options;
    const mayTry = this.#refusal !== undefined || outage.claimTry();
    const isRefused = mayTry && (await this.checkUsage()) instanceof Failure;
    this.#isTrialSet = false;
    if (this.#refusal && isRefused) this.#keyTryAt = timers.steady() + keyInterval;
    this.isOnTrial = mayTry && !isRefused && this.#reason() !== undefined;
    if (this.#refusal && !this.isOnTrial) this.#tryLater();
    limiter.reconsider();
  }

  #pause(retryAfter = 0): void {
    const { limiter, log, timers } = this.#options;
    // The refusal does not mean that the day is used up: others may share the minute, or the network may have its own limit.
    const ms = Math.min(Math.max(shortestPause, retryAfter), longestPause);
    if (this.#pauses === 0) log({ event: 'paused', ms });
    this.#pauses += 1;
    this.pausedUntil = Math.max(this.pausedUntil, timers.now() + ms);
    timers.after(ms, () => {
      this.#pauses -= 1;
      limiter.reconsider();
    });
    this.#checkUsageIfOlder(shortestPause);
  }

  /** Whether the day or the month is used up. If calls are waiting, the service is asked whether it agrees. */
  #isUsedUp(waiting: boolean): boolean {
    const { limiter, log, timers } = this.#options;
    if (!isSpent(limiter.used(), limiter.limits)) return false;
    const today = dayOf(timers.now());
    const isKnown = this.#usedUpOn === today;
    if (waiting) this.#checkUsageIfOlder(isKnown ? usageInterval : 0);
    if (!isKnown) log({ event: 'usedUp', day: today, until: nextDay(timers.now()) });
    this.#usedUpOn = today;
    return true;
  }

  /** Adopts the service's counts. `ask` reads them. */
  async takeUsage(ask: () => Promise<Usage | undefined>): Promise<Usage | undefined> {
    const { limiter, outage, timers, usageRead } = this.#options;
    const since = timers.now();
    try {
      const usage = await ask();
      outage.succeeded(usageCall);
      if (!usage) return undefined;
      this.#keyAccepted();
      // Counts that were asked for before midnight are not those of the new day.
      if (dayOf(timers.now()) === dayOf(since)) await limiter.recount(usage, since);
      usageRead();
      return usage;
    } catch (error) {
      if (isFailure(error, 'engine.badKey')) this.#keyRefused(error);
      if (isFailure(error, 'engine.unavailable')) outage.failed(usageCall);
      throw error;
    }
  }

  /** Reads the usage. Resolves with undefined when the service does not tell. Never rejects. */
  async checkUsage(): Promise<Usage | Failure | undefined> {
    const read = this.readUsage;
    if (!read) return undefined;
    this.#readAt = this.#options.timers.steady();
    try {
      return await this.takeUsage(() => read(this.#options.timers.signal));
    } catch (error) {
      return isFailure(error, 'engine.badKey') || isFailure(error, 'engine.unavailable') ? error : undefined;
    }
  }

  /** Reads the usage if that was not done within `age` ms. */
  #checkUsageIfOlder(age: number): void {
    if (this.readUsage && this.#options.timers.steady() - this.#readAt >= age) void this.checkUsage();
  }
}

const isFailure = (error: unknown, code: FailureCode): error is Failure =>
  error instanceof Failure && error.code === code;
