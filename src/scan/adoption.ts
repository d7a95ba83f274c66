import type { Lease, Leases } from './lease.ts';
import type { ScanStore } from './ports.ts';
import type { OpenScan, Scan } from './scan.ts';
import type { Token } from './token.ts';

interface AdoptionParts {
  store: Pick<ScanStore, 'get' | 'unfinished'>;
  leases: Pick<Leases, 'take'>;
  /** Whether this process is working on the scan. */
  isOpen(token: Token): boolean;
  /** Works on a scan from its stored stage on. */
  begin(scan: OpenScan, lease: Lease): void;
}

/** The lease of whoever works on a scan. */
export const leaseOf = (token: Token) => `scan:${token}`;

/**
 * Returns a function that resumes the stored scans that no living process works on, such as those of a process that was killed.
 * It resolves with how many scans that was.
 */
export function createAdoption({ store, leases, isOpen, begin }: AdoptionParts) {
  /** Takes the lease of a stored scan and resumes it at its stored stage. Returns whether it has begun. */
  async function adoptOne({ token }: Scan): Promise<boolean> {
    const lease = isOpen(token) ? undefined : await leases.take(leaseOf(token));
    if (!lease) return false;
    const scan = await store.get(token).catch(() => undefined);
    if (scan && scan.stage !== 'settled') begin(scan, lease);
    else await lease.release();
    return scan !== undefined && scan.stage !== 'settled';
  }

  return async (isWanted: (scan: Scan) => boolean = () => true): Promise<number> => {
    const scans = (await store.unfinished()).filter(isWanted);
    return (await Promise.all(scans.map(adoptOne))).filter((adopted) => adopted).length;
  };
}
