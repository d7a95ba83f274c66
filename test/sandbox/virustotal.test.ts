import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { z } from 'zod';
import { eicar, eicarSha256 } from '../../sandbox/virustotal/eicar.ts';
import { client, outcome, started } from './virustotal-client.ts';

const hash = (name: string, content: Uint8Array | string) => createHash(name).update(content).digest('hex');
const unseen = 'ab'.repeat(32);

test('EICAR is the file that it should be', () => {
  assert.equal(hash('sha256', eicar()), eicarSha256);
  assert.equal(eicar().length, 68);
});

test('an unseen file is unknown, then known without results, then has a report under all three hashes', async (t) => {
  const { virusTotal, clock } = await started(t);
  const { ask, upload, analysis, report } = client(virusTotal);
  assert.equal(await outcome(ask(`files/${eicarSha256}`)), '404 NotFoundError');

  const id = await upload(eicar(), 'eicar.com');
  assert.equal((await analysis(id)).data.attributes.status, 'queued');
  assert.deepEqual((await report(eicarSha256)).attributes.last_analysis_results, {});

  clock.jump(12_000);
  const half = await analysis(id);
  assert.equal(half.data.attributes.status, 'in-progress');
  const answered = Object.keys(half.data.attributes.results).length;
  assert.ok(answered > 0 && answered < 75);

  clock.jump(10_000);
  const whole = await analysis(id);
  assert.equal(whole.data.attributes.status, 'completed');
  assert.equal(whole.data.attributes.stats.malicious, 54);
  assert.equal(whole.meta.file_info.sha256, eicarSha256);
  for (const name of ['sha256', 'sha1', 'md5']) {
    const { id: fileId, attributes } = await report(hash(name, eicar()));
    assert.equal(fileId, eicarSha256);
    assert.deepEqual(attributes.last_analysis_results, whole.data.attributes.results);
    assert.deepEqual(attributes.names, ['eicar.com']);
  }
});

for (const [what, content, flagged, opinions] of [
  ['an ordinary text', 'text', 0, 59],
  ['a program', Buffer.from('MZ\x90\x00\x03\x00', 'latin1'), 0, 67],
  ['EICAR inside something else', Buffer.concat([Buffer.from('inside: '), eicar()]), 54, 71],
  ['a content marked malicious', 'vtscan-sandbox: malicious', 54, 71],
  ['a content marked at its far end', `${'x'.repeat(200_000)}vtscan-sandbox: reputable`, 1, 59],
  ['one-detection', 'vtscan-sandbox: one-detection\n', 1, 59],
  ['suspicious', '# vtscan-sandbox: suspicious\r\n', 2, 59],
  ['few-engines', 'vtscan-sandbox: few-engines', 0, 5],
  ['no-engines', 'vtscan-sandbox: no-engines', 0, 0],
] as const) {
  test(`${what} ends with ${flagged} of ${opinions}`, async (t) => {
    const { virusTotal, clock } = await started(t);
    const { upload, analysis } = client(virusTotal);
    const id = await upload(content);
    clock.jump(20_000);
    const { status, stats } = (await analysis(id)).data.attributes;
    const { malicious = 0, suspicious = 0, harmless = 0, undetected = 0 } = stats;
    assert.equal(status, 'completed');
    assert.equal(malicious + suspicious, flagged);
    assert.equal(malicious + suspicious + harmless + undetected, opinions);
  });
}

test('a slow content takes ten times as long, and one that never ends stays in progress', async (t) => {
  const { virusTotal, clock } = await started(t);
  const { upload, analysis } = client(virusTotal);
  const slow = await upload('vtscan-sandbox: slow one-detection');
  const never = await upload('vtscan-sandbox: never');
  clock.jump(199_000);
  assert.equal((await analysis(slow)).data.attributes.status, 'in-progress');
  clock.jump(2_000);
  assert.equal((await analysis(slow)).data.attributes.status, 'completed');
  clock.jump(30 * 24 * 3_600_000);
  assert.equal((await analysis(never)).data.attributes.status, 'in-progress');
});

