import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { eicar, eicarSha256 } from '../../sandbox/virustotal/eicar.ts';
import { findings } from '../../sandbox/virustotal/findings.ts';
import { client, started } from './virustotal-client.ts';

const samples = process.env.VT_SAMPLES_DIR;
const skip = samples ? false : 'VT_SAMPLES_DIR is not set: no captured bodies to compare with';

/** Objects whose keys are names rather than fields: what stands under one key may stand under any. */
const maps = /\.(results|scans|last_analysis_results|sandbox_verdicts|quotas)$/;

type Shape = Map<string, Set<string>>;

/** The JSON types at every path: `$.data.attributes.size` is a `number`. */
function shapeOf(value: unknown, path = '$', shape: Shape = new Map()): Shape {
  const object = z.record(z.string(), z.unknown()).safeParse(value).data;
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  shape.set(path, (shape.get(path) ?? new Set()).add(type));
  if (Array.isArray(value)) for (const item of value) shapeOf(item, `${path}[]`, shape);
  else if (object) {
    for (const [key, child] of Object.entries(object)) {
      shapeOf(child, maps.test(path) ? `${path}.*` : `${path}.${key}`, shape);
    }
  }
  return shape;
}

function shapesOf(captured: unknown[]): Shape {
  const known: Shape = new Map();
  for (const body of captured) shapeOf(body, '$', known);
  return known;
}

/** Paths or types of `ours` that no sample has. */
const strange = (ours: unknown, captured: unknown[]) => strangeTo(shapesOf(captured), ours);

function strangeTo(known: Shape, ours: unknown): string[] {
  return [...shapeOf(ours)].flatMap(([path, types]) =>
    [...types].filter((type) => !known.get(path)?.has(type)).map((type) => `${path}: ${type}`),
  );
}

async function sample(name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(samples ?? '', `${name}.json`), 'utf8'));
}

test('a comparison of shapes finds what is strange', () => {
  assert.deepEqual(strange({ a: 1, b: { results: { x: null } } }, [{ a: '', b: { results: { y: null } } }]), [
    '$.a: number',
  ]);
});

test('file reports have the shape of captured ones', { skip }, async (t) => {
  const bodies = await Promise.all(
    [
      'v3_file_eicar_malicious',
      'v3_file_clean_confirmed_timeout',
      'v3_file_cyrillic_names_failure',
      'v3_file_malicious_sigma_yara_sandbox',
      // Version resources, a revoked signature, and a capture with intrusion alerts.
      'judged/v3_file_005',
      'judged/v3_file_016',
      'judged/v3_file_021',
    ].map(sample),
  );
  const captured = shapesOf(bodies);
  const { virusTotal, clock } = await started(t, { known: [{ content: eicar(), name: 'eicar.com' }] });
  const { ask, upload } = client(virusTotal);
  virusTotal.know({ content: 'ab'.repeat(32), verdict: 'malicious' });
  const others = findings.filter((finding) => finding !== 'assessed');
  for (const [at, finding] of others.entries()) {
    virusTotal.know({ content: `${at}`.repeat(64), verdict: 'one-detection', findings: [finding] });
  }
  await upload('just uploaded', 'a.txt');
  for (const id of virusTotal.model.files.keys()) {
    assert.deepEqual(strangeTo(captured, await (await ask(`files/${id}`)).json()), [], id);
  }
  clock.jump(20_000);
  assert.deepEqual(strangeTo(captured, await (await ask(`files/${eicarSha256}`)).json()), []);
});

test('analyses have the shape of captured ones at every stage', { skip }, async (t) => {
  const { virusTotal, clock } = await started(t);
  const { ask, upload } = client(virusTotal);
  const id = await upload(eicar());
  const captured = await Promise.all(
    [
      'v3_analysis_file_queued_2024',
      'docs_v3_analysis_file_in_progress_partial',
      'v3_analysis_file_completed_clean',
    ].map(sample),
  );
  // File reports have rows without a version; the captured analyses happen to have none.
  captured.push({ data: { attributes: { results: { any: { engine_version: null } } } } });
  for (const wait of [0, 12_000, 10_000]) {
    clock.jump(wait);
    assert.deepEqual(strange(await (await ask(`analyses/${id}`)).json(), captured), []);
  }
});

