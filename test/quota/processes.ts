import type { CallTable } from '../../src/quota/keyState.ts';
import type { Limits } from '../../src/quota/limits.ts';
import { openStore } from '../../src/store/store.ts';
import { type VirtualClock, virtualClock } from '../fixtures/virtualClock.ts';
import { withDirectory } from '../store/opened.ts';
import { createWorld, keyLimits, noon, type World } from './world.ts';

interface Options {
  limits?: Limits;
  uploadCost?: number;
}

export interface Processes {
  clock: VirtualClock;
  /** Opens one more process with the same key. */
  start(): Promise<World>;
  /** Ends a process without a word: from now on it writes nothing and sends nothing. */
  kill(world: World): void;
}

/** Processes with one key on one SQLite file, each with a connection of its own, in virtual time. */
export function withProcesses(
  { limits = keyLimits, uploadCost = 1 }: Options,
  body: (processes: Processes) => Promise<void>,
): Promise<void> {
  return withDirectory(async (dir) => {
    const running = new Set<Promise<unknown>>();
    const clock = virtualClock(noon, async () => {
      await nothing();
      while (running.size > 0) {
        await Promise.all(running);
        await nothing();
      }
    });
    const open: { world: World; close(): Promise<void>; end: AbortController }[] = [];

    /** The clock stands still while the database works. */
    function counted(calls: CallTable, { signal }: AbortController): CallTable {
      const count = <T>(work: () => Promise<T>): Promise<T> => {
        if (signal.aborted) return new Promise(() => {});
        const answer = work();
        running.add(answer);
        void answer.finally(() => running.delete(answer));
        return answer.then((result) => (signal.aborted ? new Promise<T>(() => {}) : result));
      };
      return {
        read: (key) => count(() => calls.read(key)),
        replace: (...row) => count(() => calls.replace(...row)),
      };
    }

    async function start(): Promise<World> {
      const end = new AbortController();
      const store = await openStore({ dir, clock, log: () => {} });
      const world = await createWorld({ clock, limits, uploadCost, calls: counted(store.calls, end) });
      open.push({ world, close: () => store.close(), end });
      return world;
    }

    try {
      await body({
        clock,
        start,
        kill: (world) => open.find((one) => one.world === world)?.end.abort(),
      });
    } finally {
      for (const { world, close, end } of open) {
        if (!end.signal.aborted) await world.scheduler.stop();
        await close();
      }
    }
  });
}

const nothing = () => new Promise<void>((resolve) => setImmediate(resolve));
