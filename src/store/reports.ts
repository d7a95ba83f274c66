import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { z } from 'zod';
import type { Clock } from '../scan/clock.ts';
import type { Report } from '../verdict/report.ts';
import type { Sql } from './database.ts';

/** Longer than any row that refers to one. Ms. */
const reportsKept = 32 * 24 * 60 * 60_000;

const [deflate, inflate] = [promisify(deflateRaw), promisify(inflateRaw)];

const saving = `INSERT INTO reports(id, expires_at, value) VALUES ($1, $2, $3)
  ON CONFLICT (id) DO UPDATE SET expires_at = excluded.expires_at WHERE reports.expires_at < excluded.expires_at`;

/** Reports, each stored once however many scans tell it. */
export function createReports(sql: Sql, clock: Clock) {
  return {
    /** Returns the id by which it is found: a hash of its content. */
    async save(report: Report): Promise<string> {
      const text = JSON.stringify(report);
      const id = createHash('sha256').update(text).digest('base64url').slice(0, 22);
      await sql.query(saving, [id, clock.now() + reportsKept, await deflate(text)]);
      return id;
    },
    /** undefined: there is none, or it cannot be read. */
    async load(id: string): Promise<unknown> {
      const [row] = valueRows.parse(await sql.query('SELECT value FROM reports WHERE id = $1', [id]));
      return row && JSON.parse(String(await inflate(row.value)));
    },
  };
}

const valueRows = z.array(z.object({ value: z.instanceof(Uint8Array) }));
