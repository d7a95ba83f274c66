import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { analysing, opened } from '../../src/inquiry/inquiry.ts';
import { Failure } from '../../src/scan/failure.ts';
import { virusTotalV3 } from '../../src/virustotal/v3.ts';
import { anAsk, fileOf, uploadOf } from '../contracts/engine.ts';
import { always, answering } from './answering.ts';

const canary = `canary${randomUUID().replaceAll('-', '')}`;
const password = `password${randomUUID()}`;
const sha256 = 'ab'.repeat(32);

/** Everything that a log could show of an error. */
const everything = (error: unknown) =>
  `${inspect(error, { depth: 10, showHidden: true })} ${error instanceof Error ? error.stack : ''} ${JSON.stringify(error)}`;

async function errorsOf(url: string): Promise<unknown[]> {
  const engine = virusTotalV3({ url, key: canary });
  const upload = { ...(await uploadOf(Buffer.from('x'), canary)), password };
  const calls = [
    engine.lookUp(fileOf(sha256), anAsk()),
    engine.upload(upload, anAsk()),
    engine.poll(analysing(opened(sha256, fileOf(sha256)), 0, 'id'), anAsk()),
    engine.poll(analysing(opened(sha256, fileOf(sha256)), 0), anAsk()),
    engine.usage(new AbortController().signal),
  ];
  const outcomes = await Promise.allSettled(calls);
  return outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
}

test('no error holds the key or a password, whatever the service answers', async (t) => {
  const echo = { error: { code: 'WrongCredentialsError', message: `Wrong API key: ${canary}` } };
  const coded = { error: { code: canary, message: password } };
  const urls = [
    await answering(t, always(401, echo)),
    await answering(t, always(400, coded)),
    await answering(t, always(200, { data: { id: canary, attributes: { status: canary } } })),
    await answering(t, always(500, `<p>${canary} ${password}</p>`, { 'X-Echo': canary, 'Retry-After': canary })),
    await answering(t, always(302, '', { Location: `http://127.0.0.1:1/${canary}` })),
    await answering(t, (request) => request.socket.destroy()),
    await answering(t, (request) => request.socket.end(`HTTP/1.1 ${canary}\r\n\r\n`)),
    'http://127.0.0.1:1',
    'http://localhost:1',
  ];
  for (const url of urls) {
    const errors = await errorsOf(url);
    assert.ok(errors.length > 0);
    for (const error of errors) {
      assert.ok(error instanceof Failure, everything(error));
      assert.ok(!everything(error).includes(canary), everything(error));
      assert.ok(!everything(error).includes(password), everything(error));
    }
  }
});

test('the key goes in its header and, without a user, in the one address of the quota', async (t) => {
  const seen: { url: string | undefined; key: string | string[] | undefined }[] = [];
  const url = await answering(t, (request, response) => {
    seen.push({ url: request.url, key: request.headers['x-apikey'] });
    always(404, { error: { code: 'NotFoundError' } })(request, response);
  });
  const { signal } = new AbortController();
  await virusTotalV3({ url, key: canary }).lookUp(fileOf(sha256), anAsk());
  await virusTotalV3({ url, key: canary, user: 'some/one' }).usage(signal);
  await virusTotalV3({ url, key: canary }).usage(signal);
  assert.deepEqual(seen, [
    { url: `/files/${sha256}`, key: canary },
    { url: '/users/some%2Fone/overall_quotas', key: canary },
    { url: `/users/${canary}/overall_quotas`, key: canary },
  ]);
});
