import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { movableClock } from '../../sandbox/clock.ts';
import { keyStateSchema } from '../../src/quota/keyState.ts';
import type { Scan } from '../../src/scan/scan.ts';
import { scanStore } from '../../src/store/scanStore.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { identifiedScan, noteSchema, readyScan, settledScan, tokenOf } from '../contracts/store.ts';
import { sql, withDirectory } from './opened.ts';

const [days, months, resting] = [{ '2026-05-05': 7 }, { '2026-05': 70 }, [[1_780_000_000_000, 2]]];

/** The first files had no tables for calls. */
const calls = [
  `CREATE TABLE calls(id INTEGER PRIMARY KEY AUTOINCREMENT, cost INTEGER, sent_at INTEGER, free_at INTEGER,
    answered INTEGER, day TEXT)`,
  'CREATE INDEX calls_free ON calls(free_at)',
  'CREATE TABLE call_counts(period TEXT PRIMARY KEY, cost INTEGER)',
  `CREATE TRIGGER calls_count AFTER INSERT ON calls BEGIN
    UPDATE call_counts SET cost = cost + NEW.cost WHERE period IN (NEW.day, substr(NEW.day, 1, 7));
    DELETE FROM calls WHERE free_at <= NEW.sent_at;
  END`,
  "INSERT INTO call_counts VALUES ('2026-05-05', 5), ('2026-05', 68)",
  "INSERT INTO calls(cost, sent_at, free_at, answered, day) VALUES (2, 0, 1780000000000, 1, '2026-05-05')",
];

/** The statements by which versions 1 and 2 made their files. */
const made = (version: number) => [
  'PRAGMA auto_vacuum = INCREMENTAL',
  'PRAGMA journal_mode = WAL',
  'PRAGMA application_id = 1987343203',
  `PRAGMA user_version = ${version}`,
  'CREATE TABLE rows(key VARCHAR(255) PRIMARY KEY, value TEXT)',
  `CREATE INDEX rows_expiry ON rows(CASE WHEN json_valid(value) THEN json_extract(value, '$.expiresAt') END)`,
];
const version1 = [...made(1), ...calls];
const version2 = [
  ...made(2),
  ...calls,
  `CREATE TABLE scans(token TEXT PRIMARY KEY, stage TEXT NOT NULL, server TEXT, owner TEXT,
    created_at INTEGER NOT NULL, expires_at INTEGER, value TEXT NOT NULL)`,
  "CREATE INDEX scans_open ON scans(created_at) WHERE stage <> 'settled'",
  'CREATE INDEX scans_server ON scans(server) WHERE server IS NOT NULL',
  'CREATE INDEX scans_expiry ON scans(expires_at) WHERE expires_at IS NOT NULL',
];
/** Later files of version 2 had it. */
const scansMember = `CREATE INDEX scans_member ON scans(
  CASE WHEN json_valid(value) AND json_extract(value, '$.row.origin.urgency') = 'interactive'
    THEN json_extract(value, '$.row.origin.member') END, created_at)`;

const upsert = 'INSERT INTO rows(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value';

async function oldFile(dir: string, statements: readonly string[]): Promise<string> {
  const file = join(dir, 'vtscan.sqlite');
  for (const statement of statements) await sql(file, statement);
  return file;
}

async function fileOfVersion1(dir: string, expiresAt: number, statements = version1): Promise<string> {
  const file = await oldFile(dir, statements);
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
    const file = await fileOfVersion1(dir, clock.now() + 60_000);
    const store = await openStore({ dir, clock, log: () => {} });
    const scans = scanStore(store, clock);
    assert.deepEqual((await scans.unfinished()).map(({ token }) => token).toSorted(), [tokenOf(1), tokenOf(2)]);
    assert.equal((await scans.get(tokenOf(3)))?.stage, 'settled');
    assert.deepEqual(await store.collection('notes', noteSchema).all(), [{ text: 'kept' }]);
    assert.deepEqual(await countsIn(store), { days, months, resting });
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

test('a file of version 1 without tables for calls keeps its scans', () =>
  withDirectory(async (dir) => {
    const clock = movableClock();
    await fileOfVersion1(dir, clock.now() + 60_000, made(1));
    const store = await openStore({ dir, clock, log: () => {} });
    assert.equal((await scanStore(store, clock).unfinished()).length, 2);
    assert.deepEqual(await countsIn(store), { days: {}, months: {}, resting: [] });
    await store.close();
  }));

for (const [which, statements] of [
  ['an early', version2],
  ['a late', [...version2, scansMember]],
] as const)
  test(`${which} file of version 2 keeps its scans, the reports in them and its counts`, () =>
    withDirectory(async (dir) => {
      const clock = movableClock();
      const file = await oldFile(dir, statements);
      const report = { engines: [], analysedAt: 2500, link: 'https://example.org' };
      const outcome = { kind: 'done', report, askedAt: 2600, unlocked: false };
      for (const { token, ...scan } of [readyScan(1), { ...settledScan(2), outcome }])
        await sql(
          file,
          `INSERT INTO scans VALUES (?, ?, 'guild', 'gone', 1000, ?, ?)`,
          token,
          scan.stage,
          scan.stage === 'settled' ? clock.now() + 60_000 : null,
          JSON.stringify({ row: { ...scan, token } }),
        );
      const store = await openStore({ dir, clock, log: () => {} });
      const scans = scanStore(store, clock);
      assert.deepEqual(
        (await scans.unfinished()).map(({ token }) => token),
        [tokenOf(1)],
      );
      const settled = await scans.get(tokenOf(2));
      assert.deepEqual(settled?.stage === 'settled' && settled.outcome, outcome);
      assert.deepEqual((await scans.recentOf('7', 9)).length, 2);
      assert.deepEqual(await countsIn(store), { days, months, resting });
      await store.close();
    }));

test('a migration that fails half-way leaves the file as it was', () =>
  withDirectory(async (dir) => {
    const clock = movableClock();
    const file = await fileOfVersion1(dir, clock.now() + 60_000);
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

async function countsIn({ calls }: Store) {
  const { days, months, resting } = keyStateSchema.parse(JSON.parse((await calls.read('')).state ?? ''));
  return { days, months, resting };
}
