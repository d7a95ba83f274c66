import { z } from 'zod';
import { inquirySchema } from '../inquiry/inquiry.ts';
import { waiterSchema, waitersKept } from '../inquiry/waiter.ts';
import type { Clock } from '../scan/clock.ts';
import { scansKept } from '../scan/limits.ts';
import type { ScanStore } from '../scan/ports.ts';
import { type Scan, scanSchema } from '../scan/scan.ts';
import type { Report } from '../verdict/report.ts';
import { createReports } from './reports.ts';
import { misfit, readRow, writeRow } from './rowFormat.ts';
import { standing } from './rows.ts';
import { saltIn } from './salt.ts';
import type { Store } from './store.ts';
import { member } from './tables.ts';

const day = 24 * 60 * 60_000;
/** A day longer than the longest life of an answer. */
export const inquiriesKept = 8 * day;
/** How many scans one DELETE removes: other statements wait for it. */
const batch = 50;

const scanRows = z.array(
  z.object({ token: z.string(), expiresAt: z.number().nullable(), report: z.string().nullable(), value: z.unknown() }),
);
type ScanRow = z.infer<typeof scanRows>[number];
const storedScan = z.looseObject({ outcome: z.looseObject({}).optional() });

const columns = 'token, expires_at AS "expiresAt", report, value';
const inserting = `INSERT INTO scans(token, stage, expires_at, report, value, server, created_at)
  VALUES ($1, $2, CAST($3 AS BIGINT), $4, $5, $6, CAST($7 AS BIGINT))
  ON CONFLICT (token) DO UPDATE SET stage = excluded.stage, expires_at = excluded.expires_at,
    report = excluded.report, value = excluded.value`;
/** Of a scan that is stored already: one that another process has deleted does not come back. */
const updating = `UPDATE scans SET stage = $5, expires_at = CAST($6 AS BIGINT), report = $7, value = $8
  WHERE token = $4 AND EXISTS (SELECT 1 FROM standing) RETURNING 1`;

/** Scans in a table of their own, inquiries in Keyv, and the reports of both once. */
export function scanStore(store: Store, clock: Clock): ScanStore {
  const { sql, inTurn, leases } = store;
  const reports = createReports(sql, clock);
  const answers = store.collection('inquiries', z.looseObject({}), { ttlMs: inquiriesKept });
  const salts = store.collection('salts', z.string());
  const waiters = store.collection('waiters', waiterSchema, { ttlMs: waitersKept });

  async function read({ token, expiresAt, report, value }: ScanRow): Promise<Scan | undefined> {
    const stored = readRow(value, storedScan, clock.now());
    if (stored.kind === 'expired' || (expiresAt ?? Number.POSITIVE_INFINITY) <= clock.now()) return undefined;
    if (stored.kind === 'damaged') return damaged(token, stored.reason);
    const { outcome, ...row } = stored.row;
    const told = report === null ? outcome : { ...outcome, report: await reports.load(report) };
    const reading = scanSchema.safeParse({ ...row, token, outcome: told });
    return reading.success ? reading.data : damaged(token, misfit(reading.error));
  }

  function damaged(token: string, reason: string): undefined {
    store.damaged({ collection: 'scans', key: token.slice(0, 8), reason });
  }

  const readAll = async (rows: unknown[]) => {
    const found = await Promise.all(scanRows.parse(rows).map(read));
    return found.filter((scan) => scan !== undefined);
  };

  return {
    async get(token) {
      return (await readAll(await sql.query(`SELECT ${columns} FROM scans WHERE token = $1`, [token])))[0];
    },
    async put(scan, lease) {
      const fitting = scanSchema.safeParse(scan);
      if (!fitting.success) throw new TypeError(`A row of scans ${misfit(fitting.error)}`);
      lease?.lost.throwIfAborted();
      const { token, stage, origin, createdAt } = scan;
      const { report, row } = parted(scan);
      const text = writeRow(row, undefined);
      await inTurn(`scans:${token}`, async () => {
        const id = report ? await reports.save(report) : null;
        const values = [token, stage, clock.now() + scansKept, id, text];
        if (!lease) return sql.query(inserting, [...values, origin.server ?? null, createdAt]);
        const fence = [lease.name, leases.owner, lease.number];
        const stands = `WITH standing AS (${standing} ${sql.locking})`;
        const written = await sql.query(`${stands} ${updating}`, [...fence, ...values]);
        if (written.length === 0 && (await sql.query(standing, fence)).length === 0) throw leases.refused(lease);
        return written;
      });
    },
    delete: (token) =>
      inTurn(`scans:${token}`, async () => void (await sql.query('DELETE FROM scans WHERE token = $1', [token]))),
    async deleteOf(server) {
      const some = `SELECT token FROM scans WHERE server = $1 LIMIT ${batch}`;
      for (let deleted = batch; deleted === batch; ) {
        const gone = await sql.bulk(`DELETE FROM scans WHERE token IN (${some}) RETURNING 1`, [server]);
        deleted = gone.length;
      }
    },
    async unfinished(whose = 'nobody') {
      if (whose === 'anybody') return readAll(await sql.query(`SELECT ${columns} FROM scans WHERE stage <> 'settled'`));
      await leases.buryTheDead();
      const working = `SELECT 1 FROM leases JOIN owners ON owners.id = leases.owner
        WHERE leases.name = 'scan:' || scans.token AND owners.until > $steady`;
      const open = `SELECT ${columns} FROM scans WHERE stage <> 'settled' AND NOT EXISTS (${working}) ORDER BY created_at`;
      return readAll(await sql.query(open));
    },
    async unread() {
      const open = scanRows.parse(await sql.query(`SELECT ${columns} FROM scans WHERE stage <> 'settled'`));
      const scans = await Promise.all(open.map(read));
      return open.flatMap(({ value }, index) => (scans[index] ? [] : [String(value)]));
    },
    async recentOf(asker, limit) {
      const recent = `SELECT ${columns} FROM scans WHERE ${member(sql.field)} = $1 ORDER BY created_at DESC LIMIT $2`;
      return readAll(await sql.query(recent, [asker, limit]));
    },
    inquiries: {
      async get(key) {
        const row = await answers.get(key);
        if (!row) return undefined;
        const { reportId, ...inquiry } = row;
        const whole = typeof reportId === 'string' ? { ...inquiry, report: await reports.load(reportId) } : inquiry;
        const reading = inquirySchema.safeParse(whole);
        if (reading.success) return reading.data;
        store.damaged({ collection: 'inquiries', key: key.slice(0, 8), reason: misfit(reading.error) });
        return undefined;
      },
      async set(key, inquiry, lease) {
        const fitting = inquirySchema.safeParse(inquiry);
        if (!fitting.success) throw new TypeError(`A row of inquiries ${misfit(fitting.error)}`);
        if (inquiry.stage !== 'answered') return answers.set(key, inquiry, lease);
        const { report, ...answer } = inquiry;
        await answers.set(key, { ...answer, reportId: await reports.save(report) }, lease);
      },
    },
    waiters,
    salt: saltIn({
      get: () => salts.get('passwords'),
      set: (salt) => salts.set('passwords', salt),
      turn: (work) => inTurn('salt', work),
    }),
  };
}

/** A scan without what has a column of its own, and its report. */
function parted({ token: _, ...scan }: Scan): { row: unknown; report: Report | undefined } {
  if (scan.stage !== 'settled' || scan.outcome.kind !== 'done') return { row: scan, report: undefined };
  const { report, ...outcome } = scan.outcome;
  return { row: { ...scan, outcome }, report };
}