test('answers to uploads have the shape of captured ones', { skip }, async (t) => {
  const { virusTotal } = await started(t);
  const { ask, post } = client(virusTotal);
  // Newer answers than the captured one have the link too.
  const links = { data: { links: { self: '' } } };
  const captured = [await sample('v3_post_files_response_2020'), links];
  assert.deepEqual(strange(await (await post('files', eicar())).json(), captured), []);
  const again = await ask(`files/${eicarSha256}/analyse`, { method: 'POST' });
  assert.deepEqual(strange(await again.json(), captured), []);
  const url = await (await ask('files/upload_url')).json();
  assert.deepEqual(strange(url, [await sample('v3_upload_url_response')]), []);
});

test('addresses, their analyses and their reports have the shape of captured ones', { skip }, async (t) => {
  const { virusTotal, clock } = await started(t);
  const { ask } = client(virusTotal);
  const url = 'https://malicious.example/';
  const post = (path: string) =>
    ask(path, { method: 'POST', body: new URLSearchParams({ url }) }).then((response) => response.json());
  // Newer answers than the captured one have links too.
  const links = { data: { links: { self: '', item: '' } } };
  const accepted = await post('urls');
  assert.deepEqual(strange(accepted, [await sample('v3_post_files_response_2020'), links]), []);
  const { id } = z.object({ data: z.object({ id: z.string() }) }).parse(accepted).data;
  const captured = [await sample('v3_analysis_url_completed'), links];
  const reports = [await sample('v3_url_report_malicious5')];
  for (const wait of [0, 12_000, 10_000]) {
    clock.jump(wait);
    assert.deepEqual(strange(await (await ask(`analyses/${id}`)).json(), captured), []);
    const report = await (await ask(`urls/${Buffer.from(url).toString('base64url')}`)).json();
    assert.deepEqual(strange(report, reports), []);
  }
});

test('answers of v2 have the shape of captured ones', { skip }, async (t) => {
  const { virusTotal } = await started(t, { known: [{ content: eicar() }] });
  const report = async (resource: string) => {
    const body = new URLSearchParams({ apikey: virusTotal.key, resource });
    return (await fetch(`${virusTotal.url2}/file/report`, { method: 'POST', body })).json();
  };
  // The captured report is a clean one, and an old one: labels are text where something was found, and versions may be missing.
  const flagged = { scans: { any: { result: 'label', version: null } } };
  assert.deepEqual(strange(await report(eicarSha256), [await sample('v2_file_report_response_code_1'), flagged]), []);
  assert.deepEqual(strange(await report('ab'.repeat(32)), [await sample('v2_file_report_response_code_0')]), []);
  const form = new FormData();
  form.append('apikey', virusTotal.key);
  form.append('file', new Blob(['new']), 'a.txt');
  const queued = await (await fetch(`${virusTotal.url2}/file/scan`, { method: 'POST', body: form })).json();
  assert.deepEqual(strange(queued, [await sample('v2_file_scan_queued')]), []);
});

test('the user has the shape of a captured one', { skip }, async (t) => {
  const { virusTotal } = await started(t);
  const user = await (await client(virusTotal).ask(`users/${virusTotal.userId}`)).json();
  assert.deepEqual(strange(user, [await sample('v3_user_with_quotas')]), []);
});

test('errors are those captured: status, type, code and words', { skip }, async (t) => {
  const { virusTotal } = await started(t);
  const captured = z.array(
    z.object({
      status: z.number(),
      headers: z.object({ 'Content-Type': z.tuple([z.string()]) }),
      body: z.object({ error: z.object({ code: z.string(), message: z.string() }) }),
    }),
  );
  const words = (body: { error: { code: string; message: string } }) =>
    `${body.error.code}: ${body.error.message.replace(/testapikey|wrong-key/, 'KEY')}`;
  const unknown = '01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b';
  const ours = new Map<number, Response>();
  const keep = (response: Response) => ours.set(response.status, response);
  keep(await client(virusTotal).ask(`files/${unknown}`));
  keep(await client(virusTotal, 'wrong-key').ask(`files/${unknown}`));
  virusTotal.setUsed({ minute: 1000 });
  keep(await client(virusTotal).ask(`files/${unknown}`));

  for (const { status, headers, body } of captured.parse(await sample('v3_errors_real_http'))) {
    // Domains, the captured 400, are not served here.
    const response = ours.get(status);
    if (status === 400 || !response) continue;
    assert.equal(response.headers.get('content-type'), headers['Content-Type'][0]);
    assert.equal(words(captured.element.shape.body.parse(await response.json())), words(body));
    ours.delete(status);
  }
  assert.equal(ours.size, 0);
});
