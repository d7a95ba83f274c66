import { KeyvSqlite } from '@keyv/sqlite';
import { Keyv } from 'keyv';
import { z } from 'zod';
import type { Query } from './calls.ts';
import type { Rows } from './collection.ts';
import { type Database, table } from './prepare.ts';
import { expiresAtColumn, writeRow } from './row.ts';

export interface SqliteRows extends Rows {
  /** Deletes expired rows and returns how many there were. */
  deleteExpired(now: number): Promise<number>;
  /** Removes deleted and overwritten content from the files, so that nobody can read it there. */
  scrub(): Promise<void>;
  /** Runs SQL on the same file, for the other tables. */
  query: Query;
  close(): Promise<void>;
}

const storedSchema = z.array(z.object({ key: z.string(), value: z.unknown() }));

/** How many rows one DELETE removes. It holds the write lock, for which another process may be waiting. */
const batch = 500;
/** How many pages are given back to the file system at a time. */
const vacuumed = 2000;

/**
 * Keyv on one prepared file, and a connection of our own for what Keyv does not offer: ranges, expiry, tables. A statement
 * that fails rejects; Keyv's error events would only repeat that, so they are off.
 */
export async function openSqliteRows(database: Database, path: string, patience: number): Promise<SqliteRows> {
  const adapter = new KeyvSqlite({ uri: `sqlite://${path}`, table, busyTimeout: patience });
  const keyv = new Keyv({
    store: adapter,
    // Our keys begin with the collection's name already.
    useKeyPrefix: false,
    serialize: ({ value, expires }) => writeRow(value, expires ?? undefined),
    // Returns the text as it is. Parsing it here would make Keyv throw on a damaged row.
    deserialize: (text) => ({ value: z.any().parse(text) }),
    throwOnErrors: true,
    emitErrors: false,
  });

  for (const connection of [adapter, database]) {
    await connection.query('PRAGMA synchronous = NORMAL');
    await connection.query('PRAGMA secure_delete = ON');
  }

  const scrub = async () => {
    await database.query(`PRAGMA incremental_vacuum(${vacuumed})`);
    // Content that was deleted from the database stays in the write-ahead log until the log is truncated.
    await database.query('PRAGMA wal_checkpoint(TRUNCATE)');
  };

  async function deleteExpiredFrom(name: string, expiresAt: string, now: number): Promise<number> {
    const expired = `SELECT rowid FROM ${name} WHERE ${expiresAt} <= ? LIMIT ${batch}`;
    const sql = `DELETE FROM ${name} WHERE rowid IN (${expired}) RETURNING 1`;
    for (let total = 0; ; ) {
      const { length } = await database.query(sql, [now]);
      total += length;
      if (length < batch) return total;
    }
  }

  return {
    get: (key) => keyv.get(key),
    async set(key, row, ttl) {
      await keyv.set(key, row, ttl);
    },
    async delete(key) {
      await keyv.delete(key);
    },
    async between(from, to) {
      const sql = `SELECT key, value FROM ${table} WHERE key >= ? AND key < ?`;
      return storedSchema.parse(await database.query(sql, [from, to]));
    },
    async deleteBetween(from, to, path, value) {
      const found = `CASE WHEN json_valid(value) THEN json_extract(value, ?) END`;
      await database.query(`DELETE FROM ${table} WHERE key >= ? AND key < ? AND ${found} = ?`, [from, to, path, value]);
    },
    deleteExpired: async (now) =>
      (await deleteExpiredFrom(table, expiresAtColumn, now)) + (await deleteExpiredFrom('scans', 'expires_at', now)),
    scrub,
    query: database.query,
    async close() {
      await adapter.disconnect();
      await scrub();
      await database.close();
    },
  };
}
