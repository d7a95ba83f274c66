import { callTables } from './calls.ts';
import type { Sql } from './database.ts';
import { leaseTables } from './leases.ts';

/** The tables of both databases. `key`: a type of text that is sorted by its bytes. */
export function tables(field: Sql['field'], key: string): string[] {
  return [
    // Keyv's.
    `CREATE TABLE IF NOT EXISTS rows(key ${key} PRIMARY KEY, value TEXT)`,
    `CREATE INDEX IF NOT EXISTS rows_until ON rows((${expiry(field)}))`,
    // A scan whose stage is not `settled` is open work: an index holds only those.
    `CREATE TABLE IF NOT EXISTS scans(token TEXT PRIMARY KEY, stage TEXT NOT NULL, server TEXT,
      created_at BIGINT NOT NULL, expires_at BIGINT, report TEXT, value TEXT NOT NULL)`,
    "CREATE INDEX IF NOT EXISTS scans_open ON scans(created_at) WHERE stage <> 'settled'",
    'CREATE INDEX IF NOT EXISTS scans_server ON scans(server) WHERE server IS NOT NULL',
    `CREATE INDEX IF NOT EXISTS scans_asker ON scans((${member(field)}), created_at)`,
    'CREATE INDEX IF NOT EXISTS scans_expiry ON scans(expires_at) WHERE expires_at IS NOT NULL',
    // By the hash of their content, compressed.
    'CREATE TABLE IF NOT EXISTS reports(id TEXT PRIMARY KEY, expires_at BIGINT NOT NULL, value BYTEA NOT NULL)',
    'CREATE INDEX IF NOT EXISTS reports_expiry ON reports(expires_at)',
    ...callTables,
    ...leaseTables,
  ];
}

/** When a row of Keyv's expires: ms since the epoch. */
export const expiry = (field: Sql['field']) => `CAST(${field('expiresAt')} AS BIGINT)`;

/** Who asked for a scan; NULL for one that nobody asked for. */
export const member = (field: Sql['field']) =>
  `CASE WHEN ${field('row.origin.urgency')} = 'interactive' THEN ${field('row.origin.member')} END`;
