import { KeyvSqlite } from '@keyv/sqlite';
import { Keyv } from 'keyv';
import { z } from 'zod';
import type { Query } from './calls.ts';
import type { Rows } from './collection.ts';
import { type Database, table } from './prepare.ts';
import { expiresAtColumn, writeRow } from './row.ts';

export interface SqliteRows extends Rows {
  /** Deletes what has expired and answers how many rows that were. */
  deleteExpired(now: number): Promise<number>;
  /** Makes the deleted and the overwritten unreadable in the files too. */
  scrub(): Promise<void>;
  /** SQL of others on the same file. */
  query: Query;
  close(): Promise<void>;
}

const storedSchema = z.array(z.object({ key: z.string(), value: z.unknown() }));

/** Rows in one DELETE, which holds the write lock; the other process may wait for it. */
const batch = 500;
/** Pages given back to the file system in one go. */
const vacuumed = 2000;

/** Keyv over one prepared file, and a connection of our own for what Keyv does not offer: ranges, expiry, tables. Failing statements reject: Keyv's error events repeat that and stay off. */
export async function openSqliteRows(database: Database, path: string, patience: number): Promise<SqliteRows> {
  const adapter = new KeyvSqlite({ uri: `sqlite://${path}`, table, busyTimeout: patience });
  const keyv = new Keyv({
    store: adapter,
    // Our keys hold their collection's name already.
    useKeyPrefix: false,
    serialize: ({ value, expires }) => writeRow(value, expires ?? undefined),
    // The text as it is: Keyv would throw on a damaged row.
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
    // What was deleted from the database is still in the log until it is cut.
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
