import { Keyv } from 'keyv';
import { z } from 'zod';
import type { Lease } from '../scan/lease.ts';
import type { Database } from './database.ts';
import type { StoreLeases } from './leases.ts';
import { writeRow } from './rowFormat.ts';

/** The key-value rows as text. Their keys begin with the collection's name. */
export interface Rows {
  get(key: string): Promise<unknown>;
  /** `ttl`: time to live in ms, by the system's clock; undefined: the row does not expire. With a lease: only while that stands. */
  set(key: string, row: unknown, ttl: number | undefined, lease: Lease | undefined): Promise<void>;
  delete(key: string, lease: Lease | undefined): Promise<void>;
  /** The rows with `from` <= key < `to`. */
  between(from: string, to: string): Promise<{ key: string; value: unknown }[]>;
  /** Deletes the rows with `from` <= key < `to` whose JSON has `value` at `path` ("a.b"). */
  deleteBetween(from: string, to: string, path: string, value: string): Promise<void>;
}

/** How many rows one DELETE removes: other writers wait for it. */
const batch = 50;

/** Finds the lease of this name, owner and number while it stands. */
export const standing = 'SELECT 1 FROM leases WHERE name = $1 AND owner = $2 AND number = CAST($3 AS BIGINT)';

/** Keyv on the database's own table, and SQL on the same table for what Keyv does not offer: ranges, and writes under a lease. */
export function createRows(
  { sql, values }: Database,
  { owner, refused }: Pick<StoreLeases, 'owner' | 'refused'>,
): Rows {
  const keyv = new Keyv({
    store: values,
    // Our keys begin with the collection's name already.
    useKeyPrefix: false,
    serialize: ({ value, expires }) => writeRow(value, expires ?? undefined),
    // Returns the text as it is. Parsing it here would make Keyv throw on a damaged row.
    deserialize: (text) => ({ value: z.any().parse(text) }),
    throwOnErrors: true,
    emitErrors: false,
  });
  const stands = `WITH standing AS (${standing} ${sql.locking})`;
  const fence = ({ name, number, lost }: Lease): unknown[] => {
    lost.throwIfAborted();
    return [name, owner, number];
  };

  return {
    get: (key) => keyv.get(key),
    async set(key, row, ttl, lease) {
      if (!lease) {
        await keyv.set(key, row, ttl);
        return;
      }
      const text = writeRow(row, ttl === undefined ? undefined : Date.now() + ttl);
      const writing = `${stands} INSERT INTO rows(key, value) SELECT CAST($4 AS TEXT), CAST($5 AS TEXT) FROM standing WHERE true
        ON CONFLICT (key) DO UPDATE SET value = excluded.value RETURNING 1`;
      const written = await sql.query(writing, [...fence(lease), key, text]);
      if (written.length === 0) throw refused(lease);
    },
    async delete(key, lease) {
      if (!lease) {
        await keyv.delete(key);
        return;
      }
      const erasing = `${stands} DELETE FROM rows WHERE key = $4 AND EXISTS (SELECT 1 FROM standing)`;
      await sql.query(erasing, [...fence(lease), key]);
      if ((await sql.query(standing, fence(lease))).length === 0) throw refused(lease);
    },
    async between(from, to) {
      return storedRows.parse(await sql.query('SELECT key, value FROM rows WHERE key >= $1 AND key < $2', [from, to]));
    },
    async deleteBetween(from, to, path, value) {
      const isMeant = `${sql.field(path)} =`;
      const finding = `SELECT key FROM rows WHERE key >= $1 AND key < $2 AND ${isMeant} $3 ORDER BY key LIMIT ${batch}`;
      for (let next: string | undefined = from; next !== undefined; ) {
        const keys: string[] = storedKeys.parse(await sql.bulk(finding, [next, to, value])).map(({ key }) => key);
        const found = keys.map((_, index) => `$${index + 2}`);
        if (keys.length > 0)
          await sql.bulk(`DELETE FROM rows WHERE key IN (${found}) AND ${isMeant} $1`, [value, ...keys]);
        next = keys.length === batch ? keys.at(-1) : undefined;
      }
    },
  };
}

const storedKeys = z.array(z.object({ key: z.string() }));
const storedRows = z.array(z.object({ key: z.string(), value: z.unknown() }));
