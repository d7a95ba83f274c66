import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { movableClock } from '../../sandbox/clock.ts';
import { migrateToPostgres } from '../../src/app/migration.ts';
import { copyRows, countRows, movedTables } from '../../src/store/move.ts';
import { StoreRefused } from '../../src/store/refused.ts';
import { scanStore } from '../../src/store/scanStore.ts';
import { openStore } from '../../src/store/store.ts';
import { noteSchema, readyScan, settledScan, tokenOf } from '../contracts/store.ts';
import { withDatabase, withoutPostgres } from '../fixtures/postgres.ts';
import { withDirectory, withStore } from './opened.ts';

const columnRows = z.array(z.object({ table: z.string(), column: z.string() }));

test('every table is moved with all its columns, but for what belongs to processes', () =>
  withStore(async ({ store }) => {
    const rows = await store.sql.query(
      `SELECT m.name AS "table", p.name AS "column" FROM sqlite_schema AS m, pragma_table_info(m.name) AS p
       WHERE m.type = 'table' AND m.name NOT IN ('owners', 'leases') ORDER BY m.name, p.cid`,
    );
    const known = Object.entries(movedTables).flatMap(([table, columns]) =>
      columns.map((column) => ({ table, column })),
    );
    const sorted = known.toSorted((a, b) => (a.table < b.table ? -1 : a.table > b.table ? 1 : 0));
    assert.deepEqual(columnRows.parse(rows), sorted);
  }));

test('whatever is stored in SQLite is the same in PostgreSQL', { skip: withoutPostgres }, () =>
  withDatabase((url) =>
    withStore(async ({ store, dir, clock }) => {
      const notes = store.collection('notes', noteSchema);
      const texts = fc.sample(fc.string({ unit: 'binary', maxLength: 40 }), 1_200).concat('\u0000', '\\u0000', '"');
      await Promise.all(texts.map((text, count) => notes.set(String(count), { text, count })));
      await scanStore(store, clock).put(settledScan(1));
      await scanStore(store, clock).put(readyScan(2));
      await store.calls.replace('', 0, '{"days":{}}');
      const before = await countRows(store);

      const dry = await migrateToPostgres({ dir, url, clock, dryRun: true });
      assert.deepEqual(dry, before);
      const moved = await migrateToPostgres({ dir, url, clock, dryRun: false });
      assert.deepEqual(moved, before);

      const target = await openStore({ dir, url, clock, time: 'own', log: () => assert.fail('a row is damaged') });
      const found = await target.collection('notes', noteSchema).all();
      assert.deepEqual(
        found.toSorted((a, b) => (a.count ?? 0) - (b.count ?? 0)).map(({ text }) => text),
        texts,
      );
      assert.deepEqual(await scanStore(target, clock).get(tokenOf(1)), settledScan(1));
      assert.equal((await scanStore(target, clock).unfinished()).length, 1);
      assert.equal((await target.calls.read('')).state, '{"days":{}}');
      await target.close();

      await assert.rejects(migrateToPostgres({ dir, url, clock, dryRun: false }), /holds data of vtscan already/);
    }),
  ),
);

test('a refusal at the last moment leaves PostgreSQL empty', { skip: withoutPostgres }, () =>
  withDatabase((url) =>
    withStore(async ({ store, dir, clock }) => {
      await store.collection('notes', noteSchema).set('a', { text: 'a' });
      const target = await openStore({ dir, url, clock, log: () => {} });
      await assert.rejects(
        copyRows(store, url, () => Promise.reject(new StoreRefused('a bot has started'))),
        /a bot has started/,
      );
      assert.deepEqual([...(await countRows(target)).values()], [0, 0, 0, 0]);
      await target.close();
    }),
  ),
);

test('a data directory without a database is refused, and stays without one', () =>
  withDirectory(async (dir) => {
    const moving = migrateToPostgres({ dir, url: 'postgres://127.0.0.1:1/x', clock: movableClock(), dryRun: true });
    await assert.rejects(moving, /There is no database at .*vtscan\.sqlite\. Set DATA_DIR/);
  }));
