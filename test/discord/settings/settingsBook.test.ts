import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Change, createSettingsBook } from '../../../src/discord/settings/book.ts';
import { defaultSettings } from '../../../src/discord/settings/settings.ts';
import { createSkippedFiles, type SkippedFile } from '../../../src/discord/settings/skipped.ts';
import { memoryCollection } from '../../fixtures/memoryStore.ts';

const [guild, other, who] = ['100000000000000001', '100000000000000002', '100000000000000003'];

function opened(records = memoryCollection<Record<string, unknown>>()) {
  const changes: Change[] = [];
  const damaged: [string, string[]][] = [];
  const book = createSettingsBook({
    records,
    async changing(change) {
      changes.push(change);
    },
    changed() {},
    damaged: (guildId, fields) => damaged.push([guildId, fields]),
  });
  return { book, records, changes, damaged };
}

test('a change is there at once, in its server only, and after a restart', async () => {
  const { book, records, changes } = opened();
  const after = await book.change(guild, who, (settings) => ({ ...settings, noise: 'silent' }));
  assert.equal(after.noise, 'silent');
  assert.deepEqual(changes, [{ guild, who, before: defaultSettings, after }]);
  assert.equal((await book.read(guild)).noise, 'silent');
  assert.equal((await book.read(other)).noise, 'quiet');
  assert.equal((await opened(records).book.read(guild)).noise, 'silent');
});

test('changes at the same time are made one after the other, and none is lost', async () => {
  const { book } = opened();
  const channels = Array.from({ length: 20 }, (_, number) => `2000000000000000${10 + number}`);
  const add = (channel: string) =>
    book.change(guild, who, (settings) => ({ ...settings, watchedChannels: [...settings.watchedChannels, channel] }));
  await Promise.all(channels.map(add));
  assert.deepEqual((await book.read(guild)).watchedChannels, channels);
});

test('a change that changes nothing is not told', async () => {
  const { book, changes } = opened();
  await book.change(guild, who, (settings) => ({ ...settings, noise: 'quiet' }));
  assert.deepEqual(changes, []);
});

test('what could not be stored did not happen, and the next change does', async () => {
  const records = memoryCollection<Record<string, unknown>>();
  let full = true;
  const { book } = opened({
    ...records,
    set: (key, row) => (full ? Promise.reject(new Error('disk full')) : records.set(key, row)),
  });
  const silence = () => book.change(guild, who, (settings) => ({ ...settings, noise: 'silent' }));
  await assert.rejects(silence, /disk full/);
  assert.equal((await book.read(guild)).noise, 'quiet');
  full = false;
  assert.equal((await silence()).noise, 'silent');
});

test('settings that could not be read once are read at the next question', async () => {
  const records = memoryCollection<Record<string, unknown>>();
  await records.set(guild, { noise: 'verbose' });
  let broken = true;
  const { book } = opened({
    ...records,
    get: (key) => (broken ? Promise.reject(new Error('busy')) : records.get(key)),
  });
  await assert.rejects(book.read(guild), /busy/);
  broken = false;
  assert.equal((await book.read(guild)).noise, 'verbose');
});

test('a damaged field is reported once, and what a newer version wrote is kept', async () => {
  const { book, records, damaged } = opened();
  await records.set(guild, { noise: 'deafening', upload: 'ask', future: { mode: 1 } });
  assert.deepEqual(await book.read(guild), { ...defaultSettings, upload: 'ask' });
  await book.read(guild);
  assert.deepEqual(damaged, [[guild, ['noise', 'future']]]);
  await book.change(guild, who, (settings) => ({ ...settings, links: true }));
  assert.deepEqual((await records.get(guild))?.future, { mode: 1 });
});

test('a reset keeps the lists of files; a server that is left keeps nothing', async () => {
  const { book, records } = opened();
  const file = { sha256: 'a'.repeat(64), name: 'a.exe', by: who, at: 1 };
  await book.change(guild, who, (settings) => ({ ...settings, noise: 'silent', block: [file] }));
  assert.deepEqual(await book.reset(guild, who), { ...defaultSettings, block: [file] });
  await book.forget(guild);
  assert.deepEqual(await book.read(guild), defaultSettings);
  assert.equal(await records.get(guild), undefined);
});

test('the last twenty skipped files of each server are kept, newest first', async () => {
  const skipped = createSkippedFiles(memoryCollection());
  const file = (at: number): SkippedFile => ({ at, channel: other, name: `${at}.png`, reason: 'image' });
  await Promise.all(Array.from({ length: 30 }, (_, at) => skipped.add(guild, file(at))));
  const kept = await skipped.of(guild);
  assert.deepEqual(
    kept.map(({ at }) => at),
    Array.from({ length: 20 }, (_, index) => 29 - index),
  );
  assert.deepEqual(await skipped.of(other), []);
  await skipped.forget(guild);
  assert.deepEqual(await skipped.of(guild), []);
});
