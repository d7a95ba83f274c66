import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { virusTotalV2 } from '../../src/virustotal/v2.ts';
import { virusTotalV3 } from '../../src/virustotal/v3.ts';
import { anAsk, failsWith, uploadOf } from '../contracts/engine.ts';
import { always, answering, drained } from './answering.ts';

const accepted = { data: { type: 'analysis', id: 'id' } };
const MiB = 1024 * 1024;
/** Linux: a link to the open file for each descriptor of this process. */
const descriptors = '/proc/self/fd';

/** A sparse file: it takes no room on disk. */
async function largeUpload(size: number) {
  const upload = await uploadOf(Buffer.alloc(0));
  await truncate(upload.path, size);
  const hash = createHash('sha256');
  for (let left = size; left > 0; left -= MiB) hash.update(Buffer.alloc(Math.min(left, MiB)));
  return { ...upload, size, sha256: hash.digest('hex') };
}

test('a file of 60 MB passes through without being held in memory', async (t) => {
  let received = 0;
  let largest = 0;
  const url: string = await answering(t, async (request, response) => {
    if (request.url === '/files/upload_url') return always(200, { data: `${url}/up` })(request, response);
    received = await drained(request);
    always(200, accepted)(request, response);
  });
  const before = process.memoryUsage.rss();
  const upload = await largeUpload(60 * MiB);
  const sent = () => {
    largest = Math.max(largest, process.memoryUsage.rss());
  };
  assert.equal(await virusTotalV3({ url, key: 'key' }).upload({ ...upload, sent }, anAsk()), 'id');
  assert.ok(received > upload.size && received < upload.size + 1000);
  assert.ok(largest - before < 60 * MiB, `grew by ${largest - before}`);
});

test('a large file is sent nowhere but to VirusTotal', async (t) => {
  let elsewhere = 0;
  const foreign = await answering(t, (request, response) => {
    elsewhere += 1;
    always(200, accepted)(request, response);
  });
  const upload = await largeUpload(31 * MiB);
  for (const data of ['https://evil.example/up', 'ftp://127.0.0.1/up', 'up', '', 5, null]) {
    const url = await answering(t, always(200, { data }));
    await failsWith('engine.unreadable', virusTotalV3({ url, key: 'key' }).upload(upload, anAsk()));
  }

  const redirecting = await answering(t, always(307, '', { Location: foreign }));
  const small = await uploadOf(Buffer.from('x'));
  await failsWith('engine.unreadable', virusTotalV3({ url: redirecting, key: 'key' }).upload(small, anAsk()));
  assert.equal(elsewhere, 0);
});

test('an answer in the middle of the upload ends the upload', async (t) => {
  let read = 0;
  const url = await answering(t, (request, response) => {
    request.once('data', () => response.writeHead(413, { 'Content-Type': 'text/html' }).end('<h1>Too large</h1>'));
    request.on('data', (chunk) => {
      read += chunk.length;
      if (read > 2 * MiB) request.pause();
    });
  });
  let told = 0;
  const sent = (bytes: number) => {
    told = bytes;
  };
  const upload = await largeUpload(30 * MiB);
  await failsWith('file.tooLarge', virusTotalV3({ url, key: 'key' }).upload({ ...upload, sent }, anAsk()));
  assert.ok(told < upload.size);
});

test('a connection that breaks in the middle of the upload is passing trouble', async (t) => {
  const server = createServer((socket) => socket.once('data', () => socket.destroy()).on('error', () => {}));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const address = server.address();
  assert.ok(address && typeof address === 'object');
  const engine = virusTotalV3({ url: `http://127.0.0.1:${address.port}`, key: 'key' });
  await failsWith('engine.unavailable', engine.upload(await largeUpload(20 * MiB), anAsk()));
});

test('a file that shrinks while it is sent fails as such, not as trouble of the service', async (t) => {
  const url = await answering(t, always(200, accepted));
  const upload = await largeUpload(20 * MiB);
  let shrunk = false;
  const sent = async () => {
    if (shrunk) return;
    shrunk = true;
    await truncate(upload.path, 0);
  };
  const call = virusTotalV3({ url, key: 'key' }).upload({ ...upload, sent: () => void sent() }, anAsk());
  await failsWith('file.unreadable', call);
});

test('a file that is no longer what was hashed never arrives whole, and a small one not at all', async (t) => {
  let complete = 0;
  let read = '';
  const url: string = await answering(t, async (request, response) => {
    if (request.url === '/files/upload_url') return always(200, { data: `${url}/up` })(request, response);
    request.on('data', (chunk: Buffer) => {
      read += chunk.toString('latin1').replace(/\0{100,}/g, '');
    });
    const isWhole = await once(request, 'end').catch(() => undefined);
    if (isWhole) complete += 1;
    always(200, accepted)(request, response);
  });
  const engines = [virusTotalV3({ url, key: 'key' }), virusTotalV2({ url, key: 'key' })];
  const changed = async (size: number) => {
    const upload = await uploadOf(Buffer.alloc(size));
    await writeFile(upload.path, Buffer.concat([Buffer.from('changed'), Buffer.alloc(size - 7)]));
    return upload;
  };
  for (const engine of engines) {
    const empty = { ...(await uploadOf(Buffer.alloc(0))), sha256: 'ab'.repeat(32) };
    for (const upload of [empty, await changed(7), await changed(65_536)]) {
      await failsWith('file.unreadable', engine.upload(upload, anAsk()));
    }
  }
  assert.doesNotMatch(read, /changed/);
  for (const engine of engines) await failsWith('file.unreadable', engine.upload(await changed(1_000_000), anAsk()));
  const large = { ...(await largeUpload(31 * MiB)), sha256: 'ab'.repeat(32) };
  await failsWith('file.unreadable', virusTotalV3({ url, key: 'key' }).upload(large, anAsk()));
  assert.equal(complete, 0);
});

test('a file is closed however the upload ends', { skip: existsSync(descriptors) ? false : 'no /proc' }, async (t) => {
  const refusing = await answering(t, always(503, ''));
  const accepting = await answering(t, (request, response) => {
    request.resume().on('end', () => always(200, { response_code: 1, scan_id: 'id', ...accepted })(request, response));
  });
  const upload = await uploadOf(Buffer.from('x'));
  const isOpen = () =>
    readdirSync(descriptors).some((name) => {
      // The descriptor with which the folder is listed is gone by now.
      const path = join(descriptors, name);
      return existsSync(path) && readlinkSync(path) === upload.path;
    });
  for (const engineAt of [virusTotalV3, virusTotalV2]) {
    const engine = (url: string) => engineAt({ url, key: 'key' });
    const endings = {
      accepted: () => engine(accepting).upload(upload, anAsk()),
      refused: () => failsWith('engine.unavailable', engine(refusing).upload(upload, anAsk())),
      'of another size': () => failsWith('file.unreadable', engine(refusing).upload({ ...upload, size: 5 }, anAsk())),
    };
    for (const [what, end] of Object.entries(endings)) {
      await end();
      assert.ok(!isOpen(), `${engineAt.name}: ${what}`);
    }
  }
});
