import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import sqlite3 from 'sqlite3';
import { z } from 'zod';
import { callTables } from './calls.ts';
import { StoreRefused, systemCode } from './refused.ts';
import { expiresAtColumn, memberColumn } from './row.ts';

export const table = 'rows';

/** Marks the file as ours: "vtsc". */
const applicationId = 0x76747363;
/** The version of the tables. The rows' content has schemas of its own. */
const version = 2;

/** A scan whose stage is not `settled` is open work: an index holds only those. */
const scanTables = [
  `CREATE TABLE IF NOT EXISTS scans(token TEXT PRIMARY KEY, stage TEXT NOT NULL, server TEXT, owner TEXT,
    created_at INTEGER NOT NULL, expires_at INTEGER, value TEXT NOT NULL)`,
  "CREATE INDEX IF NOT EXISTS scans_open ON scans(created_at) WHERE stage <> 'settled'",
  'CREATE INDEX IF NOT EXISTS scans_server ON scans(server) WHERE server IS NOT NULL',
  `CREATE INDEX IF NOT EXISTS scans_member ON scans(${memberColumn}, created_at)`,
  'CREATE INDEX IF NOT EXISTS scans_expiry ON scans(expires_at) WHERE expires_at IS NOT NULL',
];

/** Moves scans out of the key-value rows in which version 1 kept them. Damaged rows stay where they are. */
const scansFromVersion1 = [
  `INSERT OR IGNORE INTO scans
    SELECT substr(key, 7), value ->> '$.row.stage', value ->> '$.row.origin.server',
      (SELECT index_row.value ->> '$.row.owner' FROM rows AS index_row
        WHERE index_row.key = 'unfinished:' || substr(rows.key, 7) AND json_valid(index_row.value)),
      value ->> '$.row.createdAt', value ->> '$.expiresAt', value
    FROM rows WHERE key >= 'scans:' AND key < 'scans;' AND CASE WHEN json_valid(value)
      THEN value ->> '$.row.stage' IS NOT NULL AND value ->> '$.row.createdAt' IS NOT NULL END`,
  `DELETE FROM rows WHERE key >= 'scans:' AND key < 'scans;' AND substr(key, 7) IN (SELECT token FROM scans)`,
  `DELETE FROM rows WHERE key >= 'unfinished:' AND key < 'unfinished;'
    AND 'scans:' || substr(key, 12) NOT IN (SELECT key FROM rows WHERE key >= 'scans:' AND key < 'scans;')`,
];

const marksSchema = z.object({ application: z.number(), version: z.number(), objects: z.number() });
type Marks = z.infer<typeof marksSchema>;

/**
 * Creates the file, or checks that it is ours and can be written, and returns an open connection. This happens before Keyv
 * opens the file: Keyv would create its table in any database, and `auto_vacuum` can only be set before the first table. A
 * file of an older version is migrated in one transaction.
 */
export async function prepareFile(path: string, patience: number): Promise<Database> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await createPrivately(path);
  const database = await openDatabase(path, patience);
  try {
    if (isNew(await readMarks(database, path))) {
      await database.query('PRAGMA auto_vacuum = INCREMENTAL');
      await database.query('PRAGMA journal_mode = WAL');
    }
    await database.query('BEGIN IMMEDIATE');
    // Another process may have created or migrated the file meanwhile.
    const before = await readMarks(database, path);
    await database.query(`CREATE TABLE IF NOT EXISTS ${table}(key VARCHAR(255) PRIMARY KEY, value TEXT)`);
    await database.query(`CREATE INDEX IF NOT EXISTS ${table}_expiry ON ${table}(${expiresAtColumn})`);
    for (const statement of [...callTables, ...scanTables]) await database.query(statement);
    if (before.version < version) {
      for (const statement of scansFromVersion1) await database.query(statement);
      await database.query(`PRAGMA application_id = ${applicationId}`);
      await database.query(`PRAGMA user_version = ${version}`);
    }
    await database.query('COMMIT');
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Creates the file so that only its owner may read it: rows may hold passwords. SQLite gives its other files the same permissions. */
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

export interface Database {
  query(sql: string, values?: unknown[]): Promise<unknown[]>;
  close(): Promise<void>;
}

function openDatabase(path: string, patience: number): Promise<Database> {
  return new Promise((opened, failed) => {
    const handle = new sqlite3.Database(path, (error) => {
      if (error) return failed(error);
      handle.configure('busyTimeout', patience);
      opened({ query, close });
    });
    const query = (sql: string, values: unknown[] = []) =>
      new Promise<unknown[]>((resolve, reject) => {
        handle.all(sql, values, (error, rows) => (error ? reject(error) : resolve(rows)));
      });
    const close = () =>
      new Promise<void>((resolve, reject) => {
        handle.close((error) => (error ? reject(error) : resolve()));
      });
  });
}
