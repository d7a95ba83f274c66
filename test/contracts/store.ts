import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import type { Collection, ScanStore } from '../../src/scan/ports.ts';
import type { Scan } from '../../src/scan/scan.ts';
import { type Token, tokenSchema } from '../../src/scan/token.ts';

export const noteSchema = z.object({ text: z.string(), count: z.number().optional() });
type Note = z.infer<typeof noteSchema>;

/** A collection, and the same one as it is after a restart. */
interface Notes {
  notes: Collection<Note>;
  reopened(): Promise<Collection<Note>>;
}

type CollectionMaker = (body: (made: Notes) => Promise<void>) => Promise<void>;

/** What every collection must do. `withNotes` makes an empty one and takes it away after the body. */
export function collectionContract(name: string, withNotes: CollectionMaker): void {
  test(`${name}: a row that was never set is absent`, () =>
    withNotes(async ({ notes }) => {
      assert.equal(await notes.get('a'), undefined);
      assert.deepEqual(await notes.all(), []);
      await notes.delete('a');
    }));

  test(`${name}: what was set is there after a restart, and what was deleted is not`, () =>
    withNotes(async ({ notes, reopened }) => {
      await notes.set('a', { text: 'first' });
      await notes.set('b', { text: 'second', count: 2 });
      await notes.set('a', { text: 'third' });
      await notes.delete('b');
      const after = await reopened();
      assert.deepEqual(await after.get('a'), { text: 'third' });
      assert.equal(await after.get('b'), undefined);
      assert.deepEqual(await after.all(), [{ text: 'third' }]);
    }));

  test(`${name}: changes of one key made at once end in the order of the calls`, () =>
    withNotes(async ({ notes }) => {
      const changes = Array.from({ length: 40 }, (_, count) => notes.set('a', { text: 'x'.repeat(40 - count), count }));
      await Promise.all([...changes, notes.delete('a'), notes.set('a', { text: 'last' })]);
      assert.deepEqual(await notes.get('a'), { text: 'last' });
    }));

  test(`${name}: rows with a value in a field are deleted, and no others`, () =>
    withNotes(async ({ notes, reopened }) => {
      const texts = ['mine', "mine' OR 1=1 --", 'other'];
      for (const [index, text] of texts.entries()) await notes.set(String(index), { text });
      await notes.deleteWhere('text', 'mine');
      await notes.deleteWhere('missing.field', 'mine');
      assert.deepEqual(sorted(await (await reopened()).all()), texts.slice(1));
    }));

  test(`${name}: rows with a value in a field are deleted, however many they are`, () =>
    withNotes(async ({ notes }) => {
      const texts = Array.from({ length: 240 }, (_, index) => (index % 2 === 0 ? 'mine' : `other ${index}`));
      await Promise.all(texts.map((text, index) => notes.set(String(index), { text })));
      await notes.deleteWhere('text', 'mine');
      assert.deepEqual(sorted(await notes.all()), texts.filter((text) => text !== 'mine').sort());
    }));

  test(`${name}: a row is a copy: changing it afterwards changes nothing`, () =>
    withNotes(async ({ notes }) => {
      const row: Note = { text: 'mine' };
      const setting = notes.set('a', row);
      row.text = 'changed';
      await setting;
      assert.deepEqual(await notes.get('a'), { text: 'mine' });
    }));

  test(`${name}: any sequence of changes leaves what a map would hold, also after a restart`, () =>
    withNotes(async ({ notes, reopened }) => {
      const key = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }).map((text) => `${text.length}/${text}`);
      const change = fc.record({ key, text: fc.option(fc.string({ unit: 'binary' }), { nil: undefined }) });
      const expected = new Map<string, Note>();
      let current = notes;
      await fc.assert(
        fc.asyncProperty(fc.array(change, { maxLength: 20 }), fc.boolean(), async (changes, restart) => {
          for (const { key, text } of changes) {
            if (text === undefined) expected.delete(key);
            else expected.set(key, { text });
            await (text === undefined ? current.delete(key) : current.set(key, { text }));
          }
          if (restart) current = await reopened();
          for (const { key } of changes) assert.deepEqual(await current.get(key), expected.get(key));
          assert.deepEqual(sorted(await current.all()), sorted([...expected.values()]));
        }),
        { numRuns: 25 },
      );
    }));
}

const sorted = (notes: Note[]) => notes.map(({ text }) => text).toSorted();

interface Scans {
  store: ScanStore;
  reopened(): Promise<ScanStore>;
}

