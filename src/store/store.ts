import { join, resolve } from 'node:path';
import type { z } from 'zod';
import type { Clock } from '../scan/clock.ts';
import type { News } from '../scan/lease.ts';
import type { Collection } from '../scan/ports.ts';
import { createTurns } from '../scan/turns.ts';
import { createCalls } from './calls.ts';
import { type CollectionOptions, createCollection, type DamagedRow } from './collection.ts';
import type { Database, Sql } from './database.ts';
import { createLeases, type StoreLeases } from './leases.ts';
import { createRows } from './rows.ts';
import { expiry } from './tables.ts';

export interface StoreOptions {
  /** DATA_DIR. Created if it is missing. Several processes may have it open. */
  dir: string;
  /** DATABASE_URL of a PostgreSQL; without it the store is a SQLite file in `dir`. */
  url?: string | undefined;
  clock: Clock;
  /** Whose time counts in PostgreSQL: the database's if not given. */
  time?: 'database' | 'own';
  log(problem: DamagedRow): void;
  /** How long to wait while another process writes, in ms. */
  patience?: number;
  /** After this time without renewal a lease is free, in ms. */
  leaseTerm?: number;
}

export interface Store {
  /** `name`: letters only, and always with the same schema. */
  collection<Row>(name: string, schema: z.ZodType<Row>, options?: CollectionOptions<Row>): Collection<Row>;
  /** The calls to the service by all processes of the store. */
  calls: ReturnType<typeof createCalls>;
  leases: StoreLeases;
  news: News;
  /** The tables that are not Keyv's. */
  sql: Sql;
  /** Orders the writes of one key; `close` waits for them. */
  inTurn: ReturnType<typeof createTurns>;
  /** Reports a row that cannot be read. */
  damaged(row: DamagedRow): void;
  /** Deletes expired rows, and removes deleted and overwritten content from the files. Returns how many rows had expired. */
  sweep(): Promise<number>;
  /** Waits for pending writes, gives back all leases, then closes the database. */
  close(): Promise<void>;
}

/** How many rows one DELETE removes. It holds the write lock, for which another process may be waiting. */
const batch = 500;

/** Opens the PostgreSQL of `url`, or else the file `vtscan.sqlite` in `dir`. Throws `StoreRefused`. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { clock, log, leaseTerm } = options;
  const database = await open(options);
  const { sql, news } = database;
  const leases = createLeases(database, leaseTerm);
  const rows = createRows(database, leases);
  const inTurn = createTurns();

  return {
    collection: (name, schema, options) =>
      createCollection({ rows, inTurn, clock, damaged: log }, name, schema, options),
    calls: createCalls((statement, values) => inTurn('calls', () => sql.query(statement, values))),
    leases,
    news,
    sql,
    inTurn,
    damaged: log,
    sweep: () =>
      inTurn('sweep', async () => {
        const expired = await deleteExpired(database, clock.now());
        await database.scrub();
        return expired;
      }),
    async close() {
      await inTurn.idle();
      await leases.close();
      await database.close();
    },
  };
}

/** Loads only the client of the database that is used: each takes a part of the time until the bot is ready. */
async function open({ dir, url, clock, time, patience = 5000 }: StoreOptions): Promise<Database> {
  if (url) {
    const { openPostgres } = await import('./postgres/postgres.ts');
    return openPostgres(url, clock, time === 'own' ? clock : undefined);
  }
  const { openSqlite } = await import('./sqlite/sqlite.ts');
  return openSqlite(fileIn(dir), patience, clock);
}

/** The database of a data directory. */
export const fileIn = (dir: string) => join(resolve(dir), 'vtscan.sqlite');

async function deleteExpired({ sql }: Database, now: number): Promise<number> {
  const kinds = [
    { table: 'rows', key: 'key', until: expiry(sql.field) },
    { table: 'scans', key: 'token', until: 'expires_at' },
    { table: 'reports', key: 'id', until: 'expires_at' },
  ];
  let total = 0;
  for (const { table, key, until } of kinds) {
    const expired = `SELECT ${key} FROM ${table} WHERE ${until} <= $1 LIMIT ${batch}`;
    for (let deleted = batch; deleted === batch; total += deleted) {
      const gone = await sql.query(`DELETE FROM ${table} WHERE ${key} IN (${expired}) RETURNING 1`, [now]);
      deleted = gone.length;
    }
  }
  return total;
}
