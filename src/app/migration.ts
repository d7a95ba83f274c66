import { access } from 'node:fs/promises';
import type { Clock } from '../scan/clock.ts';
import { copyRows, countRows, refuseFilled, refuseOthers } from '../store/move.ts';
import { StoreRefused } from '../store/refused.ts';
import { fileIn, openStore } from '../store/store.ts';
import { becomeHost } from './ownership.ts';

export interface MigrationOptions {
  /** DATA_DIR of the SQLite file, which stays as it is. */
  dir: string;
  /** DATABASE_URL of an empty PostgreSQL. */
  url: string;
  clock: Clock;
  /** Checks everything and copies nothing; the empty tables are made. */
  dryRun: boolean;
}

/**
 * Copies what is stored in SQLite to PostgreSQL, all of it or nothing. Resolves with how many rows each table has. Throws
 * `StoreRefused`, also while another process uses either store: it would go on with what has been copied already.
 */
export async function migrateToPostgres({ dir, url, clock, dryRun }: MigrationOptions): Promise<Map<string, number>> {
  const file = fileIn(dir);
  await access(file).catch(() => {
    throw new StoreRefused(`There is no database at ${file}. Set DATA_DIR to that of the bot.`);
  });
  const log = () => {};
  const from = await openStore({ dir, clock, log });
  try {
    await refuseOthers(from, 'DATA_DIR');
    // From now on no bot can start on the file.
    await becomeHost(from, false);
    const to = await openStore({ dir, url, clock, log });
    try {
      await refuseOthers(to, 'DATABASE_URL');
      await refuseFilled(to);
      if (!dryRun)
        await copyRows(from, url, async () => {
          await refuseOthers(from, 'DATA_DIR');
          await refuseOthers(to, 'DATABASE_URL');
        });
      return await countRows(from);
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}