test('a known file has its report at once, and one known as being analysed has none yet', async (t) => {
  const { virusTotal, clock } = await started(t, { known: [{ content: eicarSha256, name: 'eicar.com' }] });
  const { report } = client(virusTotal);
  virusTotal.know({ content: unseen, verdict: 'reputable', analysedAt: clock.now() });
  assert.equal((await report(eicarSha256)).attributes.last_analysis_stats.malicious, 54);
  assert.deepEqual((await report(unseen)).attributes.last_analysis_results, {});
  clock.jump(20_000);
  assert.equal((await report(unseen)).attributes.last_analysis_stats.malicious, 1);
});

test('an upload or a new analysis of a known file starts one, and a repetition joins it', async (t) => {
  const { virusTotal, clock } = await started(t, { known: [{ content: eicar() }] });
  const { upload, reanalyse, analysis, ask } = client(virusTotal);
  const id = await upload(eicar());
  assert.equal(await reanalyse(eicarSha256), id);
  assert.equal((await analysis(id)).data.attributes.status, 'queued');
  clock.jump(11 * 60_000);
  assert.notEqual(await reanalyse(eicarSha256), id);
  assert.equal(await outcome(ask(`files/${unseen}/analyse`, { method: 'POST' })), '404 NotFoundError');
});

test('an encrypted archive stays closed without its password, and is opened with it', async (t) => {
  const { virusTotal, clock } = await started(t);
  const { upload, post, report } = client(virusTotal);
  const zip = Buffer.concat([Buffer.from('PK\x03\x04\x14\x00\x01\x00'), Buffer.from('vtscan-sandbox: malicious\n')]);
  await upload(zip);
  clock.jump(20_000);
  const closed = (await report(hash('sha256', zip))).attributes;
  assert.equal(closed.last_analysis_stats.malicious, 0);
  assert.ok(closed.tags.includes('encrypted'));

  assert.equal(await outcome(post('files', zip, 'a.zip', 'wrong')), '400 BadRequestError');
  assert.equal(await outcome(post('files', 'no archive', 'a.zip', 'infected')), '400 BadRequestError');
  await upload(zip, 'a.zip', 'infected');
  clock.jump(20_000);
  assert.equal((await report(hash('sha256', zip))).attributes.last_analysis_stats.malicious, 54);

  const sevenZip = "7z\u00bc\u00af'\x1c vtscan-sandbox-password: geheim ";
  const bytes = Buffer.from(sevenZip, 'latin1');
  assert.equal(await outcome(post('files', bytes, 'a.7z', 'infected')), '400 BadRequestError');
  assert.equal(await outcome(post('files', bytes, 'a.7z', 'geheim')), '200');
});

test('a file over 32 MB is too large for a direct upload and fits through an upload address, once', async (t) => {
  const { virusTotal } = await started(t);
  const { post, uploadUrl, ask } = client(virusTotal);
  const large = Buffer.alloc(33 * 1024 * 1024, 'x');
  const refused = await post('files', large);
  assert.equal(refused.status, 413);
  assert.match(refused.headers.get('content-type') ?? '', /html/);

  const once = await uploadUrl();
  assert.equal(await outcome(post(once, large)), '200');
  assert.equal(await outcome(post(once, 'again')), '404');
  assert.equal(await outcome(ask(`files/${hash('sha256', large)}`)), '200');
});

test('a form without a file, or with none at all, is a bad request', async (t) => {
  const { virusTotal } = await started(t);
  const { ask } = client(virusTotal);
  assert.equal(await outcome(ask('files', { method: 'POST', body: new FormData() })), '400 BadRequestError');
  assert.equal(await outcome(ask('files', { method: 'POST', body: 'text' })), '400 BadRequestError');
});

