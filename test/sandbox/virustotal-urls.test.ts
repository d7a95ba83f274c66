import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { z } from 'zod';
import { outcome, started } from './virustotal-client.ts';

const object = z.object({
  data: z.object({
    id: z.string(),
    attributes: z.object({
      url: z.string(),
      last_analysis_stats: z.record(z.string(), z.number()),
      last_analysis_results: z.record(z.string(), z.unknown()),
    }),
  }),
});
const analysis = z.object({
  data: z.object({ attributes: z.object({ status: z.string(), stats: z.record(z.string(), z.number()) }) }),
  meta: z.object({ url_info: z.object({ id: z.string(), url: z.string() }) }),
});
const reference = z.object({ data: z.object({ id: z.string() }) });

async function begun(t: TestContext) {
  const { virusTotal, clock } = await started(t);
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${virusTotal.url}/${path}`, { ...init, headers: { 'x-apikey': virusTotal.key } });
  const submit = async (url: string) =>
    reference.parse(await (await ask('urls', { method: 'POST', body: new URLSearchParams({ url }).toString() })).json())
      .data.id;
  const report = async (id: string) => object.parse(await (await ask(`urls/${id}`)).json()).data;
  const progress = async (id: string) => analysis.parse(await (await ask(`analyses/${id}`)).json());
  return { virusTotal, clock, ask, submit, report, progress };
}

const base64 = (url: string) => Buffer.from(url).toString('base64url');

test('an address is unknown, then known without results, then has a report by id and by its base64 form', async (t) => {
  const { clock, ask, submit, report, progress } = await begun(t);
  const url = 'https://Malicious.Example/a#part';
  assert.equal(await outcome(ask(`urls/${base64(url)}`)), '404 NotFoundError');
  const id = await submit(url);
  const early = await progress(id);
  assert.equal(early.data.attributes.status, 'queued');
  assert.equal(early.meta.url_info.url, 'https://malicious.example/a');
  assert.deepEqual((await report(base64(url))).attributes.last_analysis_results, {});

  clock.jump(20_000);
  const { stats } = (await progress(id)).data.attributes;
  assert.deepEqual(stats, { harmless: 0, malicious: 31, suspicious: 0, undetected: 11, timeout: 0 });
  const whole = await report(early.meta.url_info.id);
  assert.deepEqual(whole.attributes.last_analysis_stats, stats);
  assert.equal((await report(base64(url))).id, whole.id);
});

for (const [host, flagged] of [
  ['one-detection.example', 1],
  ['www.suspicious.example', 1],
  ['reputable.slow.example', 1],
  ['malicious-or-not.example', 0],
  ['few-engines.example', 0],
] as const) {
  test(`the host ${host} ends with ${flagged} flagged`, async (t) => {
    const { clock, submit, progress } = await begun(t);
    const id = await submit(`http://${host}/`);
    clock.jump(200_000);
    const { malicious = 0, suspicious = 0 } = (await progress(id)).data.attributes.stats;
    assert.equal(malicious + suspicious, flagged);
  });
}

test('a known address has its report at once, and is analysed again when asked', async (t) => {
  const { virusTotal, ask, report, submit } = await begun(t);
  virusTotal.knowUrl({ url: 'https://old.example', verdict: 'malicious' });
  const { id, attributes } = await report(base64('https://old.example/'));
  assert.equal(attributes.last_analysis_stats.malicious, 31);
  const again = reference.parse(await (await ask(`urls/${id}/analyse`, { method: 'POST' })).json()).data.id;
  assert.equal(await submit('https://old.example'), again);
  assert.equal(await outcome(ask(`urls/${'0'.repeat(64)}/analyse`, { method: 'POST' })), '404 NotFoundError');
});

test('what is no address is refused, and costs', async (t) => {
  const { virusTotal, ask } = await begun(t);
  const odd = new URLSearchParams({ url: 'http://' }).toString();
  assert.equal(await outcome(ask('urls', { method: 'POST', body: odd })), '400 InvalidArgumentError');
  assert.equal(await outcome(ask('urls', { method: 'POST' })), '400 InvalidArgumentError');
  assert.deepEqual(
    virusTotal.requests.map(({ cost }) => cost),
    [1, 1],
  );
});
