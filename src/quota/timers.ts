import type { Clock } from '../scan/clock.ts';

/** The time, and calls at a later time, until it is stopped. */
export class Timers {
  readonly #clock: Clock;
  readonly #stopped = new AbortController();
  #last: number;
  #setBack = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#last = clock.now();
  }

  /** Milliseconds since the epoch. */
  now(): number {
    return this.#clock.now();
  }

  /** Milliseconds that never run backwards. When the clock is set back, they continue from where they were. */
  steady(): number {
    const now = this.now();
    if (now < this.#last) this.#setBack += this.#last - now;
    this.#last = now;
    return now + this.#setBack;
  }

  /** Calls `act` after `ms`. */
  after(ms: number, act: () => void): void {
    this.#clock.sleep(ms, this.signal).then(act, () => {});
  }

  /** Fires when the timers are stopped. */
  get signal(): AbortSignal {
    return this.#stopped.signal;
  }

  get isStopped(): boolean {
    return this.signal.aborted;
  }

  /** Cancels all calls. */
  stop(): void {
    this.#stopped.abort();
  }
}

/** Returns a function that has `wake` called after the given ms. Of several requests only the soonest counts. */
export function createAlarm(timers: Timers, wake: () => void): (ms: number) => void {
  let next = Number.POSITIVE_INFINITY;
  return (ms) => {
    const at = timers.steady() + ms;
    if (next <= at) return;
    next = at;
    timers.after(ms, () => {
      // Another request may have been sooner.
      if (next !== at) return;
      next = Number.POSITIVE_INFINITY;
      wake();
    });
  };
}

/** The result of `work`. If the signal fires first, throws its reason; the work itself continues. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