/** What every store of scans must do. */
export function scanStoreContract(
  name: string,
  withStore: (body: (made: Scans) => Promise<void>) => Promise<void>,
): void {
  test(`${name}: a token that was never drawn is unknown`, () =>
    withStore(async ({ store }) => {
      assert.equal(await store.get(tokenOf(1)), undefined);
      assert.deepEqual(await store.unfinished(), []);
    }));

  test(`${name}: a scan is found by its token, with all that it holds, after a restart`, () =>
    withStore(async ({ store, reopened }) => {
      for (const scan of [readyScan(1), identifiedScan(2), settledScan(3)]) await store.put(scan);
      const after = await reopened();
      for (const scan of [readyScan(1), identifiedScan(2), settledScan(3)]) {
        assert.deepEqual(plain(await after.get(scan.token)), plain(scan));
      }
    }));

  test(`${name}: its salt is drawn once, also when two ask at once, and is the same after a restart`, () =>
    withStore(async ({ store, reopened }) => {
      const [first, second] = await Promise.all([store.salt(), store.salt()]);
      assert.ok(first.length >= 16);
      assert.deepEqual([second, await (await reopened()).salt()], [first, first]);
    }));

  test(`${name}: a restart finds the scans that have not settled`, () =>
    withStore(async ({ store, reopened }) => {
      for (const scan of [readyScan(1), identifiedScan(2), settledScan(3), readyScan(4)]) await store.put(scan);
      await store.put(settledScan(4));
      const open = await (await reopened()).unfinished();
      assert.deepEqual(open.map(({ token }) => token).toSorted(), [tokenOf(1), tokenOf(2)].toSorted());
    }));

  test(`${name}: steps stored at once end with the last`, () =>
    withStore(async ({ store }) => {
      await Promise.all([store.put(readyScan(1)), store.put(identifiedScan(1)), store.put(settledScan(1))]);
      assert.equal((await store.get(tokenOf(1)))?.stage, 'settled');
      assert.deepEqual(await store.unfinished(), []);
    }));

  test(`${name}: a scan is deleted by its token, and all of one server with that server`, () =>
    withStore(async ({ store, reopened }) => {
      const ofServer = (digit: number, server: string): Scan => {
        const scan = readyScan(digit);
        return { ...scan, origin: { ...scan.origin, server } };
      };
      for (const scan of [ofServer(1, 'a'), ofServer(2, 'b'), settledScan(3), readyScan(4)]) await store.put(scan);
      await store.delete(tokenOf(3));
      await store.deleteOf('a');
      const after = await reopened();
      const left = await Promise.all(
        [1, 2, 3, 4].map(async (digit) => (await after.get(tokenOf(digit))) !== undefined),
      );
      assert.deepEqual(left, [false, true, false, true]);
    }));

  test(`${name}: what a member asked for is found, the newest first, and no scans of others or that nobody asked for`, () =>
    withStore(async ({ store, reopened }) => {
      const of = (digit: number, member: string, urgency: 'interactive' | 'automatic' = 'interactive'): Scan => ({
        ...settledScan(digit),
        createdAt: 1000 + digit,
        origin: { urgency, member },
      });
      for (const scan of [of(2, 'a'), of(5, 'b'), of(1, 'a'), of(4, 'a', 'automatic'), of(3, 'a')])
        await store.put(scan);
      await store.put({ ...readyScan(6), createdAt: 1006, origin: { urgency: 'interactive', member: 'a' } });
      const after = await reopened();
      const recent = async (member: string, limit: number) =>
        (await after.recentOf(member, limit)).map(({ token }) => token);
      assert.deepEqual(await recent('a', 9), [6, 3, 2, 1].map(tokenOf));
      assert.deepEqual(await recent('a', 2), [6, 3].map(tokenOf));
      assert.deepEqual(await recent("a' OR 1=1 --", 9), []);
      await after.delete(tokenOf(3));
      assert.deepEqual(await recent('a', 2), [6, 2].map(tokenOf));
    }));

  test(`${name}: an inquiry is found by its key`, () =>
    withStore(async ({ store, reopened }) => {
      assert.equal(await store.inquiries.get('f00'), undefined);
      await store.inquiries.set('f00', {
        key: 'f00',
        subject: { kind: 'file', hash: 'f00' },
        stage: 'uploading',
        since: 5,
      });
      await store.inquiries.set('f00', { key: 'f00', subject: { kind: 'file', hash: 'f00' }, stage: 'open' });
      const after = await reopened();
      assert.deepEqual(await after.inquiries.get('f00'), {
        key: 'f00',
        subject: { kind: 'file', hash: 'f00' },
        stage: 'open',
      });
    }));
}

/** Without the fields that are undefined. */
const plain = (scan: Scan | undefined): unknown => scan && JSON.parse(JSON.stringify(scan));

export function tokenOf(digit: number): Token {
  return tokenSchema.parse(digit.toString(16).padStart(64, '0'));
}

function base(digit: number) {
  const source = { kind: 'path' as const, path: `/files/${digit}`, name: `file ${digit}` };
  const origin = { urgency: 'interactive' as const, member: '7' };
  return { token: tokenOf(digit), source, origin, mode: 'scan' as const, createdAt: 1000 };
}

export function readyScan(digit: number, password?: string): Scan {
  return { ...base(digit), stage: 'ready', password };
}

export function identifiedScan(digit: number): Scan {
  const hashes = { sha256: 'a'.repeat(64), sha1: 'b'.repeat(40), md5: 'c'.repeat(32) };
  const file = { path: `/files/${digit}`, spooled: false, size: 3, ...hashes, content: { lock: 'open' as const } };
  return { ...base(digit), stage: 'identified', startedAt: 2000, file, inquiry: 'a'.repeat(64) };
}

export function settledScan(digit: number): Scan {
  const outcome = { kind: 'error' as const, code: 'engine.refused' as const };
  return { ...base(digit), stage: 'settled', startedAt: 2000, settledAt: 3000, outcome };
}
