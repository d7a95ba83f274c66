import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import type { VirusTotalEvent } from '../../sandbox/virustotal/log.ts';
import { startVirusTotal } from '../../sandbox/virustotal/server.ts';
import { systemClock } from '../../src/scan/clock.ts';
import { client, outcome, started } from './virustotal-client.ts';

const sha256 = 'ab'.repeat(32);

test('a failure comes as often as asked for, with its header, and only where asked for', async (t) => {
  const { virusTotal } = await started(t);
  const { ask } = client(virusTotal);
  virusTotal.fail({ endpoint: 'GET /files/{id}', code: 'TooManyRequestsError', times: 2, retryAfter: 30 });
  virusTotal.fail({ endpoint: /^GET .*upload_url$/, status: 502, body: '<h1>Bad gateway</h1>' });
  const first = await ask(`files/${sha256}`);
  assert.equal(first.headers.get('retry-after'), '30');
  assert.equal(await outcome(first), '429 TooManyRequestsError');
  assert.equal(await outcome(ask('files/upload_url')), '502');
  assert.equal(await outcome(ask(`files/${sha256}`)), '429 TooManyRequestsError');
  assert.equal(await outcome(ask(`files/${sha256}`)), '404 NotFoundError');
});

test('an upload whose answer is lost has been accepted all the same', async (t) => {
  const { virusTotal } = await started(t);
  const { ask, post } = client(virusTotal);
  virusTotal.fail({ endpoint: 'POST /files', afterwards: true });
  virusTotal.dropConnection({ endpoint: 'POST /files', afterwards: true });
  assert.equal(await outcome(post('files', 'first')), '503 TransientError');
  await assert.rejects(post('files', 'second'));
  assert.equal(virusTotal.model.files.size, 2);
  assert.equal(await outcome(ask(`files/${[...virusTotal.model.files.keys()][1]}`)), '200');
});

test('a dropped connection does nothing and costs nothing', async (t) => {
  const { virusTotal } = await started(t);
  virusTotal.dropConnection();
  await assert.rejects(client(virusTotal).post('files', 'text'));
  assert.equal(virusTotal.model.files.size, 0);
  assert.deepEqual(
    virusTotal.requests.map(({ endpoint, status, cost }) => [endpoint, status, cost]),
    [['POST /files', 0, 0]],
  );
});

test('a truncated body breaks off, and garbage has status 200', async (t) => {
  const { virusTotal } = await started(t);
  const { ask } = client(virusTotal);
  virusTotal.know({ content: sha256 });
  virusTotal.truncate();
  await assert.rejects(async () => (await ask(`files/${sha256}`)).text());
  virusTotal.garbage('html');
  virusTotal.garbage('odd');
  virusTotal.garbage('cut');
  const html = await ask(`files/${sha256}`);
  assert.equal(html.status, 200);
  assert.match(await html.text(), /^<!doctype html>/);
  assert.deepEqual(await (await ask(`files/${sha256}`)).json(), { data: [{ attributes: 'none', id: 7 }], error: null });
  await assert.rejects(async () => (await ask(`files/${sha256}`)).json(), SyntaxError);
  assert.equal(await outcome(ask(`files/${sha256}`)), '200');
});

test('what is still to come can be taken back', async (t) => {
  const { virusTotal } = await started(t);
  virusTotal.fail({ times: 100 });
  virusTotal.calm();
  assert.equal(await outcome(client(virusTotal).ask(`files/${sha256}`)), '404 NotFoundError');
});

test('a slow answer waits by the clock', async (t) => {
  const { virusTotal, clock } = await started(t);
  virusTotal.slow(3_600_000);
  const arrived = new Promise<void>((resolve) => {
    virusTotal.on(({ type }) => type === 'arrived' && resolve());
  });
  const answer = outcome(client(virusTotal).ask(`files/${sha256}`));
  await arrived;
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(virusTotal.requests.length, 0);
  clock.jump(3_600_000);
  assert.equal(await answer, '404 NotFoundError');
});

test('a fresh analysis can be unknown for a while', async (t) => {
  const { virusTotal, clock } = await started(t);
  const { ask, upload } = client(virusTotal);
  const id = await upload('text');
  virusTotal.forgetFor(30_000);
  assert.equal(await outcome(ask(`analyses/${id}`)), '404 NotFoundError');
  virusTotal.forgetFor(30_000, 'NotAvailableYet');
  assert.equal(await outcome(ask(`analyses/${id}`)), '400 NotAvailableYet');
  clock.jump(30_000);
  assert.equal(await outcome(ask(`analyses/${id}`)), '200');
});

test('listeners hear of a request when it arrives and when it is answered, and never its content or key', async (t) => {
  const { virusTotal } = await started(t);
  const { ask, post } = client(virusTotal);
  const events: VirusTotalEvent[] = [];
  const stop = virusTotal.on((event) => events.push(event));
  await post('files', 'the content', 'a.txt');
  await ask(`users/${virusTotal.key}`);
  stop();
  await ask('files/upload_url');
  assert.deepEqual(
    events.map(({ type, endpoint }) => `${type} ${endpoint}`),
    ['arrived POST /files', 'answered POST /files', 'arrived GET /users/{id}', 'answered GET /users/{id}'],
  );
  assert.doesNotMatch(JSON.stringify([events, virusTotal.requests]), /the content|sandbox-key/);
});

test('each key has a quota of its own and sees the same files; one that is revoked changes nothing for the other', async (t) => {
  const virusTotal = await startVirusTotal({ clock: systemClock, perDay: 9 });
  t.after(() => virusTotal.close());
  const own = virusTotal.addKey({ key: 'own-key-of-a-server', perDay: 7 });
  const ask = (key: string, path: string) => fetch(`${virusTotal.url}/${path}`, { headers: { 'x-apikey': key } });
  const used = async (key: string) => {
    const { data } = z
      .object({ data: z.object({ api_requests_daily: z.object({ user: z.unknown() }) }) })
      .parse(await (await ask(key, `users/${key}/overall_quotas`)).json());
    return data.api_requests_daily.user;
  };
  const path = `files/${'0'.repeat(64)}`;
  for (const key of [own.key, own.key, virusTotal.key]) assert.equal((await ask(key, path)).status, 404);
  assert.deepEqual(await used(own.key), { allowed: 7, used: 2 });
  assert.deepEqual(await used(virusTotal.key), { allowed: 9, used: 1 });

  own.revoke();
  assert.equal((await ask(own.key, path)).status, 401);
  assert.equal((await ask(virusTotal.key, path)).status, 404);
  own.restore();
  own.setUsed({ day: 7 });
  assert.equal((await ask(own.key, path)).status, 429);
  assert.equal((await ask(virusTotal.key, path)).status, 404);
});
