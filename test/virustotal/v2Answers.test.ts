import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { truncate } from 'node:fs/promises';
import { type TestContext, test } from 'node:test';
import { inspect } from 'node:util';
import { analysing, opened } from '../../src/inquiry/inquiry.ts';
import type { Subject } from '../../src/inquiry/subject.ts';
import { virusTotalV2 } from '../../src/virustotal/v2.ts';
import { anAsk, failsWith, fileOf, uploadOf } from '../contracts/engine.ts';
import { judgementOn } from '../fixtures/judging.ts';
import { always, answering, text } from './answering.ts';
import { seedReport } from './seedReport.ts';

const key = `key${randomUUID().replaceAll('-', '')}`;
const page: Subject = { kind: 'url', url: 'https://evil.example/' };
const minute = 60_000;

/** An engine whose service answers everything so, and what it was asked. */
async function facing(t: TestContext, body: unknown, status = 200) {
  const asked: { line: string; type: string | undefined; body: string; headers: string }[] = [];
  const url = await answering(t, async (request, response) => {
    const sent = await text(request);
    const { 'content-type': type } = request.headers;
    asked.push({
      line: `${request.method} ${request.url}`,
      type,
      body: sent,
      headers: JSON.stringify(request.rawHeaders),
    });
    response
      .writeHead(status, { 'Content-Type': 'application/json' })
      .end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  return { engine: virusTotalV2({ url, key }), asked };
}

test('the example report of the description is read: 40 of 40, and every row that it shows', async (t) => {
  const { engine, asked } = await facing(t, seedReport);
  const report = (await engine.lookUp(fileOf(seedReport.md5), anAsk()))?.report ?? assert.fail('no report');

  assert.deepEqual(asked[0] && [asked[0].line, asked[0].type, asked[0].body], [
    'POST /file/report',
    'application/x-www-form-urlencoded',
    `apikey=${key}&resource=${seedReport.md5}`,
  ]);
  const { flagged, engines } = report.facts?.counted ?? {};
  assert.equal(`${flagged}/${engines}`, '40/40');
  assert.deepEqual(
    report.engines.map(({ engine: name, label }) => [name, label]),
    Object.entries(seedReport.scans).map(([name, { result }]) => [name, result ?? undefined]),
  );
  assert.deepEqual(report.engines[0], {
    engine: 'nProtect',
    category: 'malicious',
    label: 'Trojan.Generic.3611249',
    version: '2010-05-14.01',
    updated: '20100514',
  });
  assert.equal(report.engines.find((row) => row.engine === 'F-Prot')?.category, 'undetected');
  const { word, counts } = judgementOn(report.engines);
  assert.deepEqual([word, counts.flagged, counts.opinions], ['malicious', 11, 12]);
  assert.equal(report.analysedAt, Date.UTC(2010, 4, 15, 3, 38, 44));
  assert.equal(report.link, `https://www.virustotal.com/gui/file/${seedReport.sha256}`);
  assert.deepEqual(
    [report.facts?.sha256, report.facts?.sha1, report.facts?.md5],
    [seedReport.sha256, seedReport.sha1, seedReport.md5],
  );
});

test('code 0 is unknown, code -2 known without a report, whatever the words beside them', async (t) => {
  for (const words of ['', 'Scan finished, information embedded', 'anything']) {
    const unknown = await facing(t, { response_code: 0, resource: 'x', verbose_msg: words });
    assert.equal(await unknown.engine.lookUp(fileOf(seedReport.md5), anAsk()), undefined);
    const queued = await facing(t, { response_code: -2, resource: 'x', verbose_msg: words });
    const known = await queued.engine.lookUp(fileOf(seedReport.md5), anAsk());
    assert.deepEqual(known, { report: undefined, lastSubmitted: undefined });
  }
});

test('code 1 without scans is what has only been queued', async (t) => {
  const { scans: _, ...queued } = seedReport;
  const { engine } = await facing(t, queued);
  assert.deepEqual(await engine.lookUp(fileOf(seedReport.md5), anAsk()), {
    report: undefined,
    lastSubmitted: undefined,
  });
  const inquiry = analysing(opened('key', fileOf(seedReport.md5)), 0, seedReport.scan_id);
  assert.equal((await engine.poll(inquiry, anAsk())).finished, false);
});

test('status 204 is the quota, everywhere', async (t) => {
  const url = await answering(t, (request, response) => {
    request.resume().on('end', () => response.writeHead(204).end());
  });
  const engine = virusTotalV2({ url, key });
  const file = await uploadOf(Buffer.from('x'));
  for (const call of [
    () => engine.lookUp(fileOf(seedReport.md5), anAsk()),
    () => engine.upload(file, anAsk()),
    () => engine.submit(page, anAsk()),
    () => engine.poll(analysing(opened('key', page), 0, 'id'), anAsk()),
  ]) {
    await failsWith('engine.quota', call());
  }
});

test('403 without a word is the key, 403 with words something that the key may not', async (t) => {
  const silent = await facing(t, '', 403);
  await failsWith('engine.badKey', silent.engine.lookUp(fileOf(seedReport.md5), anAsk()));
  const wordy = await facing(t, '<h1>Forbidden</h1>', 403);
  await failsWith('engine.forbidden', wordy.engine.lookUp(fileOf(seedReport.md5), anAsk()));
});

test('other statuses mean what they mean in v3, but too large is what only v2 does not take', async (t) => {
  for (const [status, code] of [
    [400, 'engine.refused'],
    [413, 'engine.unsupported'],
    [429, 'engine.quota'],
    [502, 'engine.unavailable'],
  ] as const) {
    const { engine } = await facing(t, '<p>words</p>', status);
    await failsWith(code, engine.upload(await uploadOf(Buffer.from('x')), anAsk()));
  }
});

test('empty bodies, pages and bodies of another kind are unreadable', async (t) => {
  const pages = ['', '<!doctype html><p>That is an error.', 'null', '[]', '{}', '{"response_code":"1"}'];
  for (const body of [...pages, [seedReport], { response_code: 7 }, { ...seedReport, scans: 'none' }]) {
    const { engine } = await facing(t, body);
    await failsWith('engine.unreadable', engine.lookUp(fileOf(seedReport.md5), anAsk()));
    await failsWith('engine.unreadable', engine.poll(analysing(opened('key', page), 0, 'id'), anAsk()));
  }
  for (const body of pages) {
    const { engine } = await facing(t, body);
    await failsWith('engine.unreadable', engine.upload(await uploadOf(Buffer.from('x')), anAsk()));
    await failsWith('engine.unreadable', engine.submit(page, anAsk()));
  }
});

test('a report about another file is not taken for this one', async (t) => {
  const { engine } = await facing(t, seedReport);
  for (const length of [64, 40, 32]) {
    await failsWith('engine.unreadable', engine.lookUp(fileOf('0'.repeat(length)), anAsk()));
  }
});

test('odd rows count as no opinion, and none is left out', async (t) => {
  const scans = {
    A: null,
    B: { detected: 'yes' },
    C: { detected: false, version: 'None', update: 'never' },
    '\u0007': {},
  };
  const { engine } = await facing(t, { ...seedReport, scans });
  const { report } = (await engine.lookUp(fileOf(seedReport.md5), anAsk())) ?? {};
  const nothing = { label: undefined, version: undefined, updated: undefined };
  assert.deepEqual(report?.engines, [
    { engine: 'A', category: 'other', ...nothing },
    { engine: 'B', category: 'other', ...nothing },
    { engine: 'C', category: 'undetected', ...nothing },
    { engine: '?', category: 'other', ...nothing },
  ]);
});

const addressReport = {
  response_code: 1,
  url: page.url,
  resource: page.url,
  scan_id: `${'12'.repeat(32)}-1700000000`,
  scan_date: '2023-11-14 22:13:20',
  filescan_id: null,
  positives: 1,
  total: 4,
  scans: {
    A: { detected: true, result: 'malware site' },
    B: { detected: false, result: 'suspicious site' },
    C: { detected: false, result: 'unrated site' },
    D: { detected: false, result: 'clean site', detail: 'https://d.example/' },
  },
};

test('an address has a row for every list, and its page is that of its id', async (t) => {
  const { engine, asked } = await facing(t, addressReport);
  const { report } = (await engine.lookUp(page, anAsk())) ?? {};
  assert.equal(asked[0]?.line, 'POST /url/report');
  assert.equal(new URLSearchParams(asked[0]?.body).get('resource'), page.url);
  assert.deepEqual(
    report?.engines.map(({ category, label }) => [category, label]),
    [
      ['malicious', 'malware site'],
      ['suspicious', 'suspicious site'],
      ['unrated', undefined],
      ['harmless', undefined],
    ],
  );
  assert.equal(report?.link, `https://www.virustotal.com/gui/url/${'12'.repeat(32)}`);
});

test('an analysis is finished when the answer is about it, or is as new as it', async (t) => {
  const scanned = Date.UTC(2023, 10, 14, 22, 13, 20);
  const { engine, asked } = await facing(t, addressReport);
  const finished = async (since: number, id?: string) =>
    (await engine.poll(analysing(opened('key', page), since, id), anAsk())).finished;
  assert.equal(await finished(scanned + 60 * minute, addressReport.scan_id), true);
  assert.equal(await finished(scanned + 60 * minute, 'another'), false);
  assert.equal(await finished(scanned + 9 * minute, 'another'), true);
  assert.equal(await finished(scanned + 60 * minute), true);
  assert.deepEqual(
    asked.map(({ body }) => new URLSearchParams(body).get('resource')),
    [addressReport.scan_id, 'another', 'another', page.url],
  );
});

test('a queued analysis is not finished, and one that is not there yet is asked for again', async (t) => {
  const inquiry = analysing(opened('key', page), 0, 'id');
  const queued = await facing(t, { response_code: -2 });
  assert.equal((await queued.engine.poll(inquiry, anAsk())).finished, false);
  const absent = await facing(t, { response_code: 0 });
  await failsWith('engine.notReady', absent.engine.poll(inquiry, anAsk()));
});

test('an analysis that finished without an engine says so, and is no report in a look-up', async (t) => {
  const { engine } = await facing(t, { ...addressReport, positives: 0, total: 0, scans: {} });
  const { finished, report } = await engine.poll(analysing(opened('key', page), 0, addressReport.scan_id), anAsk());
  assert.deepEqual([finished, report.engines], [true, []]);
  assert.equal((await engine.lookUp(page, anAsk()))?.report, undefined);
});

test('an address is submitted as a field of a form, and a code that says no is a refusal', async (t) => {
  const { engine, asked } = await facing(t, { response_code: 1, scan_id: 'the-id', url: page.url });
  assert.equal(await engine.submit(page, anAsk()), 'the-id');
  assert.equal(asked[0]?.line, 'POST /url/scan');
  assert.equal(asked[0]?.body, new URLSearchParams({ apikey: key, url: page.url }).toString());
  const refusing = await facing(t, { response_code: -1, verbose_msg: 'Invalid URL' });
  await failsWith('engine.refused', refusing.engine.submit(page, anAsk()));
});

test('what v2 cannot do costs no request: passwords, files analysed again, more than 32 MB', async (t) => {
  const { engine, asked } = await facing(t, {});
  const small = await uploadOf(Buffer.from('x'));
  const large = await uploadOf(Buffer.alloc(0));
  await truncate(large.path, 32_000_001);
  await failsWith('engine.unsupported', engine.upload({ ...large, size: 32_000_001 }, anAsk()));
  await failsWith('engine.unsupported', engine.upload({ ...small, password: 'secret' }, anAsk()));
  await failsWith('engine.unsupported', engine.submit(fileOf(seedReport.md5), anAsk()));
  assert.equal(await engine.usage(new AbortController().signal), undefined);
  assert.deepEqual(asked, []);
});

test('the key is in the body alone, and in no error', async (t) => {
  const { engine, asked } = await facing(t, `{"response_code":"${key}"}`);
  const file = await uploadOf(Buffer.from('x'));
  const echoing = await answering(t, always(403, key));
  const calls = [
    engine.lookUp(fileOf(seedReport.md5), anAsk()),
    engine.upload(file, anAsk()),
    engine.submit(page, anAsk()),
    virusTotalV2({ url: 'http://127.0.0.1:1', key }).lookUp(page, anAsk()),
    virusTotalV2({ url: echoing, key }).lookUp(page, anAsk()),
  ];
  for (const outcome of await Promise.allSettled(calls)) {
    assert.equal(outcome.status, 'rejected');
    assert.doesNotMatch(inspect(outcome, { depth: 10, showHidden: true }), new RegExp(key));
  }
  assert.equal(asked.length, 3);
  for (const { line, headers, body } of asked) {
    assert.ok(!line.includes(key) && !headers.includes(key));
    assert.ok(body.includes(key));
  }
});
