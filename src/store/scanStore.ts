import { z } from 'zod';
import { inquirySchema } from '../inquiry/inquiry.ts';
import type { Clock } from '../scan/clock.ts';
import type { ScanStore } from '../scan/ports.ts';
import { type Scan, scanSchema } from '../scan/scan.ts';
import { memberColumn, misfit, readRow, writeRow } from './row.ts';
import type { Store } from './store.ts';

const day = 24 * 60 * 60_000;
export const scansKept = 30 * day;
/** A day longer than the longest life of an answer. */
export const inquiriesKept = 8 * day;

const rowsSchema = z.array(z.object({ token: z.string(), owner: z.string().nullable(), value: z.unknown() }));
type ScanRow = z.infer<typeof rowsSchema>[number];

/** Tells which process works on a scan, where several processes share the store. */
export interface Owners {
  /** The id of this process. */
  id: string;
  isGone(id: string): Promise<boolean>;
}

/**
 * Scans in a table of their own, and inquiries in Keyv. With `owners`, `unfinished` leaves out the scans of other processes
 * that are still running.
 */
export function scanStore(store: Store, clock: Clock, owners?: Owners): ScanStore {
  const { query, inTurn } = store;

  function read({ token, value }: ScanRow): Scan | undefined {
    const reading = readRow(value, scanSchema, clock.now());
    if (reading.kind === 'row') return reading.row;
    if (reading.kind === 'damaged') {
      store.damaged({ collection: 'scans', key: token.slice(0, 8), reason: reading.reason });
    }
    return undefined;
  }

  async function put(scan: Scan): Promise<void> {
    const fitting = scanSchema.safeParse(scan);
    if (!fitting.success) throw new TypeError(`A row of scans ${misfit(fitting.error)}`);
    const { token, stage, origin, createdAt } = scan;
    const expiresAt = stage === 'settled' ? clock.now() + scansKept : undefined;
    const columns = [token, stage, origin.server ?? null, owners?.id ?? null, createdAt, expiresAt ?? null];
    const text = writeRow(scan, expiresAt);
    await inTurn(`scans:${token}`, () =>
      query('INSERT OR REPLACE INTO scans VALUES (?, ?, ?, ?, ?, ?, ?)', [...columns, text]),
    );
  }

  return {
    async get(token) {
      const [row] = rowsSchema.parse(await query('SELECT token, owner, value FROM scans WHERE token = ?', [token]));
      return row && read(row);
    },
    put,
    delete: (token) =>
      inTurn(`scans:${token}`, async () => void (await query('DELETE FROM scans WHERE token = ?', [token]))),
    async deleteOf(server) {
      await query('DELETE FROM scans WHERE server = ?', [server]);
    },
    async unfinished() {
      const open = "SELECT token, owner, value FROM scans WHERE stage <> 'settled' ORDER BY created_at";
      const found: Scan[] = [];
      for (const row of rowsSchema.parse(await query(open, []))) {
        if (row.owner !== null && owners && !(await owners.isGone(row.owner))) continue;
        const scan = read(row);
        if (scan) found.push(scan);
      }
      return found;
    },
    async recentOf(member, limit) {
      const recent = `SELECT token, owner, value FROM scans WHERE ${memberColumn} = ? ORDER BY created_at DESC LIMIT ?`;
      return rowsSchema.parse(await query(recent, [member, limit])).flatMap((row) => read(row) ?? []);
    },
    inquiries: store.collection('inquiries', inquirySchema, { ttlMs: inquiriesKept }),
  };
}
