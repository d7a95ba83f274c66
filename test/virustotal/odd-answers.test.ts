import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import type { RequestListener } from 'node:http';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { movableClock } from '../../sandbox/clock.ts';
import { analysing, opened } from '../../src/inquiry/inquiry.ts';
import { virusTotalV3 } from '../../src/virustotal/v3.ts';
import { anAsk, failsWith, fileOf, uploadOf } from '../contracts/engine.ts';
import { judgementOn } from '../fixtures/judging.ts';
import { always, answering } from './answering.ts';

const sha256 = 'ab'.repeat(32);
const inquiry = analysing(opened(sha256, fileOf(sha256)), Date.UTC(2026, 0, 15), 'an/id?==');
const html = '<!doctype html><title>502</title><p>That is an error.';

async function facing(t: TestContext, listener: RequestListener) {
  return virusTotalV3({ url: await answering(t, listener), key: 'key' });
}

test('an id that is a number is an id', async (t) => {
  const engine = await facing(t, always(200, { data: { type: 'analysis', id: 1571524923 } }));
  assert.equal(await engine.upload(await uploadOf(Buffer.from('x')), anAsk()), '1571524923');
});

test('an id goes into the address as one encoded part', async (t) => {
  let asked: string | undefined;
  const engine = await facing(t, (request, response) => {
    asked = request.url;
    always(200, { data: { attributes: { status: 'queued', results: {} } } })(request, response);
  });
  await engine.poll(inquiry, anAsk());
  assert.equal(asked, '/analyses/an%2Fid%3F%3D%3D');
});

test('every request names the tool that asks', async (t) => {
  const told: unknown[] = [];
  const engine = await facing(t, (request, response) => {
    const { 'x-tool': tool, 'user-agent': agent } = request.headers;
    told.push([tool, agent]);
    always(200, { data: { id: 'id', attributes: { status: 'queued', results: {} } } })(request, response);
  });
  await engine.lookUp(fileOf(sha256), anAsk());
  await engine.upload(await uploadOf(Buffer.from('x')), anAsk());
  await engine.submit(fileOf(sha256), anAsk());
  await engine.poll(inquiry, anAsk());
  await engine.usage(anAsk().signal);
  assert.deepEqual(told, Array(5).fill(['vtscan', 'vtscan']));
});

test('partial results of an analysis are handed on as not finished', async (t) => {
  const results = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`E${i}`, { category: 'undetected' }]));
  const attributes = { status: 'in-progress', results, stats: { undetected: 40, malicious: 0 } };
  const engine = await facing(t, always(200, { data: { attributes } }));
  const { finished, report } = await engine.poll(inquiry, anAsk());
  assert.equal(finished, false);
  assert.equal(judgementOn(report.engines).counts.engines, 40);
});

test('a page instead of an answer is trouble of the service at 5xx, and unreadable at 200', async (t) => {
  const type = { 'Content-Type': 'text/html' };
  for (const [status, code] of [
    [200, 'engine.unreadable'],
    [302, 'engine.unreadable'],
    [404, 'engine.unreadable'],
    [502, 'engine.unavailable'],
    [503, 'engine.unavailable'],
  ] as const) {
    const engine = await facing(t, always(status, html, type));
    await failsWith(code, engine.lookUp(fileOf(sha256), anAsk()));
    await failsWith(code, engine.upload(await uploadOf(Buffer.from('x')), anAsk()));
  }
});

test('empty and odd bodies are unreadable everywhere', async (t) => {
  for (const body of ['', 'null', '[]', '{}', '{"data":{}}', '{"data":{"attributes":null}}', '['.repeat(200_000)]) {
    const engine = await facing(t, always(200, body));
    await failsWith('engine.unreadable', engine.lookUp(fileOf(sha256), anAsk()));
    await failsWith('engine.unreadable', engine.poll(inquiry, anAsk()));
    await failsWith('engine.unreadable', engine.upload(await uploadOf(Buffer.from('x')), anAsk()));
  }
});

test('a report about another file is not taken for this one', async (t) => {
  const engine = await facing(t, always(200, { data: { id: 'cd'.repeat(32), attributes: {} } }));
  await failsWith('engine.unreadable', engine.lookUp(fileOf(sha256), anAsk()));
});

