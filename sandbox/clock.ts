import { type Clock, systemClock } from '../src/scan/clock.ts';

/** A clock that runs with the system's and can be moved: what was due in between wakes at once. */
export interface MovableClock extends Clock {
  /** Moves the time by `ms`. A negative figure sets it back, which lengthens no wait, as with the system's timers. */
  jump(ms: number): void;
}

interface Sleeper {
  due: number;
  recheck(): void;
}

export function movableClock(base: Clock = systemClock): MovableClock {
  let offset = 0;
  const sleepers = new Set<Sleeper>();
  const now = () => base.now() + offset;

  async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const sleeper: Sleeper = { due: now() + ms, recheck: () => {} };
    sleepers.add(sleeper);
    try {
      while (sleeper.due > now()) {
        const moved = new AbortController();
        sleeper.recheck = () => moved.abort();
        const wake = signal ? AbortSignal.any([signal, moved.signal]) : moved.signal;
        await base.sleep(sleeper.due - now(), wake).catch(() => signal?.throwIfAborted());
      }
    } finally {
      sleepers.delete(sleeper);
    }
  }

  function jump(ms: number): void {
    offset += ms;
    for (const sleeper of sleepers) {
      if (ms < 0) sleeper.due += ms;
      sleeper.recheck();
    }
  }

  return { now, sleep, jump };
}
