import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { access, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Downloads } from '../../src/scan/ports.ts';
import type { ByteSource } from '../../src/scan/scan.ts';

interface Shared {
  downloads: Downloads;
  /** Those of the next process, after this one has died. */
  restarted(): Downloads;
  /** Those of a process beside this one. */
  beside(): Downloads;
  /** Shares a file with these bytes. */
  share(bytes: Buffer): Promise<ByteSource>;
  /** A directory for files of somebody's own. */
  dir: string;
}

type Maker = (body: (shared: Shared) => Promise<void>) => Promise<void>;

const never = new AbortController().signal;
const unheard = () => {};
const bytes = Buffer.from('%PDF-1.7\nsome file that somebody shared\n');
const sha256 = createHash('sha256').update(bytes).digest('hex');

/** What everything that fetches files must do. */
export function downloadsContract(name: string, withShared: Maker): void {
  test(`${name}: a shared file arrives whole, with its SHA-256 and what it is`, () =>
    withShared(async ({ downloads, share }) => {
      const heard: (number | undefined)[] = [];
      const file = await downloads.fetch(await share(bytes), never, (count) => heard.push(count));
      assert.deepEqual(await readFile(file.path), bytes);
      assert.deepEqual(
        { ...file, path: '' },
        {
          path: '',
          spooled: true,
          size: bytes.length,
          sha256,
          content: { mime: 'application/pdf', extension: 'pdf', lock: 'open' as const },
        },
      );
      assert.equal(heard[0], 0);
      assert.equal(heard.at(-1), bytes.length);
    }));

  test(`${name}: a look at the first bytes tells what the whole file would`, () =>
    withShared(async ({ downloads, share }) => {
      const source = await share(bytes);
      const { content } = await downloads.fetch(source, never, unheard);
      assert.deepEqual(await downloads.peek(source, never), content);
      const reason = new Error('stopping');
      await assert.rejects(downloads.peek(source, AbortSignal.abort(reason)), reason);
    }));

  test(`${name}: a copy stays until it is dropped`, () =>
    withShared(async ({ downloads, share }) => {
      const file = await downloads.fetch(await share(bytes), never, unheard);
      assert.deepEqual(await readFile(file.path), bytes);
      await downloads.drop(file);
      await downloads.drop(file);
      await assert.rejects(access(file.path));
    }));

  test(`${name}: a file of which no copy was kept, or whose copy was lost or cut, is fetched again when it is needed`, () =>
    withShared(async ({ downloads, share }) => {
      const source = await share(bytes);
      const file = await downloads.fetch(source, never, unheard, false);
      await assert.rejects(access(file.path));
      assert.equal(file.sha256, sha256);
      for (const harm of [async () => {}, () => rm(file.path), () => writeFile(file.path, 'cut')]) {
        await harm();
        await downloads.provide(file, source, never);
        assert.deepEqual(await readFile(file.path), bytes);
      }
    }));

  test(`${name}: a file that is another one when it is fetched again is refused, and not kept`, () =>
    withShared(async ({ downloads, share }) => {
      const file = await downloads.fetch(await share(bytes), never, unheard, false);
      const other = await share(Buffer.from('other bytes'));
      await assert.rejects(downloads.provide(file, other, never), { code: 'download.changed' });
      await assert.rejects(access(file.path));
    }));

  test(`${name}: the next process takes over the copies that belong to somebody, and the others go`, () =>
    withShared(async ({ downloads, restarted, share }) => {
      const source = await share(bytes);
      const [wanted, orphan] = [
        await downloads.fetch(source, never, unheard),
        await downloads.fetch(source, never, unheard),
      ];
      assert.ok(wanted && orphan);
      const after = restarted();
      await after.keepOnly([wanted.path]);
      const adopted = await after.adopt(wanted);
      await after.keepOnly([]);
      assert.deepEqual(await readFile(adopted.path), bytes);
      await assert.rejects(access(orphan.path));
      await assert.rejects(access(wanted.path));
      await after.drop(adopted);
      await assert.rejects(access(adopted.path));
    }));

  test(`${name}: copies of a living process stay, whoever works with them`, () =>
    withShared(async ({ downloads, beside, share }) => {
      const source = await share(bytes);
      const file = await downloads.fetch(source, never, unheard);
      const other = beside();
      const adopted = await other.adopt(file);
      await other.keepOnly([]);
      await other.drop(adopted);
      assert.deepEqual(await readFile(file.path), bytes);
    }));

  test(`${name}: somebody's own file is read where it is and never deleted`, () =>
    withShared(async ({ downloads, dir }) => {
      const path = join(dir, 'own "file" 메모');
      await writeFile(path, bytes);
      const file = await downloads.fetch({ kind: 'path', path, name: 'own' }, never, unheard);
      assert.equal(file.path, path);
      assert.equal(file.spooled, false);
      assert.equal(file.sha256, sha256);
      await downloads.drop(file);
      await downloads.keepOnly([]);
      assert.deepEqual(await downloads.adopt(file), file);
      assert.deepEqual(await readFile(path), bytes);
    }));

  test(`${name}: a file of one's own that is missing or no file is unreadable`, () =>
    withShared(async ({ downloads, dir }) => {
      for (const path of [join(dir, 'missing'), dir]) {
        const fetched = downloads.fetch({ kind: 'path', path, name: 'own' }, never, unheard);
        await assert.rejects(fetched, { code: 'file.unreadable' });
      }
    }));

  test(`${name}: what nobody wants any more ends with the reason`, () =>
    withShared(async ({ downloads, share }) => {
      const reason = new Error('stopping');
      await assert.rejects(downloads.fetch(await share(bytes), AbortSignal.abort(reason), unheard), reason);
    }));
}
