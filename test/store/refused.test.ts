import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import sqlite3 from 'sqlite3';
import { movableClock } from '../../sandbox/clock.ts';
import { StoreRefused } from '../../src/store/refused.ts';
import { openStore } from '../../src/store/store.ts';
import { noteSchema } from '../contracts/store.ts';
import { sql, withDirectory, withStore } from './opened.ts';

const open = (dir: string, patience = 100) =>
  openStore({ dir, clock: movableClock(), log: () => assert.fail(), patience });

async function refuses(dir: string, words: RegExp): Promise<void> {
  await assert.rejects(open(dir), (error) => {
    assert.ok(error instanceof StoreRefused, String(error));
    assert.match(error.message, words);
    assert.ok(error.message.includes(dir), 'names the path');
    return true;
  });
}

test('a data directory is made where it is missing', () =>
  withDirectory(async (dir) => {
    const store = await open(join(dir, 'some', 'where'));
    await store.close();
    assert.deepEqual(await readdir(join(dir, 'some', 'where')), ['vtscan.sqlite']);
  }));

test('a data directory that cannot be made is refused', () =>
  withDirectory(async (dir) => {
    await writeFile(join(dir, 'file'), '');
    await refuses(join(dir, 'file', 'data'), /not in a directory .* Choose another DATA_DIR/);
  }));

test('a database that cannot be written is refused', () =>
  withDirectory(async (dir) => {
    await mkdir(join(dir, 'vtscan.sqlite'));
    await refuses(dir, /cannot be created or written .* Check/);
  }));

test('a file that is no database is refused and left as it is', () =>
  withDirectory(async (dir) => {
    const letter = 'Dear reader, this is no database. '.repeat(100);
    await writeFile(join(dir, 'vtscan.sqlite'), letter);
    await refuses(dir, /not an intact SQLite database/);
    assert.equal(await readFile(join(dir, 'vtscan.sqlite'), 'utf8'), letter);
  }));

test("another program's database is refused and left as it is", () =>
  withDirectory(async (dir) => {
    const file = join(dir, 'vtscan.sqlite');
    await sql(file, 'CREATE TABLE cats (name TEXT)');
    await refuses(dir, /database of another program/);
    assert.deepEqual(await sql(file, 'SELECT name FROM sqlite_schema'), [{ name: 'cats' }]);
  }));

test('a file of a newer version is refused', () =>
  withStore(async ({ file, dir }) => {
    await sql(file, 'PRAGMA user_version = 4');
    await refuses(dir, /newer version of vtscan \(4\)\. Update/);
    await sql(file, 'PRAGMA user_version = 3');
  }));

test('a file that somebody keeps locked is refused after some patience', () =>
  withStore(async ({ file, dir }) => {
    const other = new sqlite3.Database(file);
    await new Promise((locked) => other.exec('BEGIN IMMEDIATE', locked));
    await refuses(dir, /locked by another process/);
    await new Promise((closed) => other.close(closed));
  }));

test('several that open a new file at once all get it', () =>
  withDirectory(async (dir) => {
    // No more than three: those that wait each hold one of the four threads on which the one with the lock must go on.
    const stores = await Promise.all(Array.from({ length: 3 }, () => open(dir, 5000)));
    for (const [index, store] of stores.entries()) {
      await store.collection('notes', noteSchema).set(String(index), { text: 'here' });
    }
    assert.equal((await stores[0]?.collection('notes', noteSchema).all())?.length, 3);
    for (const store of stores) await store.close();
  }));
