import { join, resolve } from 'node:path';
import type { z } from 'zod';
import type { Clock } from '../scan/clock.ts';
import type { Collection } from '../scan/ports.ts';
import { createCalls } from './calls.ts';
import { type CollectionOptions, createCollection, type DamagedRow } from './collection.ts';
import { inOrder } from './order.ts';
import { prepareFile } from './prepare.ts';
import { refusal, systemCode } from './refused.ts';
import { openSqliteRows, type SqliteRows } from './sqliteRows.ts';

export interface StoreOptions {
  /** DATA_DIR; made if it is missing. Several processes may have it open. */
  dir: string;
  clock: Clock;
  log(problem: DamagedRow): void;
  /** How long to wait for another process that writes, in ms. */
  patience?: number;
}

export interface Store {
  /** `name`: letters only, and always with the same schema. */
  collection<Row>(name: string, schema: z.ZodType<Row>, options?: CollectionOptions<Row>): Collection<Row>;
  /** The calls to the service, of all processes that have the directory open. */
  calls: ReturnType<typeof createCalls>;
  /** Takes expired rows, and all that was deleted or overwritten, out of the files; answers how many rows expired. */
  sweep(): Promise<number>;
  /** Waits for what was begun. */
  close(): Promise<void>;
}

/** Opens the file `vtscan.sqlite` in `dir`, or throws `StoreRefused`. */
export async function openStore({ dir, clock, log, patience = 5000 }: StoreOptions): Promise<Store> {
  const path = join(resolve(dir), 'vtscan.sqlite');
  const rows = await opening({ clock, patience }, path);
  const order = inOrder();

  return {
    collection: (name, schema, options) =>
      createCollection({ rows, order, clock, damaged: log }, name, schema, options),
    calls: createCalls((sql, values) => order.run('calls', () => rows.query(sql, values))),
    sweep: () =>
      order.run('sweep', async () => {
        const expired = await rows.deleteExpired(clock.now());
        await rows.scrub();
        return expired;
      }),
    async close() {
      await order.idle();
      await rows.close();
    },
  };
}

async function opening({ clock, patience }: { clock: Clock; patience: number }, path: string): Promise<SqliteRows> {
  const until = clock.now() + patience;
  for (;;) {
    try {
      await prepareFile(path, patience);
      return await openSqliteRows(path, patience);
    } catch (error) {
      // SQLite does not wait for its turn to switch a new file to WAL, where two processes make it at once.
      if (systemCode(error) !== 'SQLITE_BUSY' || clock.now() >= until) throw refusal(error, path);
      await clock.sleep(20);
    }
  }
}
