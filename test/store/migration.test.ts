import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { movableClock } from '../../sandbox/clock.ts';
import { keyStateSchema } from '../../src/quota/keyState.ts';
import type { Scan } from '../../src/scan/scan.ts';
import { scanStore } from '../../src/store/scanStore.ts';
import { openStore } from '../../src/store/store.ts';
import { identifiedScan, noteSchema, readyScan, settledScan, tokenOf } from '../contracts/store.ts';
import { sql, withDirectory } from './opened.ts';

/** The statements by which version 1 made its file. */
const version1 = [
  'PRAGMA auto_vacuum = INCREMENTAL',
  'PRAGMA journal_mode = WAL',
  'PRAGMA application_id = 1987343203',
  'PRAGMA user_version = 1',
  'CREATE TABLE rows(key VARCHAR(255) PRIMARY KEY, value TEXT)',
  `CREATE INDEX rows_expiry ON rows(CASE WHEN json_valid(value) THEN json_extract(value, '$.expiresAt') END)`,
  'CREATE TABLE calls(id INTEGER PRIMARY KEY AUTOINCREMENT, cost INTEGER, sent_at INTEGER, free_at INTEGER, answered INTEGER, day TEXT)',
  'CREATE TABLE call_counts(period TEXT PRIMARY KEY, cost INTEGER)',
  "INSERT INTO call_counts VALUES ('2026-05-05', 7), ('2026-05', 70)",
  "INSERT INTO calls(cost, sent_at, free_at, answered, day) VALUES (2, 0, 1780000000000, 1, '2026-05-05')",
];

const upsert = 'INSERT INTO rows(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value';

async function oldFile(dir: string, expiresAt: number): Promise<string> {
  const file = join(dir, 'vtscan.sqlite');
  for (const statement of version1) await sql(file, statement);
  const set = (key: string, row: unknown, until?: number) =>
    sql(file, upsert, key, JSON.stringify({ expiresAt: until, row }));
  const ofServer: Scan = { ...readyScan(1), origin: { urgency: 'automatic', server: 'guild' } };
  for (const scan of [ofServer, identifiedScan(2)]) {
    await set(`unfinished:${scan.token}`, { token: scan.token, createdAt: scan.createdAt, owner: 'gone' });
    await set(`scans:${scan.token}`, scan);
  }
  await set(`scans:${tokenOf(3)}`, settledScan(3), expiresAt);
  await sql(file, upsert, 'scans:damaged', '{"row": {');
  await set('notes:a', { text: 'kept' });
  return file;
}

test('a file of version 1 keeps its scans, when they expire, its other rows and its counts', () =>
  withDirectory(async (dir) => {
    const clock = movableClock();
    const file = await oldFile(dir, clock.now() + 60_000);
    const store = await openStore({ dir, clock, log: () => {} });
    const scans = scanStore(store, clock);
    assert.deepEqual((await scans.unfinished()).map(({ token }) => token).toSorted(), [tokenOf(1), tokenOf(2)]);
    assert.equal((await scans.get(tokenOf(3)))?.stage, 'settled');
    assert.deepEqual(await store.collection('notes', noteSchema).all(), [{ text: 'kept' }]);
    const { days, months, resting } = keyStateSchema.parse(JSON.parse((await store.calls.read('')).state ?? ''));
    assert.deepEqual([days, months, resting], [{ '2026-05-05': 7 }, { '2026-05': 70 }, [[1_780_000_000_000, 2]]]);
    assert.deepEqual(await sql(file, 'SELECT key FROM rows ORDER BY key'), [
      { key: 'notes:a' },
      { key: 'scans:damaged' },
    ]);
    await scans.deleteOf('guild');
    assert.equal(await scans.get(tokenOf(1)), undefined);
    clock.jump(61_000);
    assert.equal(await store.sweep(), 1);
    await store.close();
    assert.deepEqual(await sql(file, 'PRAGMA user_version'), [{ user_version: 3 }]);
  }));

test('a migration that fails half-way leaves the file as it was', () =>
  withDirectory(async (dir) => {
    const clock = movableClock();
    const file = await oldFile(dir, clock.now() + 60_000);
    const before = await sql(file, 'SELECT key, value FROM rows ORDER BY key');
    await sql(file, `CREATE TRIGGER full BEFORE DELETE ON rows BEGIN SELECT RAISE(ABORT, 'full'); END`);
    await assert.rejects(openStore({ dir, clock, log: () => {} }));
    assert.deepEqual(await sql(file, 'SELECT key, value FROM rows ORDER BY key'), before);
    assert.deepEqual(await sql(file, 'PRAGMA user_version'), [{ user_version: 1 }]);
    await sql(file, 'DROP TRIGGER full');
    const store = await openStore({ dir, clock, log: () => {} });
    assert.equal((await scanStore(store, clock).unfinished()).length, 2);
    await store.close();
  }));
