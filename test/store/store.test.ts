import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { systemClock } from '../../src/scan/clock.ts';
import { connect, field } from '../../src/store/sqlite/connection.ts';
import { openStore } from '../../src/store/store.ts';
import { expiry } from '../../src/store/tables.ts';
import { collectionContract, noteSchema } from '../contracts/store.ts';
import { memoryCollection } from '../fixtures/memoryStore.ts';
import { sql, withDirectory, withStore } from './opened.ts';

collectionContract('SQLite', (body) =>
  withStore(({ store, reopen }) =>
    body({
      notes: store.collection('notes', noteSchema),
      reopened: async () => (await reopen()).collection('notes', noteSchema),
    }),
  ),
);

collectionContract('memory', async (body) => {
  const notes = memoryCollection<{ text: string }>();
  await body({ notes, reopened: async () => notes });
});

test('collections keep their rows apart', () =>
  withStore(async ({ store }) => {
    const [notes, others] = [store.collection('notes', noteSchema), store.collection('notesold', noteSchema)];
    await notes.set('a', { text: 'note' });
    await notes.set('notes:a', { text: 'odd key' });
    await others.set('a', { text: 'other' });
    assert.deepEqual(await notes.get('a'), { text: 'note' });
    assert.deepEqual(await others.all(), [{ text: 'other' }]);
    assert.equal((await notes.all()).length, 2);
  }));

test('a row that does not fit its schema is refused without its content', () =>
  withStore(async ({ store }) => {
    const strict = store.collection(
      'notes',
      noteSchema.refine(({ text }) => text !== 'hunter2'),
    );
    await assert.rejects(strict.set('a', { text: 'hunter2' }), (error: Error) => {
      assert.match(error.message, /A row of notes does not fit its schema/);
      assert.doesNotMatch(error.message, /hunter2/);
      return true;
    });
    assert.equal(await strict.get('a'), undefined);
  }));

test('rows expire by the injected clock, and a sweep takes them out of the file', () =>
  withStore(async ({ store, clock, file }) => {
    const notes = store.collection('notes', noteSchema, { ttlMs: ({ count }) => count });
    await notes.set('short', { text: 'short', count: 60_000 });
    await notes.set('long', { text: 'long', count: 120_000 });
    await notes.set('ever', { text: 'ever' });
    clock.jump(61_000);
    assert.equal(await notes.get('short'), undefined);
    assert.equal((await notes.all()).length, 2);
    assert.equal(await store.sweep(), 1);
    assert.deepEqual(await sql(file, 'SELECT key FROM rows ORDER BY key'), [
      { key: 'notes:ever' },
      { key: 'notes:long' },
    ]);
    clock.jump(61_000);
    assert.equal(await store.sweep(), 1);
    assert.equal(await store.sweep(), 0);
  }));

test('many rows are deleted in steps, so that no writer waits for all of them', () =>
  withStore(async ({ store, file }) => {
    const notes = store.collection('notes', noteSchema);
    for (let index = 100; index < 200; index += 1) await notes.set(String(index), { text: 'mine' });
    const last = `CREATE TRIGGER last BEFORE DELETE ON rows WHEN OLD.key = 'notes:199' BEGIN SELECT RAISE(ABORT, 'last'); END`;
    await sql(file, last);
    await assert.rejects(notes.deleteWhere('text', 'mine'), /last/);
    assert.equal((await notes.all()).length, 50);
  }));

test('setting a row anew begins its life anew', () =>
  withStore(async ({ store, clock }) => {
    const notes = store.collection('notes', noteSchema, { ttlMs: 60_000 });
    await notes.set('a', { text: 'a' });
    clock.jump(50_000);
    await notes.set('a', { text: 'a' });
    clock.jump(50_000);
    await store.sweep();
    assert.deepEqual(await notes.get('a'), { text: 'a' });
  }));

test('a damaged row is reported without its content and skipped, and a sweep survives it', () =>
  withStore(async ({ store, file, problems, clock }) => {
    const notes = store.collection('notes', noteSchema, { ttlMs: 1000 });
    await notes.set('good', { text: 'good' });
    const insert = 'INSERT INTO rows VALUES (?, ?)';
    await sql(file, insert, 'notes:broken', '{"row": {"text": "hunter2"');
    await sql(file, insert, 'notes:stranger-than-eight', '{"row": {"text": ["hunter2"]}}');
    await sql(file, insert, 'notes:blob', Buffer.from([0xff, 0x00]));
    assert.deepEqual(await notes.all(), [{ text: 'good' }]);
    assert.equal(await notes.get('broken'), undefined);
    assert.equal(await notes.get('stranger-than-eight'), undefined);
    const reasons = problems.map(({ key, reason }) => `${key}: ${reason}`);
    assert.ok(reasons.includes('broken: not a stored row'));
    assert.ok(reasons.includes('stranger: does not fit its schema: text (invalid_type)'));
    assert.doesNotMatch(JSON.stringify(problems), /hunter2|than-eight/);
    clock.jump(2000);
    assert.equal(await store.sweep(), 1);
    await notes.set('broken', { text: 'mended' });
    assert.deepEqual(await notes.get('broken'), { text: 'mended' });
  }));

