import { dirname, join } from 'node:path';
import { KeyvSqlite } from '@keyv/sqlite';
import type { Clock } from '../../scan/clock.ts';
import type { Database } from '../database.ts';
import { refusal, systemCode } from '../refused.ts';
import { connect, field } from './connection.ts';
import { prepareFile } from './file.ts';
import { fileLocks } from './liveness.ts';
import { sqliteNews } from './news.ts';

/** How many pages are given back to the file system at a time. */
const vacuumed = 2000;

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
  // A statement waits for the one before it on the same connection, and for the checkpoint after that.
  const { query: bulk, close: closeBulk } = await connect(path, patience, clock);
  for (const { query } of [values, connection, { query: bulk }]) {
    await query('PRAGMA synchronous = NORMAL');
    await query('PRAGMA secure_delete = ON');
  }

  const news = sqliteNews(connection.query, clock);
  const scrub = async () => {
    await bulk(`PRAGMA incremental_vacuum(${vacuumed})`);
    // Content that was deleted from the database stays in the write-ahead log until the log is truncated.
    await bulk('PRAGMA wal_checkpoint(TRUNCATE)');
  };

  return {
    sql: { query: connection.query, bulk, field, locking: '' },
    values,
    liveness: fileLocks(join(dirname(path), 'owners'), clock),
    news,
    scrub,
    async close() {
      news.stop();
      await values.disconnect();
      await scrub();
      await closeBulk();
      await connection.close();
    },
  };
}
