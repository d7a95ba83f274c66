import type { Sql } from './database.ts';

/**
 * The tables of both databases. `key`: a type of text that is sorted by its bytes. Most of what is stored has no table of its
 * own: a collection is rows of Keyv's table, and its zod schema stands beside the code that uses it.
 */
export function tables(field: Sql['field'], key: string): string[] {
  return [
    // Keyv's: `key` begins with the collection's name.
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
    // For each key, what all processes with it know of its calls: see `CallTable` of the quota.
    'CREATE TABLE IF NOT EXISTS quota(key TEXT PRIMARY KEY, version BIGINT NOT NULL, state TEXT NOT NULL)',
    // An owner is one process. `until` is by the steady time of the store.
    'CREATE TABLE IF NOT EXISTS owners(id TEXT PRIMARY KEY, label TEXT NOT NULL, until BIGINT NOT NULL)',
    'CREATE TABLE IF NOT EXISTS leases(name TEXT PRIMARY KEY, owner TEXT NOT NULL, number BIGINT NOT NULL)',
    'CREATE INDEX IF NOT EXISTS leases_owner ON leases(owner)',
  ];
}

/** When a row of Keyv's expires: ms since the epoch. */
export const expiry = (field: Sql['field']) => `CAST(${field('expiresAt')} AS BIGINT)`;

/** Who asked for a scan; NULL for one that nobody asked for. */
export const member = (field: Sql['field']) =>
  `CASE WHEN ${field('row.origin.urgency')} = 'interactive' THEN ${field('row.origin.member')} END`;
