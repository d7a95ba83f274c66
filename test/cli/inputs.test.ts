import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { openInputs } from '../../src/cli/inputs.ts';
import type { Scan } from '../../src/scan/scan.ts';
import { tokenSchema } from '../../src/scan/token.ts';

const { signal } = new AbortController();
const hours = (count: number) => count * 60 * 60_000;

async function withInputs(t: TestContext) {
  const dataDir = await mkdtemp(join(tmpdir(), 'vtscan-inputs-'));
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  return openInputs(dataDir);
}

const begun = (path: string): Extract<Scan, { stage: 'started' }> => ({
  token: tokenSchema.parse('a'.repeat(64)),
  source: { kind: 'path', path, name: 'stdin' },
  origin: { urgency: 'interactive' },
  mode: 'scan',
  createdAt: 0,
  stage: 'started',
  startedAt: 0,
});
const settled = (path: string): Scan => ({
  ...begun(path),
  stage: 'settled',
  settledAt: 0,
  outcome: { kind: 'error', code: 'engine.quota' },
});

test('a copy is readable by its owner only, and goes with the end of its scan, not before', async (t) => {
  const inputs = await withInputs(t);
  const path = await inputs.copy(Readable.from([Buffer.from('two '), Buffer.from('parts')]), signal);
  assert.equal(await readFile(path, 'utf8'), 'two parts');
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  inputs.release(begun(path));
  await inputs.close();
  assert.ok(existsSync(path));
  inputs.release(settled(path));
  await inputs.close();
  assert.ok(!existsSync(path));
});

test("a person's own file is never deleted", async (t) => {
  const inputs = await withInputs(t);
  const copy = await inputs.copy(Readable.from([]), signal);
  for (const path of [join(copy, '..', '..', 'own'), import.meta.filename]) inputs.release(settled(path));
  await inputs.close();
  assert.ok(existsSync(import.meta.filename));
});

test('interrupted, it leaves nothing', async (t) => {
  const inputs = await withInputs(t);
  const stopping = new AbortController();
  const input = new PassThrough();
  input.write('part');
  const copying = inputs.copy(input, stopping.signal);
  stopping.abort(new Error('interrupted'));
  await assert.rejects(copying, /interrupted/);
  let isAsked = false;
  await inputs.sweep(async () => {
    isAsked = true;
    return [];
  }, Date.now());
  assert.equal(isAsked, false, 'there is nothing to sweep');
});

test('what a killed command left is deleted after an hour, unless its scan is not finished', async (t) => {
  const inputs = await withInputs(t);
  const [left = '', open = '', young = ''] = await Promise.all(
    ['left', 'open', 'young'].map((text) => inputs.copy(Readable.from([Buffer.from(text)]), signal)),
  );
  const now = Date.now();
  for (const path of [left, open]) await utimes(path, new Date(now - hours(2)), new Date(now - hours(2)));
  await inputs.sweep(async () => [`a text with ${open} in it`], now);
  assert.deepEqual(
    [left, open, young].map((path) => existsSync(path)),
    [false, true, true],
  );
});
