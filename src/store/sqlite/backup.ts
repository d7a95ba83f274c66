import { open, rm } from 'node:fs/promises';
import sqlite3 from 'sqlite3';
import type { Clock } from '../../scan/clock.ts';
import { refusal, StoreRefused, systemCode } from '../refused.ts';
import { connect } from './connection.ts';

/** How long a statement waits for other processes, in ms. */
const patience = 30_000;

/**
 * Writes a copy of the database at `path` to the new file `copy`, as it is at one moment. Other processes go on reading and
 * writing. Returns the size of the copy in bytes. Throws `StoreRefused`.
 */
export async function backUp(path: string, copy: string, clock: Clock): Promise<number> {
  const database = await connect(path, patience, clock, sqlite3.OPEN_READWRITE).catch((error: unknown) => {
    if (systemCode(error) !== 'SQLITE_CANTOPEN') throw refusal(error, path);
    throw new StoreRefused(`There is no database at ${path}. Set DATA_DIR to that of the bot.`);
  });
  try {
    await createNew(copy);
    try {
      await database.query('VACUUM INTO $1', [copy]);
      return await finish(copy, clock);
    } catch (error) {
      await rm(copy, { force: true });
      throw refusal(error, systemCode(error) === 'SQLITE_NOTADB' ? path : copy);
    }
  } finally {
    await database.close();
  }
}

/** Creates the file so that only its owner may read it, as the database itself. */
async function createNew(copy: string): Promise<void> {
  try {
    await (await open(copy, 'wx', 0o600)).close();
  } catch (error) {
    const code = systemCode(error) ?? 'unknown error';
    if (code === 'EEXIST') throw new StoreRefused(`${copy} exists already. Choose another name, or remove it.`);
    throw new StoreRefused(
      `${copy} cannot be written (${code}). Check the folder, its permissions and its free space.`,
    );
  }
}

/** Nobody owns anything in the copy. It is checked, and on the disk when this resolves. */
async function finish(copy: string, clock: Clock): Promise<number> {
  const database = await connect(copy, patience, clock, sqlite3.OPEN_READWRITE);
  try {
    await database.query('DELETE FROM leases');
    await database.query('DELETE FROM owners');
    const [found] = await database.query('PRAGMA quick_check(1)');
    if (JSON.stringify(found) !== '{"quick_check":"ok"}') throw new StoreRefused(`${copy} is damaged. Try again.`);
  } finally {
    await database.close();
  }
  const file = await open(copy, 'r+');
  try {
    await file.sync();
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}
