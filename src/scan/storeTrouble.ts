import { LeaseLost, StoreTrouble } from './failure.ts';
import type { Lease, Leases } from './lease.ts';
import type { Collection, ScanStore } from './ports.ts';

/**
 * Returns the same function, except that it throws `StoreTrouble` for every error but `LeaseLost`. That tells failures of the
 * store from a scan's own.
 */
export function told<Args extends unknown[], T>(work: (...args: Args) => Promise<T>): (...args: Args) => Promise<T> {
  return async (...args) => {
    try {
      return await work(...args);
    } catch (cause) {
      throw cause instanceof LeaseLost ? cause : new StoreTrouble(cause);
    }
  };
}

export function tellingTrouble(store: ScanStore): ScanStore {
  const { inquiries, waiters } = store;
  return {
    // They are told as well as possible: nothing depends on them.
    ...(waiters && { waiters }),
    get: told((token) => store.get(token)),
    put: told((scan, lease) => store.put(scan, lease)),
    delete: told((token) => store.delete(token)),
    deleteOf: told((server) => store.deleteOf(server)),
    recentOf: told((member, limit) => store.recentOf(member, limit)),
    unfinished: told((whose) => store.unfinished(whose)),
    unread: told(async () => (await store.unread?.()) ?? []),
    salt: told(() => store.salt()),
    inquiries: {
      get: told((key) => inquiries.get(key)),
      set: told((key, inquiry, lease) => inquiries.set(key, inquiry, lease)),
    },
  };
}

export function tellingRowTrouble<Row>(rows: Collection<Row>): Collection<Row> {
  return {
    get: told((key) => rows.get(key)),
    set: told((key, row, lease) => rows.set(key, row, lease)),
    delete: told((key, lease) => rows.delete(key, lease)),
    all: told(() => rows.all()),
    deleteWhere: told((field, value) => rows.deleteWhere(field, value)),
  };
}

export function tellingLeaseTrouble(leases: Leases): Pick<Leases, 'owner' | 'take' | 'holder'> {
  const telling = (lease: Lease): Lease => ({
    ...lease,
    confirm: told(() => lease.confirm()),
    // This process can take a lease again if releasing it failed.
    release: () => lease.release().catch(() => {}),
  });
  return {
    owner: leases.owner,
    holder: told((name) => leases.holder(name)),
    take: told(async (name) => {
      const lease = await leases.take(name);
      return lease && telling(lease);
    }),
  };
}
