import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../../scan/clock.ts';
import { StoreRefused, systemCode } from '../refused.ts';
import { tables } from '../tables.ts';
import { type Connection, connect, field } from './connection.ts';

/** Marks the file as ours: "vtsc". */
const applicationId = 0x76747363;
/** The version of the tables. The rows' content has schemas of its own. */
const version = 3;

/** Moves scans out of the key-value rows in which version 1 kept them. Damaged rows stay where they are. */
const scansFromVersion1 = [
  `INSERT OR IGNORE INTO scans(token, stage, server, created_at, expires_at, value)
    SELECT substr(key, 7), value ->> '$.row.stage', value ->> '$.row.origin.server', value ->> '$.row.createdAt',
      value ->> '$.expiresAt', value
    FROM rows WHERE key >= 'scans:' AND key < 'scans;' AND CASE WHEN json_valid(value)
      THEN value ->> '$.row.stage' IS NOT NULL AND value ->> '$.row.createdAt' IS NOT NULL END`,
  `DELETE FROM rows WHERE key >= 'scans:' AND key < 'scans;' AND substr(key, 7) IN (SELECT token FROM scans)`,
  `DELETE FROM rows WHERE key >= 'unfinished:' AND key < 'unfinished;'
    AND 'scans:' || substr(key, 12) NOT IN (SELECT key FROM rows WHERE key >= 'scans:' AND key < 'scans;')`,
];

/** Version 2 kept whole reports in its scans, which are read as they are until they expire. The column `owner` is not used any more. */
const fromVersion2 = ['ALTER TABLE scans ADD COLUMN report TEXT', 'DROP INDEX IF EXISTS scans_member'];

const countsOf = (length: number) =>
  `json((SELECT json_group_object(period, cost) FROM call_counts WHERE length(period) = ${length}))`;

/** Versions 1 and 2 had a row for each call, and counted days and months beside them. The first files had neither. */
const callsFromVersion2 = [
  'CREATE TABLE IF NOT EXISTS calls(cost INTEGER, free_at INTEGER)',
  'CREATE TABLE IF NOT EXISTS call_counts(period TEXT, cost INTEGER)',
  `INSERT INTO quota(key, version, state) SELECT '', 1, json_object('days', ${countsOf(10)}, 'months', ${countsOf(7)},
    'resting', json((SELECT json_group_array(json_array(free_at, cost)) FROM calls)),
    'processes', json_object(), 'turn', 0, 'inRow', 0, 'automaticAt', 0)`,
  'DROP TABLE call_counts',
  'DROP TABLE calls',
];

const marksSchema = z.object({ application: z.number(), version: z.number(), objects: z.number() });
type Marks = z.infer<typeof marksSchema>;

/**
 * Creates the file, or checks that it is ours and can be written, and returns an open connection. This happens before Keyv
 * opens the file: Keyv would create its table in any database, and `auto_vacuum` can only be set before the first table. A
 * file of an older version is migrated in one transaction.
 */
export async function prepareFile(path: string, patience: number, clock: Clock): Promise<Connection> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await createPrivately(path);
  const database = await connect(path, patience, clock);
  try {
    if (isNew(await readMarks(database, path))) {
      // A scan has about a thousand bytes, and the usual page of 4,096 holds only three of them.
      await database.query('PRAGMA page_size = 8192');
      await database.query('PRAGMA auto_vacuum = INCREMENTAL');
    }
    // A copy that SQLite wrote has lost it.
    await database.query('PRAGMA journal_mode = WAL');
    await database.query('BEGIN IMMEDIATE');
    // Another process may have created or migrated the file meanwhile.
    const before = await readMarks(database, path);
    if (before.version === 2) for (const statement of fromVersion2) await database.query(statement);
    for (const statement of tables(field, 'VARCHAR(255)')) await database.query(statement);
    if (before.version < version) {
      await database.query('DROP INDEX IF EXISTS rows_expiry');
      for (const statement of scansFromVersion1) await database.query(statement);
      if (before.version > 0) for (const statement of callsFromVersion2) await database.query(statement);
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

async function readMarks(database: Connection, path: string): Promise<Marks> {
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
