import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../sandbox/virustotal/findings.ts';
import { analysing, opened } from '../../src/inquiry/inquiry.ts';
import { virusTotalV3 } from '../../src/virustotal/v3.ts';
import { anAsk, engineContract, failsWith, fileOf, uploadOf } from '../contracts/engine.ts';
import { engineWorld, key, known, marked, sandbox } from './world.ts';

engineContract('VirusTotal v3', () =>
  engineWorld((service, as) => virusTotalV3({ url: service.url, key: as, user: service.userId })),
);

async function facing() {
  const { clock, service, close } = await sandbox();
  return { clock, service, close, engine: virusTotalV3({ url: service.url, key, user: service.userId }) };
}

test('a look-up brings type, names, first submission and threat label; an analysis leaves the facts open', async (t) => {
  const { service, engine, clock, close } = await facing();
  t.after(close);
  const report = (await engine.lookUp(fileOf(known), anAsk()))?.report;
  assert.deepEqual(report?.facts?.names, ['bad.exe']);
  assert.equal(report?.facts?.threatLabel, 'trojan.agent/generic');
  assert.ok((report?.facts?.firstSeen ?? 0) > 0);

  const file = await uploadOf(marked('clean'));
  const id = await engine.upload(file, anAsk());
  const analysis = await engine.poll(analysing(opened(file.sha256, fileOf(file.sha256)), clock.now(), id), anAsk());
  assert.equal(analysis.report.facts, undefined);
  assert.deepEqual(
    service.requests.map(({ endpoint }) => endpoint),
    ['GET /files/{id}', 'POST /files', 'GET /analyses/{id}'],
  );
});

test('what a report says beside the engines is read, and only a tool that names itself gets an assessment', async (t) => {
  const { service, engine, close } = await facing();
  t.after(close);
  const factsOf = async (...named: Finding[]) => {
    const content = marked(['one-detection', ...named].join(' '));
    service.know({ content });
    const { sha256 } = await uploadOf(content);
    return (await engine.lookUp(fileOf(sha256), anAsk()))?.report?.facts;
  };
  assert.equal((await factsOf('signed'))?.signature?.state, 'valid');
  const signer = 'Example Software Ltd';
  assert.deepEqual((await factsOf('revoked-signature'))?.signature, { state: 'revoked', signer });
  const product = await factsOf('distributor', 'assessed');
  assert.deepEqual([product?.distributors, product?.nsrl], [['Example Linux'], true]);
  assert.deepEqual(product?.gti, { verdict: 'malicious', severity: 'high', score: 90 });
  const capture = await factsOf('intrusions', 'bad-votes');
  assert.equal(capture?.intrusions?.high, 3);
  assert.deepEqual([capture?.reputation, capture?.votes], [-357, { harmless: 7, malicious: 32 }]);
  const loader = await factsOf('sandbox-malicious', 'malware-config', 'sigma');
  assert.deepEqual(loader?.sandboxes?.[0], { name: 'Zenbox', verdict: 'malicious', names: ['ExampleLoader'] });
  assert.deepEqual(loader?.malwareFamilies, ['examplerat']);
  assert.deepEqual(loader?.sigma?.titles, ['Example Token Obfuscation']);

  const content = marked('clean assessed');
  service.know({ content });
  const { sha256 } = await uploadOf(content);
  const nameless = await fetch(`${service.url}/files/${sha256}`, { headers: { 'x-apikey': key } });
  assert.doesNotMatch(await nameless.text(), /gti_assessment/);
});

test('an address says where it leads and what its page calls itself', async (t) => {
  const { service, engine, close } = await facing();
  t.after(close);
  const url = 'https://redirected.example/';
  service.knowUrl({ url });
  const { finalUrl, pageTitle } = (await engine.lookUp({ kind: 'url', url }, anAsk()))?.report?.facts ?? {};
  assert.deepEqual([finalUrl, pageTitle], ['https://landing.example/welcome', 'Welcome to landing.example']);
});

test('a file above 30 MiB goes to an address of its own, at the price of two requests', async (t) => {
  const { service, engine, close } = await facing();
  t.after(close);
  const limit = 30 * 1024 * 1024;
  await engine.upload(await uploadOf(Buffer.alloc(limit + 1)), anAsk());
  await engine.upload(await uploadOf(Buffer.alloc(limit)), anAsk());
  assert.deepEqual(
    service.requests.map(({ endpoint }) => endpoint),
    ['GET /files/upload_url', 'POST /_ah/upload/{once}', 'POST /files'],
  );
  assert.deepEqual([limit, limit + 1].map(engine.uploadCost), [1, 2]);
});

test('a password opens an archive, and a wrong one is told from a wrong key', async (t) => {
  const { service, engine, close } = await facing();
  t.after(close);
  const archive = Buffer.from(`PK\x03\x04\x14\0\x01\0vtscan-sandbox: malicious\nvtscan-sandbox-password: geheim-ß\n`);
  const file = await uploadOf(archive, 'a.zip');
  assert.ok(await engine.upload({ ...file, password: 'geheim-ß' }, anAsk()));
  await failsWith('engine.password', engine.upload({ ...file, password: 'other' }, anAsk()));
  service.revokeKey();
  await failsWith('engine.badKey', engine.upload({ ...file, password: 'geheim-ß' }, anAsk()));
});

test('an analysis that is not there yet is asked for again', async (t) => {
  const { service, engine, clock, close } = await facing();
  t.after(close);
  for (const code of ['NotFoundError', 'NotAvailableYet'] as const) {
    service.forgetFor(10_000, code);
    const file = await uploadOf(marked('clean'));
    const id = await engine.upload(file, anAsk());
    const inquiry = analysing(opened(file.sha256, fileOf(file.sha256)), clock.now(), id);
    await failsWith('engine.notReady', engine.poll(inquiry, anAsk()));
  }
});

test('usage counts the day and the month, by user or by key', async (t) => {
  const { service, close } = await facing();
  t.after(close);
  service.setUsed({ day: 7, month: 90 });
  for (const user of [service.userId, undefined]) {
    const engine = virusTotalV3({ url: `${service.url}/`, key, ...(user && { user }) });
    assert.deepEqual(await engine.usage(new AbortController().signal), {
      hour: { used: 0, allowed: 60_000 },
      day: { used: 7, allowed: 500 },
      month: { used: 90, allowed: 15_500 },
    });
  }
});

test('answers that break off, connections that drop and bodies of another kind never pass for a report', async (t) => {
  const { service, engine, close } = await facing();
  t.after(close);
  service.truncate();
  await failsWith('engine.unavailable', engine.lookUp(fileOf(known), anAsk()));
  service.dropConnection();
  await failsWith('engine.unavailable', engine.lookUp(fileOf(known), anAsk()));
  for (const garbage of ['html', 'odd', 'cut'] as const) {
    service.garbage(garbage);
    await failsWith('engine.unreadable', engine.lookUp(fileOf(known), anAsk()));
  }
});
