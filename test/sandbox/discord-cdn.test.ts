import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { movableClock } from '../../sandbox/clock.ts';
import { type SandboxDiscord, startDiscord } from '../../sandbox/discord/server.ts';
import type { SandboxFile } from '../../sandbox/discord/storedFile.ts';

const day = 24 * 60 * 60 * 1000;
const megabyte = new Uint8Array(1024 * 1024);

describe('the CDN of the loopback Discord', () => {
  const clock = movableClock();
  let discord: SandboxDiscord;
  let folder: string;

  before(async () => {
    discord = await startDiscord({ clock });
    folder = await mkdtemp(join(tmpdir(), 'vtscan-cdn-'));
  });
  after(async () => {
    await discord.close();
    await rm(folder, { recursive: true });
  });

  function posted(file: SandboxFile) {
    const attachment = discord.post({ files: [file] }).attachments[0];
    assert(attachment);
    return attachment;
  }

  test('serves bytes, files on disk and generated content, whole or in part', async () => {
    const path = join(folder, 'x');
    await writeFile(path, '0123456789');
    const generated = { size: 10, chunks: () => ['012', '3456', '789'].map((text) => Buffer.from(text)) };
    for (const content of ['0123456789', Buffer.from('0123456789'), { path }, generated]) {
      const { url, size } = posted({ name: 'ten.txt', content });
      assert.equal(size, 10);
      const whole = await fetch(url);
      assert.equal(whole.headers.get('content-length'), '10');
      assert.equal(await whole.text(), '0123456789');
      const part = await fetch(url, { headers: { range: 'bytes=2-4' } });
      assert.equal(part.status, 206);
      assert.equal(part.headers.get('content-range'), 'bytes 2-4/10');
      assert.equal(await part.text(), '234');
      assert.equal(await (await fetch(url, { headers: { range: 'bytes=-3' } })).text(), '789');
      assert.equal((await fetch(url, { headers: { range: 'bytes=10-' } })).status, 416);
    }
  });

  test('a link expires after a day and refresh-urls or the message give a new one', async () => {
    const { url } = posted({ name: 'a.txt', content: 'abc' });
    assert.equal((await fetch(url)).status, 200);
    clock.jump(day + 1000);
    const expired = await fetch(url);
    assert.equal(expired.status, 404);
    assert.equal(await expired.text(), 'This content is no longer available.');

    const response = await fetch(`${discord.apiUrl}/v10/attachments/refresh-urls`, {
      method: 'POST',
      headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ attachment_urls: [url] }),
    });
    const { refreshed_urls } = JSON.parse(await response.text());
    assert.equal(refreshed_urls[0].original, url);
    assert.equal(await (await fetch(refreshed_urls[0].refreshed)).text(), 'abc');
  });

  test('a link that was tampered with is not served', async () => {
    const { url } = posted({ name: 'a.txt', content: 'abc' });
    const later = new URL(url);
    later.searchParams.set('ex', 'ffffffff');
    assert.equal((await fetch(later)).status, 404);
    assert.equal((await fetch(url.split('?')[0] ?? '')).status, 404);
  });

  test('hostile names stay in the claim and out of the link', async () => {
    for (const name of ['../../etc/passwd', '..', 'a\u202Egpj.exe', '@everyone `x` ?#.txt', '\uD800']) {
      const attachment = posted({ name, content: 'abc' });
      assert.equal(attachment.filename, name);
      assert.equal(await (await fetch(attachment.url)).text(), 'abc');
    }
  });

  test('misbehaves on demand, and only as often as asked', async () => {
    const misbehaving = (misbehaviour: SandboxFile['misbehaviour'], content: SandboxFile['content'] = 'abc') =>
      posted({ name: 'x', content, ...(misbehaviour && { misbehaviour }) }).url;

    const broken = misbehaving({ kind: 'status', status: 500, times: 1 });
    assert.deepEqual([(await fetch(broken)).status, (await fetch(broken)).status], [500, 200]);
    const moved = await fetch(misbehaving({ kind: 'redirect', to: 'http://127.0.0.2/x' }), { redirect: 'manual' });
    assert.equal(moved.headers.get('location'), 'http://127.0.0.2/x');
    await assert.rejects(fetch(misbehaving({ kind: 'cut', afterBytes: 2 })).then((response) => response.text()));

    const stalled = new AbortController();
    const response = await fetch(misbehaving({ kind: 'stall', afterBytes: 2 }), { signal: stalled.signal });
    const reader = response.body?.getReader();
    assert.equal(Buffer.from((await reader?.read())?.value ?? []).toString(), 'ab');
    stalled.abort();

    const endless = await fetch(misbehaving({ kind: 'endless' }));
    let received = 0;
    for await (const chunk of endless.body ?? []) {
      received += chunk.length;
      if (received > 3 * megabyte.length) break;
    }
    assert(received > 3 * megabyte.length);
  });

  test('a declared size may be a lie, and a large generated file is streamed', async () => {
    assert.equal(posted({ name: 'x', content: 'abc', size: 9 }).size, 9);
    const chunks = function* () {
      for (let sent = 0; sent < 64; sent++) yield megabyte;
    };
    const { url } = posted({ name: 'big', content: { size: 64 * megabyte.length, chunks } });
    let received = 0;
    for await (const chunk of (await fetch(url)).body ?? []) received += chunk.length;
    assert.equal(received, 64 * megabyte.length);
  });
});
