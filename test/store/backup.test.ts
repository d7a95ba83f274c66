import assert from 'node:assert/strict';
import { copyFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { movableClock } from '../../sandbox/clock.ts';
import { StoreRefused } from '../../src/store/refused.ts';
import { scanStore } from '../../src/store/scanStore.ts';
import { backUp } from '../../src/store/sqlite/backup.ts';
import { openStore } from '../../src/store/store.ts';
import { noteSchema, readyScan, settledScan, tokenOf } from '../contracts/store.ts';
import { sql, withDirectory, withStore } from './opened.ts';

test('a backup that is made while a process writes holds all that was stored before, and opens as a store', () =>
  withStore(async ({ store, dir, file, clock }) => {
    const lease = await store.leases.take('x');
    assert.ok(lease);
    const notes = store.collection('notes', noteSchema);
    await notes.set('before', { text: 'before' });
    await scanStore(store, clock).put(settledScan(1));
    await scanStore(store, clock).put(readyScan(2));

    const copy = join(dir, 'copy.sqlite');
    const writing = Array.from({ length: 200 }, (_, count) => notes.set(String(count), { text: 'meanwhile', count }));
    const [size] = await Promise.all([backUp(file, copy, clock), ...writing]);
    assert.equal((await stat(copy)).size, size);
    assert.equal((await stat(copy)).mode & 0o777, 0o600);
    assert.deepEqual(await sql(copy, 'SELECT * FROM leases UNION ALL SELECT * FROM owners'), []);

    const restored = join(dir, 'restored');
    await mkdir(restored);
    await copyFile(copy, join(restored, 'vtscan.sqlite'));
    const other = await openStore({ dir: restored, clock, log: () => assert.fail('a row is damaged') });
    assert.deepEqual(await other.collection('notes', noteSchema).get('before'), { text: 'before' });
    assert.equal((await scanStore(other, clock).get(tokenOf(1)))?.stage, 'settled');
    assert.equal((await scanStore(other, clock).unfinished()).length, 1);
    assert.deepEqual(await other.sql.query('PRAGMA journal_mode'), [{ journal_mode: 'wal' }]);
    assert.ok(await other.leases.take('x'), 'nobody owns anything in it');
    await other.close();
  }));

const refusals = [
  {
    what: 'a file that exists',
    file: 'vtscan.sqlite',
    copy: 'diary',
    words: /diary exists already\. Choose another name/,
  },
  {
    what: 'a folder that does not exist',
    file: 'vtscan.sqlite',
    copy: 'no/copy',
    words: /copy cannot be written \(ENOENT\)/,
  },
  {
    what: 'a database that is missing',
    file: 'missing',
    copy: 'copy',
    words: /There is no database at .*missing\. Set DATA_DIR/,
  },
  { what: 'a database that is none', file: 'diary', copy: 'copy', words: /diary is not an intact SQLite database/ },
];
for (const { what, file, copy, words } of refusals) {
  test(`${what} is refused, and nothing is left or spoiled`, () =>
    withDirectory(async (dir) => {
      const clock = movableClock();
      await (await openStore({ dir, clock, log: () => {} })).close();
      const diary = 'a diary, not a database'.repeat(100);
      await writeFile(join(dir, 'diary'), diary);
      await assert.rejects(backUp(join(dir, file), join(dir, copy), clock), (error) => {
        assert.ok(error instanceof StoreRefused, String(error));
        assert.match(error.message, words);
        return true;
      });
      assert.equal(await readFile(join(dir, 'diary'), 'utf8'), diary);
      await assert.rejects(stat(join(dir, 'copy')), { code: 'ENOENT' });
    }));
}
