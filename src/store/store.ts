import { join, resolve } from 'node:path';
import type { z } from 'zod';
import type { Clock } from '../scan/clock.ts';
import type { Collection } from '../scan/ports.ts';
import { createTurns } from '../scan/turns.ts';
import { createCalls, type Query } from './calls.ts';
import { type CollectionOptions, createCollection, type DamagedRow } from './collection.ts';
import { prepareFile } from './prepare.ts';
import { refusal, systemCode } from './refused.ts';
import { openSqliteRows, type SqliteRows } from './sqliteRows.ts';

export interface StoreOptions {
  /** DATA_DIR. Created if it is missing. Several processes may have it open. */
  dir: string;
  clock: Clock;
  log(problem: DamagedRow): void;
  /** How long to wait while another process writes, in ms. */
  patience?: number;
}

export interface Store {
  /** `name`: letters only, and always with the same schema. */
  collection<Row>(name: string, schema: z.ZodType<Row>, options?: CollectionOptions<Row>): Collection<Row>;
  /** The calls to the service by all processes that have the directory open. */
  calls: ReturnType<typeof createCalls>;
  /** Runs SQL on the tables that are not Keyv's. */
  query: Query;
  /** Orders the writes of one key; `close` waits for them. */
  inTurn: ReturnType<typeof createTurns>;
  /** Reports a row that cannot be read. */
  damaged(row: DamagedRow): void;
  /** Deletes expired rows, and removes deleted and overwritten content from the files. Returns how many rows had expired. */
  sweep(): Promise<number>;
  /** Waits for pending writes, then closes the file. */
  close(): Promise<void>;
}

/** Opens the file `vtscan.sqlite` in `dir`, or throws `StoreRefused`. */
export async function openStore({ dir, clock, log, patience = 5000 }: StoreOptions): Promise<Store> {
  const path = join(resolve(dir), 'vtscan.sqlite');
  const rows = await opening({ clock, patience }, path);
  const inTurn = createTurns();

  return {
    collection: (name, schema, options) =>
      createCollection({ rows, inTurn, clock, damaged: log }, name, schema, options),
    calls: createCalls((sql, values) => inTurn('calls', () => rows.query(sql, values))),
    query: rows.query,
    inTurn,
    damaged: log,
    sweep: () =>
      inTurn('sweep', async () => {
        const expired = await rows.deleteExpired(clock.now());
        await rows.scrub();
        return expired;
      }),
    async close() {
      await inTurn.idle();
      await rows.close();
    },
  };
}

async function opening({ clock, patience }: { clock: Clock; patience: number }, path: string): Promise<SqliteRows> {
  const until = clock.now() + patience;
  for (;;) {
    try {
      return await openSqliteRows(await prepareFile(path, patience), path, patience);
    } catch (error) {
      // When two processes create the file at once, SQLite fails the switch to WAL with SQLITE_BUSY instead of waiting.
      if (systemCode(error) !== 'SQLITE_BUSY' || clock.now() >= until) throw refusal(error, path);
      await clock.sleep(20);
    }
  }
}
