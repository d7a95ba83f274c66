import type { Reconciler } from './reconciler.ts';
import type { Timers } from './timers.ts';

const pauseAfterRefusal = 15_000;
/** However long the service asks us to wait. */
const longestPause = 3_600_000;

/** The pauses after refusals for quota: several may run at the same time. */
export interface Pauses {
  areOn(): boolean;
  /** When the last one ends or ended: ms since the epoch. */
  until(): number;
  /** `retryAfter`: what the service asks for, in ms. */
  begin(retryAfter: number | undefined): void;
}

interface PausesOptions {
  now(): number;
  timers: Timers;
  usage: Reconciler;
  ended(): void;
  news(event: { event: 'paused'; ms: number }): void;
}

export function createPauses({ now, timers, usage, ended, news }: PausesOptions): Pauses {
  let running = 0;
  let until = 0;

  return {
    areOn: () => running > 0,
    until: () => until,
    /** A refusal for quota says nothing of the day: we may share the minute with others, or the network's own limit. */
    begin(retryAfter = 0) {
      const ms = Math.min(Math.max(pauseAfterRefusal, retryAfter), longestPause);
      if (running === 0) news({ event: 'paused', ms });
      running += 1;
      until = Math.max(until, now() + ms);
      timers.after(ms, () => {
        running -= 1;
        ended();
      });
      usage.askIfOlder(pauseAfterRefusal);
    },
  };
}