test('Retry-After comes with the failure', async (t) => {
  const quota = { error: { code: 'QuotaExceededError', message: 'Quota exceeded' } };
  const engine = await facing(t, always(429, quota, { 'Retry-After': '17' }));
  assert.equal((await failsWith('engine.quota', engine.lookUp(fileOf(sha256), anAsk()))).retryAfter, 17_000);

  const clock = movableClock();
  const later = new Date(clock.now() + 3_600_000).toUTCString();
  const url = await answering(t, always(503, html, { 'Retry-After': later }));
  const { retryAfter = 0 } = await failsWith(
    'engine.unavailable',
    virusTotalV3({ url, key: 'key', clock }).lookUp(fileOf(sha256), anAsk()),
  );
  assert.ok(retryAfter > 3_500_000 && retryAfter <= 3_600_000);
});

test('an answer without an end is cut off, packed or not', async (t) => {
  const packed = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));
  const bomb = await facing(t, (_, response) => {
    response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(packed);
  });
  await failsWith('engine.unreadable', bomb.lookUp(fileOf(sha256), anAsk()));

  const piece = Buffer.alloc(1024 * 1024, ' ');
  const endless = await facing(t, (_, response) => {
    const more = () => {
      while (response.write(piece));
    };
    response.on('drain', more);
    more();
  });
  await failsWith('engine.unreadable', endless.lookUp(fileOf(sha256), anAsk()));
});

test('an answer whose packing is broken, or that ends early, is not an answer', async (t) => {
  const broken = await facing(t, (_, response) => {
    response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('not gzip');
  });
  await failsWith('engine.unavailable', broken.lookUp(fileOf(sha256), anAsk()));
  const short = await facing(t, (_, response) => {
    response.writeHead(200, { 'Content-Length': '1000' }).write('{"data":');
    setImmediate(() => response.destroy());
  });
  await failsWith('engine.unavailable', short.lookUp(fileOf(sha256), anAsk()));
});

test('a service that says nothing for a minute is unavailable, before and within its answer', async (t) => {
  for (const begin of [false, true]) {
    const clock = movableClock();
    const server = new EventEmitter();
    const begun = once(server, 'begun');
    const url = await answering(t, (_, response) => {
      if (begin) response.writeHead(200).write('{');
      server.emit('begun');
    });
    const failed = failsWith(
      'engine.unavailable',
      virusTotalV3({ url, key: 'key', clock }).lookUp(fileOf(sha256), anAsk()),
    );
    await begun;
    await passing(failed, () => clock.jump(15_000));
  }
});

test('a jump of the clock alone ends no request', async (t) => {
  const clock = movableClock();
  const engine = virusTotalV3({
    url: await answering(t, (request, response) => {
      clock.jump(24 * 3_600_000);
      always(404, { error: { code: 'NotFoundError' } })(request, response);
    }),
    key: 'key',
    clock,
  });
  assert.equal(await engine.lookUp(fileOf(sha256), anAsk()), undefined);
});

test('an abort while the answer arrives ends the call with its own reason', async (t) => {
  const reason = new Error('enough');
  const stop = new AbortController();
  const engine = await facing(t, (_, response) => {
    response.writeHead(200).write('{');
    setImmediate(() => stop.abort(reason));
  });
  await assert.rejects(engine.lookUp(fileOf(sha256), anAsk(stop.signal)), (error) => error === reason);
});

test('usage is unknown where the service does not tell, and fails for a bad key or no answer', async (t) => {
  const { signal } = new AbortController();
  for (const [status, body] of [
    [403, { error: { code: 'ForbiddenError' } }],
    [404, { error: { code: 'NotFoundError' } }],
    [404, html],
    [200, html],
    [200, { data: 5 }],
    [429, { error: { code: 'QuotaExceededError' } }],
  ] as const) {
    const engine = await facing(t, always(status, body));
    assert.equal(await engine.usage(signal), undefined);
  }
  const group = {
    data: { api_requests_daily: { group: { used: 3, allowed: 9 }, user: null }, api_requests_monthly: 7 },
  };
  const usage = await (await facing(t, always(200, group))).usage(signal);
  assert.deepEqual(usage, { day: { used: 3, allowed: 9 }, month: undefined });

  const wrong = await facing(t, always(401, { error: { code: 'WrongCredentialsError' } }));
  await failsWith('engine.badKey', wrong.usage(signal));
  await failsWith('engine.unavailable', (await facing(t, always(503, html))).usage(signal));
});

/** Does `step` in each turn of the event loop until `outcome` has settled. */
async function passing(outcome: Promise<unknown>, step: () => void): Promise<void> {
  let settled = false;
  const end = outcome.finally(() => {
    settled = true;
  });
  while (!settled) {
    step();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await end;
}
