import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createSealer } from '../../src/secrets/sealer.ts';
import { secretKeyOf } from '../../src/secrets/secretKey.ts';

const dir = await mkdtemp(join(tmpdir(), 'sealer-'));
after(() => rm(dir, { recursive: true }));
let files = 0;
const newFile = () => join(dir, String(files++), 'secret.key');
const newKey = () => secretKeyOf(randomBytes(32));

test('what was sealed is opened again for the same owner, and tells nothing', async () => {
  const sealer = createSealer({ keys: [newKey()], file: newFile() });
  const sealed = await sealer.seal('a-secret', 'server 1');
  assert.ok(!sealed.includes(Buffer.from('a-secret').toString('base64url')));
  assert.equal(await sealer.open(sealed, 'server 1'), 'a-secret');
  assert.equal(await sealer.open(sealed, 'server 2'), undefined);
});

test('after a rotation the first key seals and all keys open; without the old one its texts stay closed', async () => {
  const [before, now] = [newKey(), newKey()];
  const file = newFile();
  const sealed = await createSealer({ keys: [before], file }).seal('text', 'o');
  const rotated = createSealer({ keys: [now, before], file });
  assert.equal(await rotated.open(sealed, 'o'), 'text');
  const again = await rotated.seal('text', 'o');
  assert.deepEqual([sealed, again].map(rotated.isOld), [true, false]);
  const later = createSealer({ keys: [now], file });
  assert.equal(await later.open(again, 'o'), 'text');
  assert.equal(await later.open(sealed, 'o'), undefined);
});

test('without keys a file is made at first use that only this user may read, and all who make it agree', async () => {
  const file = newFile();
  const sealer = createSealer({ keys: [], file });
  assert.equal(await sealer.open('nothing', 'o'), undefined);
  await assert.rejects(stat(file));
  const sealed = await Promise.all(Array.from({ length: 8 }, () => createSealer({ keys: [], file }).seal('text', 'o')));
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  for (const one of sealed) assert.equal(await sealer.open(one, 'o'), 'text');
  assert.deepEqual(await readdir(join(file, '..')), ['secret.key']);
  // Once SECRET_KEY is set, the file still opens what it has sealed.
  const configured = createSealer({ keys: [newKey()], file });
  assert.equal(await configured.open(sealed[0] ?? '', 'o'), 'text');
});

test('what no key of ours has sealed is counted as lost', async () => {
  const [first, second] = [newKey(), newKey()];
  const file = newFile();
  const sealed = await Promise.all([first, second].map((key) => createSealer({ keys: [key], file }).seal('text', 'o')));
  const byFile = await createSealer({ keys: [], file }).seal('text', 'o');
  const all = [...sealed, byFile, 'garbage'];
  assert.equal(await createSealer({ keys: [first, second], file }).countLost(all), 1);
  assert.equal(await createSealer({ keys: [second], file: newFile() }).countLost(all), 3);
  assert.equal(await createSealer({ keys: [], file: newFile() }).countLost(all), 4);
});

test('a key file that was made before a kill is whole, and what the kill left of making it changes nothing', async () => {
  const file = newFile();
  const first = await createSealer({ keys: [], file }).seal('text', 'o');
  const key = await readFile(file, 'utf8');
  // The kill came before the draft became the file, and after that.
  for (const [draft, isThere] of [
    ['', false],
    [key.slice(0, 20), false],
    [key, false],
    [key, true],
  ] as const) {
    const other = newFile();
    await mkdir(join(other, '..'));
    await writeFile(`${other}.0123456789ab`, draft);
    if (isThere) await writeFile(other, key);
    const sealer = createSealer({ keys: [], file: other });
    const sealed = await sealer.seal('text', 'o');
    assert.equal(await createSealer({ keys: [], file: other }).open(sealed, 'o'), 'text');
    assert.equal(await sealer.open(first, 'o'), isThere ? 'text' : undefined);
  }
});

test('a damaged key file is named, and is not overwritten', async () => {
  const file = join(dir, 'damaged.key');
  await writeFile(file, 'oops');
  const sealer = createSealer({ keys: [], file });
  await assert.rejects(sealer.seal('text', 'o'), /damaged\.key does not hold a key of 32 bytes/);
  assert.equal(await readFile(file, 'utf8'), 'oops');
  const sealed = await createSealer({ keys: [newKey()], file: newFile() }).seal('text', 'o');
  assert.equal(await sealer.open(sealed, 'o'), undefined, 'nor does it open anything');
});

test('a text that somebody has changed is not opened', async () => {
  const sealer = createSealer({ keys: [newKey()], file: newFile() });
  const sealed = await sealer.seal('text', 'o');
  for (let at = 0; at < sealed.length; at += 7) {
    const other = sealed[at] === 'A' ? 'B' : 'A';
    // The last character of a part may hold bits that do not count.
    if (sealed[at + 1] === '.' || sealed[at] === '.') continue;
    assert.equal(await sealer.open(sealed.slice(0, at) + other + sealed.slice(at + 1), 'o'), undefined);
  }
  for (const text of ['', '.', 'a.b.c.d.e', '....']) assert.equal(await sealer.open(text, 'o'), undefined);
});
