import { StoreTrouble } from './failure.ts';
import type { ScanStore } from './ports.ts';

/** Wraps a store so that whatever it throws arrives as `StoreTrouble`, apart from a scan's own failures. */
export function tellingTrouble(store: ScanStore): ScanStore {
  const told = <Args extends unknown[], T>(work: (...args: Args) => Promise<T>) => {
    return async (...args: Args): Promise<T> => {
      try {
        return await work(...args);
      } catch (cause) {
        throw new StoreTrouble('the store failed', { cause });
      }
    };
  };
  const { inquiries } = store;
  return {
    get: told((token) => store.get(token)),
    put: told((scan) => store.put(scan)),
    delete: told((token) => store.delete(token)),
    deleteOf: told((server) => store.deleteOf(server)),
    recentOf: told((member, limit) => store.recentOf(member, limit)),
    unfinished: told(() => store.unfinished()),
    salt: told(() => store.salt()),
    inquiries: {
      get: told((key) => inquiries.get(key)),
      set: told((key, inquiry) => inquiries.set(key, inquiry)),
    },
  };
}
