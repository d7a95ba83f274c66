import { z } from 'zod';
import type { Query } from './database.ts';

const reading = `SELECT CAST($now AS BIGINT) AS now, version, state
  FROM (SELECT 1 AS one) AS always LEFT JOIN quota ON quota.key = $1`;

/** A row of another version is left as it is. PostgreSQL locks the row before it looks at the version. */
const replacing = `INSERT INTO quota(key, version, state) VALUES ($1, $2, $3)
  ON CONFLICT (key) DO UPDATE SET version = excluded.version, state = excluded.state
  WHERE quota.version = excluded.version - 1
  RETURNING version`;

/** PostgreSQL sends a BIGINT as text. */
const rowsSchema = z.array(
  z.object({ now: z.coerce.number(), version: z.coerce.number(), state: z.string().nullable() }),
);

export function createCalls(query: Query) {
  return {
    /** The state of a key and its version, and the store's time in ms since the epoch. A key that was never written has version 0. */
    async read(key: string): Promise<{ now: number; version: number; state: string | undefined }> {
      const [row] = rowsSchema.parse(await query(reading, [key]));
      if (!row) throw new Error('the store gave no answer');
      return { ...row, state: row.state ?? undefined };
    },

    /** Writes the state that follows `version`. Resolves with false if another process has written meanwhile. */
    async replace(key: string, version: number, state: string): Promise<boolean> {
      return (await query(replacing, [key, version + 1, state])).length > 0;
    },
  };
}
