import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { analysing, inquiryKey, opened } from '../../src/inquiry/inquiry.ts';
import type { Subject } from '../../src/inquiry/subject.ts';
import { virusTotalV3 } from '../../src/virustotal/v3.ts';
import { anAsk, failsWith, fileOf } from '../contracts/engine.ts';
import { answering, text } from './answering.ts';

const [sha256, sha1, md5] = ['ab'.repeat(32), 'cd'.repeat(20), 'ef'.repeat(16)];
const page: Subject = { kind: 'url', url: 'https://evil.example/?q=ä&b=~~~' };
const id = createHash('sha256').update(page.url).digest('hex');
const rows = { Engine: { category: 'malicious', result: 'phishing' } };

/** An engine whose service answers everything so, and what it was asked. */
async function facing(t: TestContext, body: unknown, status = 200) {
  const asked: { line: string; type: string | undefined; body: string }[] = [];
  const url = await answering(t, async (request, response) => {
    const sent = await text(request);
    asked.push({ line: `${request.method} ${request.url}`, type: request.headers['content-type'], body: sent });
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  });
  return { engine: virusTotalV3({ url, key: 'key' }), asked };
}

const reportAbout = (own: object, dataId: string | undefined = sha256) => ({
  data: { id: dataId, attributes: { ...own, last_analysis_results: rows } },
});

test('a file is found by each of its hashes, and its page is that of its SHA-256', async (t) => {
  const { engine, asked } = await facing(t, reportAbout({ sha1, md5 }));
  for (const hash of [sha256, sha1, md5, md5.toUpperCase()]) {
    const known = await engine.lookUp(fileOf(hash), anAsk());
    assert.equal(known?.report?.link, `https://www.virustotal.com/gui/file/${sha256}`);
    assert.equal(asked.at(-1)?.line, `GET /files/${hash}`);
  }
});

test('a report whose hash of the asked kind is another one is about another file', async (t) => {
  const { engine } = await facing(t, reportAbout({ sha1, md5 }));
  for (const length of [64, 40, 32]) {
    await failsWith('engine.unreadable', engine.lookUp(fileOf('0'.repeat(length)), anAsk()));
  }
  const silent = await facing(t, reportAbout({}));
  assert.ok(await silent.engine.lookUp(fileOf(md5), anAsk()));
});

test('an address is looked up by its base64 form, and its page is that of the id in the answer', async (t) => {
  const canonical = '12'.repeat(32);
  const { engine, asked } = await facing(
    t,
    reportAbout({ url: page.url, last_analysis_date: 1_700_000_000 }, canonical),
  );
  const report = (await engine.lookUp(page, anAsk()))?.report;
  assert.equal(asked[0]?.line, `GET /urls/${Buffer.from(page.url).toString('base64url')}`);
  assert.doesNotMatch(asked[0]?.line ?? '', /[=+]/);
  assert.equal(report?.link, `https://www.virustotal.com/gui/url/${canonical}`);
  assert.deepEqual(
    report?.engines.map(({ category, label }) => [category, label]),
    [['malicious', 'phishing']],
  );
});

test('an address that nobody has submitted is unknown', async (t) => {
  const { engine } = await facing(t, { error: { code: 'NotFoundError', message: 'URL not found' } }, 404);
  assert.equal(await engine.lookUp(page, anAsk()), undefined);
});

test('an address is submitted as a field of a form', async (t) => {
  const { engine, asked } = await facing(t, { data: { type: 'analysis', id: `u-${id}-1` } });
  assert.equal(await engine.submit(page, anAsk()), `u-${id}-1`);
  assert.deepEqual(asked, [
    {
      line: 'POST /urls',
      type: 'application/x-www-form-urlencoded',
      body: new URLSearchParams({ url: page.url }).toString(),
    },
  ]);
});

test('a file is analysed again without its bytes, and the number that was an id in 2019 is one', async (t) => {
  const { engine, asked } = await facing(t, { data: { type: 'analysis', id: 1571524923 } });
  assert.equal(await engine.submit(fileOf(sha256), anAsk()), '1571524923');
  assert.deepEqual([asked[0]?.line, asked[0]?.body], [`POST /files/${sha256}/analyse`, '']);
});

test('what VirusTotal has never seen cannot be analysed again', async (t) => {
  const { engine } = await facing(t, { error: { code: 'NotFoundError' } }, 404);
  await failsWith('engine.unseen', engine.submit(fileOf(sha256), anAsk()));
});

test('an analysis of an address tells its page, although it may name a file too', async (t) => {
  const attributes = { status: 'completed', date: 1_700_000_000, results: rows };
  const meta = { url_info: { id: '12'.repeat(32), url: page.url }, file_info: { sha256 } };
  const { engine, asked } = await facing(t, { data: { attributes }, meta });
  const inquiry = analysing(opened('key', page), 0, 'u-1');
  const { finished, report } = await engine.poll(inquiry, anAsk());
  assert.ok(finished);
  assert.equal(asked[0]?.line, 'GET /analyses/u-1');
  assert.equal(report.link, `https://www.virustotal.com/gui/url/${'12'.repeat(32)}`);
});

test('an analysis of another file is not taken for this one, unless a password opens what is inside', async (t) => {
  const attributes = { status: 'completed', date: 1_700_000_000, results: rows };
  const { engine } = await facing(t, { data: { attributes }, meta: { file_info: { sha256: '12'.repeat(32) } } });
  const subject = fileOf(sha256);
  const secret = { password: 'secret', salt: 'a' };
  const inquiryOf = (own: Subject, locked?: typeof secret) => analysing(opened(inquiryKey(own, locked), own), 0, 'f-1');
  await failsWith('engine.unreadable', engine.poll(inquiryOf(subject), anAsk()));
  await failsWith('engine.unreadable', engine.poll(inquiryOf(fileOf(sha256.toUpperCase())), anAsk()));
  assert.ok((await engine.poll(inquiryOf(subject, secret), anAsk())).finished);
  assert.ok((await engine.poll(inquiryOf(fileOf(md5)), anAsk())).finished);

  for (const meta of [{ file_info: { sha256 } }, {}, undefined]) {
    const { engine: silent } = await facing(t, { data: { attributes }, meta });
    assert.ok((await silent.poll(inquiryOf(subject), anAsk())).finished);
  }
});

test('without an id, an address itself is asked for until its report is newer than the submission', async (t) => {
  const since = 1_700_000_000_000;
  const inquiry = analysing(opened('key', page), since);
  const dates = (analysed: number) => ({ last_analysis_date: analysed, last_submission_date: since / 1000 });
  const { engine, asked } = await facing(t, reportAbout(dates(since / 1000 - 3600), id));
  assert.equal((await engine.poll(inquiry, anAsk())).finished, false);
  assert.match(asked[0]?.line ?? '', /^GET \/urls\//);
  const later = await facing(t, reportAbout(dates(since / 1000), id));
  assert.equal((await later.engine.poll(inquiry, anAsk())).finished, true);
});

test('a page whose id no answer tells is found by the SHA-256 of the address', async (t) => {
  const { engine } = await facing(t, { data: { attributes: { status: 'queued' } } });
  const { report } = await engine.poll(analysing(opened('key', page), 0, 'id'), anAsk());
  assert.equal(report.link, `https://www.virustotal.com/gui/url/${id}`);
});