test('an upload given up half-way leaves nothing behind, and others are served', async (t) => {
  const { virusTotal } = await started(t);
  const { ask } = client(virusTotal);
  const leaving = new AbortController();
  virusTotal.on(({ type, endpoint }) => type === 'arrived' && endpoint === 'POST /files' && leaving.abort());
  const body = new FormData();
  body.append('file', new Blob([Buffer.alloc(20 * 1024 * 1024)]), 'a.bin');
  await assert.rejects(ask('files', { method: 'POST', body, signal: leaving.signal }), { name: 'AbortError' });
  assert.equal(await outcome(ask(`files/${unseen}`)), '404 NotFoundError');
  assert.equal(virusTotal.model.files.size, 0);
});

test('calls over the limit of the minute or the day are refused and not counted', async (t) => {
  const { virusTotal, clock } = await started(t, { perMinute: 4, perDay: 6 });
  const { ask } = client(virusTotal);
  const midnight = 24 * 3_600_000;
  clock.jump(midnight - (clock.now() % midnight));
  const outcomes = async (times: number) => {
    const all: string[] = [];
    for (let i = 0; i < times; i++) all.push(await outcome(ask(`files/${unseen}`)));
    return all.map((text) => text.slice(0, 3)).join(' ');
  };
  assert.equal(await outcomes(5), '404 404 404 404 429');
  clock.jump(60_000);
  assert.equal(await outcomes(3), '404 404 429');
  clock.jump(midnight);
  assert.equal(await outcomes(1), '404');
  assert.equal(virusTotal.model.refused, 2);
  assert.equal(virusTotal.model.counts.get('GET /files/{id}'), 7);
});

test('the quota is read by user or key, for nothing', async (t) => {
  const { virusTotal } = await started(t, { perDay: 500 });
  const { ask } = client(virusTotal);
  virusTotal.setUsed({ day: 499, month: 700 });
  await ask(`files/${unseen}`);
  const quotas = z.object({ data: z.record(z.string(), z.object({ user: z.record(z.string(), z.number()) })) });
  for (const id of [virusTotal.userId, virusTotal.key]) {
    const { data } = quotas.parse(await (await ask(`users/${id}/overall_quotas`)).json());
    assert.deepEqual(data.api_requests_daily?.user, { allowed: 500, used: 500 });
    assert.equal(data.api_requests_monthly?.user.used, 701);
  }
  assert.equal(await outcome(ask('users/nobody')), '404 NotFoundError');
  assert.deepEqual(
    virusTotal.requests.map(({ cost }) => cost),
    [1, 0, 0, 0],
  );
});

test('a missing, wrong, revoked or inactive key is refused; a wrong one is repeated in the message', async (t) => {
  const { virusTotal } = await started(t);
  const good = client(virusTotal);
  const ask = () => outcome(good.ask(`files/${unseen}`));
  assert.equal(await outcome(fetch(`${virusTotal.url}/files/${unseen}`)), '401 AuthenticationRequiredError');
  const wrong = await client(virusTotal, 'wrong-key').ask('files/upload_url');
  assert.match(await wrong.text(), /WrongCredentialsError.*wrong-key/);
  virusTotal.revokeKey();
  assert.equal(await ask(), '401 WrongCredentialsError');
  virusTotal.revokeKey('UserNotActiveError');
  assert.equal(await ask(), '401 UserNotActiveError');
  virusTotal.restoreKey();
  assert.equal(await ask(), '404 NotFoundError');
});

test('it says what it is, on its page and in every answer', async (t) => {
  const { virusTotal } = await started(t);
  const root = await fetch(new URL('/', virusTotal.url));
  assert.match(await root.text(), /not VirusTotal.*made up/);
  for (const response of [root, await client(virusTotal).ask('unknown')]) {
    assert.equal(response.headers.get('server'), 'vtscan sandbox, simulated verdicts');
  }
});
