import { dirname, join } from 'node:path';
import { KeyvSqlite } from '@keyv/sqlite';
import { type Clock, systemClock } from '../../scan/clock.ts';
import { createTurns } from '../../scan/turns.ts';
import type { Database, Query } from '../database.ts';
import { refusal, systemCode } from '../refused.ts';
import { type Connection, connect, field } from './connection.ts';
import { prepareFile } from './file.ts';
import { fileLocks } from './liveness.ts';
import { sqliteNews } from './news.ts';

/** How many pages are given back to the file system at a time. */
const vacuumed = 2000;

/** How long a statement that deletes much waits for other writers: nobody waits for it. Ms. */
const bulkPatience = 30_000;
/** Between two of them, so that a writer that finds the file locked soon finds it free. Ms. */
const bulkPause = 5;
/** How long truncating the log waits for readers: writers wait meanwhile, and the next sweep tries again. Ms. */
const truncatePatience = 20;

/** Opens the file, or throws `StoreRefused`. `patience`: how long a statement waits for other processes, in ms. */
export async function openSqlite(path: string, patience: number, clock: Clock): Promise<Database> {
  const until = clock.now() + patience;
  for (;;) {
    try {
      return await openFile(path, patience, clock);
    } catch (error) {
      // When two processes create the file at once, SQLite fails the switch to WAL with SQLITE_BUSY instead of waiting.
      if (systemCode(error) !== 'SQLITE_BUSY' || clock.now() >= until) throw refusal(error, path);
      await clock.sleep(20);
    }
  }
}

async function openFile(path: string, patience: number, clock: Clock): Promise<Database> {
  const connection = await prepareFile(path, patience, clock);
  const values = new KeyvSqlite({ uri: `sqlite://${path}`, table: 'rows', busyTimeout: patience });
  await prepared(values);
  await prepared(connection);
  let erasing: Connection | undefined;
  const inTurn = createTurns();
  const closing = new AbortController();

  /** A statement waits for the one before it on the same connection. One at a time leaves the threads of Node to others. */
  const bulk: Query = (statement, given) =>
    inTurn('bulk', async () => {
      closing.signal.throwIfAborted();
      erasing ??= await prepared(await connect(path, bulkPatience, clock));
      const rows = await erasing.query(statement, given);
      await systemClock.sleep(bulkPause);
      return rows;
    });

  const news = sqliteNews(connection.query, clock);
  const scrub = async () => {
    await connection.query(`PRAGMA incremental_vacuum(${vacuumed})`);
    // Content that was deleted from the database stays in the write-ahead log until the log is truncated.
    const log = await connect(path, truncatePatience, clock);
    await log.query('PRAGMA wal_checkpoint(TRUNCATE)').finally(log.close);
  };

  return {
    sql: { query: connection.query, bulk, field, locking: '' },
    values,
    liveness: fileLocks(join(dirname(path), 'owners'), clock),
    news,
    scrub,
    async close() {
      news.stop();
      closing.abort(new Error('the store is being closed'));
      await inTurn.idle();
      await values.disconnect();
      await scrub().finally(async () => {
        await erasing?.close();
        await connection.close();
      });
    },
  };
}

/** Sets what a connection does not take over from the file. */
async function prepared<One extends { query(statement: string): Promise<unknown> }>(one: One): Promise<One> {
  await one.query('PRAGMA synchronous = NORMAL');
  await one.query('PRAGMA secure_delete = ON');
  return one;
}
