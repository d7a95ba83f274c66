import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import sqlite3 from 'sqlite3';
import { z } from 'zod';
import { callTables } from './calls.ts';
import { StoreRefused, systemCode } from './refused.ts';
import { expiresAtColumn } from './row.ts';

export const table = 'rows';

/** Marks the file as ours: "vtsc". */
const applicationId = 0x76747363;
/** Of the layout of the file. Rows have schemas of their own. */
const version = 1;

const marksSchema = z.object({ application: z.number(), version: z.number(), objects: z.number() });
type Marks = z.infer<typeof marksSchema>;

/**
 * Creates the file, or checks that it is ours and can be written. Keyv would create its table in whatever it is given, and
 * `auto_vacuum` can only be set before the first table, so this comes before it.
 */
export async function prepareFile(path: string, patience: number): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await createPrivately(path);
  const database = await openDatabase(path, patience);
  try {
    if (isNew(await readMarks(database, path))) {
      await database.query('PRAGMA auto_vacuum = INCREMENTAL');
      await database.query('PRAGMA journal_mode = WAL');
    }
    await database.query('BEGIN IMMEDIATE');
    // Another process may have been faster.
    if (isNew(await readMarks(database, path))) {
      await database.query(`PRAGMA application_id = ${applicationId}`);
      await database.query(`PRAGMA user_version = ${version}`);
    }
    await database.query(`CREATE TABLE IF NOT EXISTS ${table}(key VARCHAR(255) PRIMARY KEY, value TEXT)`);
    await database.query(`CREATE INDEX IF NOT EXISTS ${table}_expiry ON ${table}(${expiresAtColumn})`);
    for (const statement of callTables) await database.query(statement);
    await database.query('COMMIT');
  } finally {
    await database.close();
  }
}

/** Rows hold passwords for a while: nobody else may read them. SQLite gives its other files the same permissions. */
async function createPrivately(path: string): Promise<void> {
  try {
    await (await open(path, 'wx', 0o600)).close();
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}

async function readMarks(database: Database, path: string): Promise<Marks> {
  const [row] = await database.query(
    `SELECT (SELECT application_id FROM pragma_application_id) AS application,
            (SELECT user_version FROM pragma_user_version) AS version,
            (SELECT count(*) FROM sqlite_schema) AS objects`,
  );
  const marks = marksSchema.parse(row);
  if (marks.application !== applicationId && !isNew(marks)) {
    throw new StoreRefused(`${path} is a database of another program. Choose another DATA_DIR.`);
  }
  if (marks.application === applicationId && marks.version > version) {
    throw new StoreRefused(`${path} was written by a newer version of vtscan (${marks.version}). Update vtscan.`);
  }
  return marks;
}

const isNew = ({ application, objects }: Marks) => application === 0 && objects === 0;

interface Database {
  query(sql: string): Promise<unknown[]>;
  close(): Promise<void>;
}

function openDatabase(path: string, patience: number): Promise<Database> {
  return new Promise((opened, failed) => {
    const handle = new sqlite3.Database(path, (error) => {
      if (error) return failed(error);
      handle.configure('busyTimeout', patience);
      opened({ query, close });
    });
    const query = (sql: string) =>
      new Promise<unknown[]>((resolve, reject) => {
        handle.all(sql, (error, rows) => (error ? reject(error) : resolve(rows)));
      });
    const close = () =>
      new Promise<void>((resolve, reject) => {
        handle.close((error) => (error ? reject(error) : resolve()));
      });
  });
}
