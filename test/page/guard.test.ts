import assert from 'node:assert/strict';
import { request } from 'node:http';
import { describe, type TestContext, test } from 'node:test';
import { movableClock } from '../../sandbox/clock.ts';
import { startPage } from '../../sandbox/page/server.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';

interface Answer {
  status: number;
  body: string;
  headers: Record<string, unknown>;
}

async function started(t: TestContext) {
  const clock = movableClock();
  const sandbox = await startSandbox({ clock });
  const page = await startPage({ sandbox, clock });
  t.after(async () => {
    await page.close();
    await sandbox.close();
  });
  const { member, files } = sandbox.discord.scene;
  const ask = (path: string, headers: Record<string, string> = {}, body?: object) =>
    asked(new URL(path, page.url), headers, body);
  const key = /name="sandbox-key" content="([\w-]+)"/.exec((await ask('/')).body)?.[1] ?? '';
  const post = { do: 'post', as: member.user.id, channel: files.id, content: 'hello', files: [] };
  return { sandbox, ask, key, post, origin: new URL(page.url).origin };
}

/** `fetch` would not let us name another host. */
function asked(url: URL, headers: Record<string, string>, body?: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const method = body ? 'POST' : 'GET';
    const sent = request(url, { method, headers: { 'content-type': 'application/json', ...headers } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers }));
    });
    sent.on('error', reject);
    sent.end(body && JSON.stringify(body));
  });
}

describe("the page's server", () => {
  test('answers to its loopback address only, so that a name that is turned to it gets nothing', async (t) => {
    const { ask, key } = await started(t);
    for (const host of ['evil.example', 'evil.example:80', '127.0.0.1.evil.example', 'localhost.evil.example'])
      assert.equal((await ask('/', { host })).status, 403, host);
    assert.equal((await ask(`/api/events?key=${key}`, { host: 'evil.example' })).status, 403);
    assert.equal((await ask('/', { host: 'localhost:1234' })).status, 200);
  });

  test('takes nothing from another site, even one that guessed the address', async (t) => {
    const { ask, key, post, sandbox } = await started(t);
    const foreign = { origin: 'https://evil.example', 'x-sandbox-key': key };
    assert.equal((await ask('/api/acts', foreign, post)).status, 403);
    assert.equal((await ask('/api/acts', { origin: 'null', 'x-sandbox-key': key }, post)).status, 403);
    assert.equal(sandbox.discord.messagesIn(sandbox.discord.scene.files).length, 0);
  });

  test('takes nothing without the secret of this run', async (t) => {
    const { ask, key, post, origin } = await started(t);
    assert.equal((await ask('/api/acts', { origin }, post)).status, 403);
    assert.equal((await ask('/api/acts', { origin, 'x-sandbox-key': `${key}x` }, post)).status, 403);
    assert.equal((await ask('/api/events')).status, 403);
    assert.equal((await ask('/api/acts', { origin, 'x-sandbox-key': key }, post)).status, 200);
  });

  test('says what is wrong with an act that makes no sense, and what a person may not do', async (t) => {
    const { ask, key, post } = await started(t);
    const sent = (body: object) => ask('/api/acts', { 'x-sandbox-key': key }, body);
    assert.equal((await sent({ do: 'explode' })).status, 400);
    assert.equal((await sent({ ...post, content: 'x'.repeat(2001) })).status, 400);
    const { status, body } = await sent({
      do: 'invoke',
      as: post.as,
      channel: post.channel,
      command: 'nothing',
      options: {},
    });
    assert.equal(status, 200);
    assert.match(body, /"ok":false.*no command/);
  });

  test('lets the page load nothing from elsewhere, and nobody frame it', async (t) => {
    const { ask } = await started(t);
    const { headers } = await ask('/');
    const policy = String(headers['content-security-policy']);
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /script-src 'self'(;|$)/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.equal(headers['access-control-allow-origin'], undefined);
  });
});
