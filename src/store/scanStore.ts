import { z } from 'zod';
import { inquirySchema } from '../inquiry/inquiry.ts';
import type { Clock } from '../scan/clock.ts';
import type { ScanStore } from '../scan/ports.ts';
import { type Scan, scanSchema } from '../scan/scan.ts';
import { tokenSchema } from '../scan/token.ts';
import { inOrder } from './order.ts';
import type { Store } from './store.ts';

const day = 24 * 60 * 60_000;
export const scansKept = 30 * day;
/** A day longer than an answer is believed. */
export const inquiriesKept = 8 * day;

/** An entry whose scan is missing may be a scan that another process is just creating. */
const grace = 60_000;

const entrySchema = z.object({
  token: tokenSchema,
  createdAt: z.number(),
  /** The process that works on it. */
  owner: z.string().optional(),
});
type Entry = z.infer<typeof entrySchema>;

/** Who works on scans, where several processes do. */
export interface Owners {
  /** This process. */
  id: string;
  isGone(id: string): Promise<boolean>;
}

/**
 * Scans and inquiries in the store. Unfinished scans have an entry in an index of their own, written before the scan and
 * deleted after it has settled, so that a crash leaves an entry too many and never one too few. With `owners`, those on
 * which another process works are not told as unfinished.
 */
export function scanStore(store: Store, clock: Clock, owners?: Owners): ScanStore {
  const scans = store.collection('scans', scanSchema, {
    ttlMs: (scan) => (scan.stage === 'settled' ? scansKept : undefined),
  });
  const index = store.collection('unfinished', entrySchema);
  const inquiries = store.collection('inquiries', inquirySchema, { ttlMs: inquiriesKept });
  const order = inOrder();

  async function put(scan: Scan): Promise<void> {
    const { token, createdAt, stage } = scan;
    if (stage !== 'settled') await index.set(token, { token, createdAt, owner: owners?.id });
    await scans.set(token, scan);
    if (stage === 'settled') await index.delete(token);
  }

  async function healed({ token, createdAt, owner }: Entry): Promise<Scan | undefined> {
    if (owner !== undefined && owners && !(await owners.isGone(owner))) return undefined;
    const scan = await scans.get(token);
    if (scan && scan.stage !== 'settled') return scan;
    if (scan || createdAt + grace <= clock.now()) await index.delete(token);
    return undefined;
  }

  return {
    get: (token) => scans.get(token),
    put: (scan) => order.run(scan.token, () => put(scan)),
    delete: (token) =>
      order.run(token, async () => {
        await scans.delete(token);
        await index.delete(token);
      }),
    deleteOf: (server) => scans.deleteWhere('origin.server', server),
    async unfinished() {
      const entries = await index.all();
      const found = await Promise.all(entries.map((entry) => order.run(entry.token, () => healed(entry))));
      return found.filter((scan) => scan !== undefined);
    },
    inquiries,
  };
}