test('what was erased is in no byte of any file after a sweep', () =>
  withStore(async ({ store, dir }) => {
    const canary = 'canary-correct-horse';
    const notes = store.collection('notes', noteSchema);
    const keys = Array.from({ length: 120 }, (_, count) => `key ${count}`);
    // Long ones lie on pages of their own, which an erasure frees; others are squeezed when their neighbours grow.
    const textOf = (key: string, word: string) => word.repeat(key.endsWith('7') ? 1000 : 3);
    await Promise.all(keys.map((key) => notes.set(key, { text: textOf(key, canary) })));
    assert.notDeepEqual(await filesWith(dir, canary), [], 'the canary must be visible before');
    for (const key of keys) {
      if (key.includes('3')) await notes.delete(key);
      else await notes.set(key, { text: textOf(key, 'erased') });
    }
    await store.sweep();
    assert.deepEqual(await filesWith(dir, canary), []);
  }));

async function filesWith(dir: string, word: string): Promise<string[]> {
  const files = await readdir(dir);
  const contents = await Promise.all(files.map((name) => readFile(join(dir, name))));
  return files.filter((_, index) => contents[index]?.includes(word));
}

test('a sweep beside a reader that takes long holds up nobody', () =>
  withStore(async ({ store, another, file, clock }) => {
    const notes = (await another()).collection('notes', noteSchema);
    await notes.set('a', { text: 'before' });
    const reader = await connect(file, 0, clock);
    await reader.query('BEGIN');
    await reader.query('SELECT * FROM rows');
    let isSwept = false;
    const sweep = store.sweep().finally(() => {
      isSwept = true;
    });
    const waits: number[] = [];
    while (!isSwept) {
      const at = performance.now();
      await notes.set('a', { text: 'meanwhile' });
      waits.push(performance.now() - at);
    }
    await sweep;
    await reader.close();
    assert.ok(Math.max(...waits) < 1000, `${Math.max(...waits)} ms`);
  }));

test('a sweep costs what has expired and not what is stored', () =>
  withStore(async ({ store, file, clock }) => {
    await sql(
      file,
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
       INSERT INTO rows SELECT 'notes:' || i, json_object('expiresAt', ? + i, 'row', json_object('text', 'x')) FROM n`,
      clock.now() + 3_600_000,
    );
    const plan = await sql(file, `EXPLAIN QUERY PLAN SELECT key FROM rows WHERE ${expiry(field)} <= 5`);
    assert.match(JSON.stringify(plan), /SEARCH rows USING (COVERING )?INDEX rows_until/);
    assert.equal(await store.sweep(), 0);
  }));

test('two processes share the file: each sees what the other wrote', () =>
  withStore(async ({ store, another }) => {
    const [mine, theirs] = [store, await another()].map((side) => side.collection('notes', noteSchema));
    assert.ok(mine && theirs);
    await Promise.all(
      Array.from({ length: 50 }, (_, count) => [
        mine.set(`mine ${count}`, { text: 'm' }),
        theirs.set(`theirs ${count}`, { text: 't' }),
      ]).flat(),
    );
    assert.equal((await mine.all()).length, 100);
    assert.deepEqual(await mine.get('theirs 49'), { text: 't' });
  }));

test('closing waits for what was begun', () =>
  withStore(async ({ store, reopen }) => {
    const notes = store.collection('notes', noteSchema);
    const begun = Array.from({ length: 30 }, (_, count) => notes.set('a', { text: 'a', count }));
    const after = (await reopen()).collection('notes', noteSchema);
    await Promise.all(begun);
    assert.deepEqual(await after.get('a'), { text: 'a', count: 29 });
  }));

test('a failing write rejects, and the next one works', () =>
  withStore(async ({ store, file }) => {
    const notes = store.collection('notes', noteSchema);
    await sql(file, `CREATE TRIGGER full BEFORE INSERT ON rows BEGIN SELECT RAISE(ABORT, 'full'); END`);
    await assert.rejects(notes.set('a', { text: 'a' }), /SQLITE_CONSTRAINT/);
    await sql(file, 'DROP TRIGGER full');
    await notes.set('a', { text: 'a' });
    assert.deepEqual(await notes.get('a'), { text: 'a' });
  }));

test('nobody else can read the file, and it is in the mode for two processes', () =>
  withStore(async ({ file }) => {
    assert.equal((await stat(file)).mode & 0o077, 0);
    assert.deepEqual(await sql(file, 'PRAGMA journal_mode'), [{ journal_mode: 'wal' }]);
    assert.deepEqual(await sql(file, 'PRAGMA auto_vacuum'), [{ auto_vacuum: 2 }]);
  }));

test('closing while a server is being forgotten leaves no connection to the file open', () =>
  withDirectory(async (dir) => {
    const open = () => openStore({ dir, clock: systemClock, log: (row) => assert.fail(JSON.stringify(row)) });
    const [store, guild] = [await open(), '1'];
    const rows = store.collection('notes', noteSchema);
    for (let number = 0; number < 120; number += 1) await rows.set(String(number), { text: guild });
    const forgetting = assert.rejects(rows.deleteWhere('text', guild), /being closed/);
    await store.close();
    await forgetting;
    // SQLite deletes its log with the last connection.
    assert.deepEqual(
      (await readdir(dir)).filter((name) => name.endsWith('-wal')),
      [],
    );
    const later = await open();
    await later.collection('notes', noteSchema).deleteWhere('text', guild);
    assert.deepEqual(await later.collection('notes', noteSchema).all(), []);
    await later.close();
  }));
