import type { Clock } from './clock.ts';
import { LeaseLost } from './failure.ts';
import type { Lease, Leases, News } from './lease.ts';

/** Leases for a store that only this process uses. A lease is free if nothing in this process has it. */
export function soloLeases(): Leases {
  const taken = new Set<string>();
  let number = 0;

  return {
    owner: 'solo',
    async take(name) {
      if (taken.has(name)) return undefined;
      taken.add(name);
      number += 1;
      return leaseOf(name, number);
    },
    holder: async (name) => (taken.has(name) ? 'this process' : undefined),
    async living(prefix) {
      const names = [...taken].filter((name) => name.startsWith(prefix)).toSorted();
      return names.map((name) => ({ name, owner: 'solo' }));
    },
    isAlive: async (owner) => owner === 'solo',
  };

  function leaseOf(name: string, ownNumber: number): Lease {
    const lost = new AbortController();
    return {
      name,
      number: ownNumber,
      lost: lost.signal,
      isFresh: () => !lost.signal.aborted,
      async confirm() {
        if (lost.signal.aborted) throw new LeaseLost(name);
      },
      async release() {
        if (lost.signal.aborted) return;
        lost.abort(new LeaseLost(name));
        taken.delete(name);
      },
    };
  }
}

/** News within this process. */
export function soloNews(clock: Clock): News {
  const waiting = new Map<string, Set<() => void>>();

  return {
    tell(topic) {
      for (const wake of waiting.get(topic) ?? []) wake();
    },
    async next(topic, ms, signal) {
      const told = new AbortController();
      const wake = () => told.abort();
      const sleepers = waiting.get(topic) ?? new Set();
      waiting.set(topic, sleepers.add(wake));
      try {
        await clock.sleep(ms, AbortSignal.any([told.signal, ...(signal ? [signal] : [])])).catch(() => {});
        signal?.throwIfAborted();
      } finally {
        sleepers.delete(wake);
        if (sleepers.size === 0) waiting.delete(topic);
      }
    },
  };
}
