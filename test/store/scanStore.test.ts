import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Keyv } from 'keyv';
import { keyvStore } from '../../src/store/keyvStore.ts';
import { scanStore } from '../../src/store/scanStore.ts';
import { identifiedScan, readyScan, scanStoreContract, settledScan, tokenOf } from '../contracts/store.ts';
import { memoryScanStore } from '../fixtures/memoryStore.ts';
import { sql, withStore } from './opened.ts';

const day = 24 * 60 * 60_000;

scanStoreContract('SQLite', (body) =>
  withStore(({ store, clock, reopen }) =>
    body({ store: scanStore(store, clock), reopened: async () => scanStore(await reopen(), clock) }),
  ),
);

scanStoreContract('Keyv', async (body) => {
  const keyv = new Keyv();
  await body({ store: keyvStore(keyv), reopened: async () => keyvStore(keyv) });
});

scanStoreContract('memory', async (body) => {
  const store = memoryScanStore();
  await body({ store, reopened: async () => store });
});

test('a scan is kept 30 days after its last step, whether it has ended or nobody takes it up again', () =>
  withStore(async ({ store, clock }) => {
    const scans = scanStore(store, clock);
    await scans.put(identifiedScan(1));
    await scans.put(settledScan(2));
    clock.jump(29.9 * day);
    assert.equal((await scans.get(tokenOf(2)))?.stage, 'settled');
    assert.equal((await scans.unfinished()).length, 1);
    await scans.put(identifiedScan(1));
    clock.jump(29.9 * day);
    assert.equal(await scans.get(tokenOf(2)), undefined);
    assert.equal((await scans.unfinished()).length, 1);
    assert.equal(await store.sweep(), 1);
    clock.jump(0.2 * day);
    assert.deepEqual(await scans.unfinished(), []);
    assert.equal(await store.sweep(), 1);
  }));

test('an inquiry is kept 8 days', () =>
  withStore(async ({ store, clock }) => {
    const { inquiries } = scanStore(store, clock);
    await inquiries.set('f00', { key: 'f00', subject: { kind: 'file', hash: 'f00' }, stage: 'open' });
    clock.jump(7.9 * day);
    assert.ok(await inquiries.get('f00'));
    clock.jump(0.2 * day);
    assert.equal(await inquiries.get('f00'), undefined);
  }));

test('a step that fails to be stored leaves the stage and what is unfinished as they were', () =>
  withStore(async ({ store, clock, file }) => {
    const scans = scanStore(store, clock);
    await scans.put(readyScan(1));
    await sql(file, `CREATE TRIGGER full BEFORE INSERT ON scans BEGIN SELECT RAISE(ABORT, 'full'); END`);
    await assert.rejects(scans.put(settledScan(1)), /SQLITE_CONSTRAINT/);
    assert.equal((await scans.get(tokenOf(1)))?.stage, 'ready');
    assert.equal((await scans.unfinished()).length, 1);
  }));

test('a scan that cannot be read is reported without its content, and the others are found', () =>
  withStore(async ({ store, clock, file, problems }) => {
    const scans = scanStore(store, clock);
    await scans.put(readyScan(1));
    await scans.put(readyScan(2));
    await sql(file, `UPDATE scans SET value = '{"row": {"stage": "hunter2"' WHERE token = ?`, tokenOf(1));
    assert.deepEqual(
      (await scans.unfinished()).map(({ token }) => token),
      [tokenOf(2)],
    );
    assert.deepEqual(problems, [{ collection: 'scans', key: '00000000', reason: 'not a stored row' }]);
  }));

test('unfinished scans cost what is unfinished and not what is stored', () =>
  withStore(async ({ store, clock, file }) => {
    const scans = scanStore(store, clock);
    await sql(
      file,
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
       INSERT INTO scans(token, stage, created_at, value)
       SELECT printf('%064x', i + 100), 'settled', i, json_object('row', json(?)) FROM n`,
      JSON.stringify(settledScan(1)),
    );
    for (let digit = 1; digit <= 20; digit += 1) await scans.put(readyScan(digit));
    assert.equal((await scans.unfinished()).length, 20);
    const plan = await sql(
      file,
      "EXPLAIN QUERY PLAN SELECT value FROM scans WHERE stage <> 'settled' ORDER BY created_at",
    );
    assert.match(JSON.stringify(plan), /USING INDEX scans_open/);
  }));

test('an unfinished scan that this version cannot read stays, and is resumed by one that can', () =>
  withStore(async ({ store, clock, file }) => {
    const scans = scanStore(store, clock);
    await scans.put(readyScan(1));
    const stage = (name: string) => sql(file, `UPDATE scans SET value = replace(value, '"stage":"ready"', ?)`, name);
    assert.deepEqual(await scans.unread?.(), []);
    await stage('"stage":"of a later version"');
    assert.deepEqual(await scans.unfinished(), []);
    assert.match((await scans.unread?.())?.join() ?? '', /of a later version/);
    await store.sweep();
    await sql(file, `UPDATE scans SET value = replace(value, '"stage":"of a later version"', '"stage":"ready"')`);
    assert.deepEqual(
      (await scans.unfinished()).map(({ token }) => token),
      [tokenOf(1)],
    );
  }));
