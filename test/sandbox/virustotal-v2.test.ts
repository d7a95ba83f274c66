import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import type { SandboxVirusTotal } from '../../sandbox/virustotal/server.ts';
import { started } from './virustotal-client.ts';

const sha256 = 'ab'.repeat(32);
const body = z.looseObject({
  response_code: z.number(),
  scan_id: z.string().default(''),
  positives: z.number().default(-1),
  total: z.number().default(-1),
});

/** A form by POST, as v2 takes everything. */
function client({ url2, key: own }: SandboxVirusTotal, key = own) {
  const ask = (path: string, fields: Record<string, string>) =>
    fetch(`${url2}/${path}`, { method: 'POST', body: new URLSearchParams({ apikey: key, ...fields }) });
  const scan = (content: string) => {
    const form = new FormData();
    form.append('apikey', key);
    form.append('file', new Blob([content]), 'a.txt');
    return fetch(`${url2}/file/scan`, { method: 'POST', body: form });
  };
  return { ask, scan, read: async (response: Promise<Response>) => body.parse(await (await response).json()) };
}

test('a file is unknown, then queued, then has its report, under hash and scan', async (t) => {
  const { virusTotal, clock } = await started(t);
  const { ask, scan, read } = client(virusTotal);
  assert.equal((await read(ask('file/report', { resource: sha256 }))).response_code, 0);
  const { response_code, scan_id, md5 } = await read(scan('vtscan-sandbox: malicious\n'));
  assert.equal(response_code, 1);
  const resources = [scan_id, String(md5)];
  for (const resource of resources) {
    assert.equal((await read(ask('file/report', { resource }))).response_code, -2);
  }
  clock.jump(20_000);
  for (const resource of resources) {
    const { response_code: code, positives, total } = await read(ask('file/report', { resource }));
    assert.deepEqual([code, positives, total], [1, 54, 71]);
  }
});

test('an address is submitted and reported, odd ones are refused with a code', async (t) => {
  const { virusTotal, clock } = await started(t);
  const { ask, read } = client(virusTotal);
  const url = 'https://malicious.example/';
  assert.equal((await read(ask('url/report', { resource: url }))).response_code, 0);
  const { scan_id } = await read(ask('url/scan', { url }));
  assert.equal((await read(ask('url/report', { resource: scan_id }))).response_code, -2);
  clock.jump(20_000);
  const { positives, total } = await read(ask('url/report', { resource: url }));
  assert.deepEqual([positives, total], [31, 42]);
  assert.equal((await read(ask('url/scan', { url: 'http://' }))).response_code, -1);
});

test('a key that is not known gets 403 and a used-up quota 204, both without a word', async (t) => {
  const { virusTotal } = await started(t);
  const stranger = client(virusTotal, 'wrong-key');
  const answers = [
    await stranger.ask('file/report', { resource: sha256 }),
    await stranger.ask('url/scan', { url: 'https://a.example/' }),
    await stranger.scan('text'),
  ];
  virusTotal.setUsed({ day: 10_000 });
  const { ask, scan } = client(virusTotal);
  answers.push(await ask('file/report', { resource: sha256 }), await scan('text'));
  virusTotal.revokeKey();
  answers.push(await ask('file/report', { resource: sha256 }));
  assert.deepEqual(
    answers.map(({ status }) => status),
    [403, 403, 403, 204, 204, 403],
  );
  for (const answer of answers) assert.equal(await answer.text(), '');
  assert.equal(virusTotal.model.files.size, 0);
  assert.deepEqual(
    virusTotal.requests.map(({ cost }) => cost),
    [0, 0, 0, 0, 0, 0],
  );
});

test('what is missing is a bad request, what is too large is too large', async (t) => {
  const { virusTotal } = await started(t);
  const { ask, scan } = client(virusTotal);
  assert.equal((await ask('file/report', {})).status, 400);
  assert.equal((await ask('file/scan', { file: 'text' })).status, 400);
  assert.equal((await scan('x'.repeat(33 * 1024 * 1024))).status, 413);
});

test('failures can be asked for here too', async (t) => {
  const { virusTotal } = await started(t);
  const { ask, read } = client(virusTotal);
  virusTotal.fail({ endpoint: 'POST /v2/file/report', status: 502, body: '<h1>Bad gateway</h1>' });
  assert.equal((await ask('file/report', { resource: sha256 })).status, 502);
  assert.equal((await read(ask('file/report', { resource: sha256 }))).response_code, 0);
});
