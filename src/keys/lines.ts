import type { Scheduler } from '../quota/scheduler.ts';
import type { Clock } from '../scan/clock.ts';
import type { Engine, Overview } from '../scan/ports.ts';
import type { OpenKey } from './keyring.ts';

/** A key in use: the engine that is asked with it, and the scheduler in front. */
export interface Line {
  engine: Engine;
  scheduler: Scheduler;
}

/** The lines of servers' own keys. A line is opened when it is needed, and closed when nobody has used it for a while. */
export interface Lines {
  /** Keeps the line open while `work` runs. */
  use<T>(key: OpenKey, work: (line: Line) => Promise<T>): Promise<T>;
  /** How many are open. */
  open(): number;
  /** How the keys of the open ones stand. Opens and keeps none, and leaves out those that are still being opened. */
  overviews(): Overview[];
  /** Closes all. */
  stop(): Promise<void>;
}

interface LinesParts {
  /** Opens a line on the counts that are stored. */
  create(key: OpenKey): Promise<Line>;
  clock: Clock;
}

/** A line that was not used for so long is closed. Ms. */
const idleFor = 600_000;
const reviewInterval = 60_000;

interface Kept {
  line: Promise<Line>;
  /** Set when the line is open. */
  scheduler?: Scheduler;
  users: number;
  /** ms since the epoch. */
  usedAt: number;
  /** Set while it is being closed. */
  closed?: Promise<void>;
}

export function createLines({ create, clock }: LinesParts): Lines {
  const all = new Map<string, Kept>();
  const stopping = new AbortController();
  let isReviewing = false;

  async function kept(key: OpenKey): Promise<Kept> {
    const known = all.get(key.name);
    if (known && !known.closed) return known;
    if (known) {
      await known.closed;
      return kept(key);
    }
    stopping.signal.throwIfAborted();
    const one: Kept = { line: create(key), users: 0, usedAt: clock.now() };
    all.set(key.name, one);
    one.line.then(
      ({ scheduler }) => {
        one.scheduler = scheduler;
      },
      () => all.delete(key.name),
    );
    void review();
    return one;
  }

  async function review(): Promise<void> {
    if (isReviewing) return;
    isReviewing = true;
    while (all.size > 0 && !stopping.signal.aborted) {
      await clock.sleep(reviewInterval, stopping.signal).catch(() => {});
      for (const [name, one] of all)
        if (one.users === 0 && Math.abs(clock.now() - one.usedAt) >= idleFor) void close(name, one);
    }
    isReviewing = false;
  }

  function close(name: string, one: Kept): Promise<void> {
    one.closed ??= one.line
      .then(({ scheduler }) => scheduler.stop())
      .catch(() => {})
      .then(() => void all.delete(name));
    return one.closed;
  }

  return {
    async use(key, work) {
      const one = await kept(key);
      one.users += 1;
      try {
        return await work(await one.line);
      } finally {
        one.users -= 1;
        one.usedAt = clock.now();
      }
    },
    open: () => all.size,
    overviews: () => [...all.values()].flatMap(({ scheduler }) => scheduler?.overview() ?? []),
    async stop() {
      stopping.abort(new Error('stopping'));
      await Promise.all([...all].map(([name, one]) => close(name, one)));
    },
  };
}
