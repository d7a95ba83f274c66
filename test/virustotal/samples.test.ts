import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import type { EngineAnswer } from '../../src/verdict/report.ts';
import { uploadAddress } from '../../src/virustotal/addresses.ts';
import { errorCodeOf, refusal } from '../../src/virustotal/answers.ts';
import { analysisOf, knowledgeOf } from '../../src/virustotal/report.ts';
import { reportV2Of } from '../../src/virustotal/v2Report.ts';
import { reportV2Schema, submittedV2Schema } from '../../src/virustotal/v2Wire.ts';
import { analysisSchema, objectSchema, submittedSchema, uploadUrlSchema } from '../../src/virustotal/wire.ts';
import { fileOf } from '../contracts/engine.ts';
import { judgementOn, wordOn } from '../fixtures/judging.ts';

const folder = process.env.VT_SAMPLES_DIR;
const skip = folder ? false : 'VT_SAMPLES_DIR, the folder of captured bodies, is not set';

async function sample(name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(folder ?? '', `${name}.json`), 'utf8'));
}

const stats = z.record(z.string(), z.number());
const ownNumbers = z.object({
  data: z.object({
    id: z.string(),
    attributes: z.object({ last_analysis_stats: stats.optional(), stats: stats.optional() }),
  }),
});

function agree(engines: readonly EngineAnswer[], body: unknown): void {
  const { attributes } = ownNumbers.parse(body).data;
  for (const [category, expected] of Object.entries(attributes.last_analysis_stats ?? attributes.stats ?? {})) {
    const own = (row: EngineAnswer) => (row.category === 'unrated' ? 'undetected' : row.category) === category;
    assert.equal(engines.filter(own).length, expected, category);
  }
}

for (const [name, verdict, ratio] of [
  ['v3_file_eicar_malicious', 'malicious', '57/65'],
  ['v3_file_malicious_sigma_yara_sandbox', 'malicious', '54/75'],
  ['v3_file_clean_confirmed_timeout', 'clean', '0/48'],
  ['v3_file_cyrillic_names_failure', 'clean', '0/66'],
] as const) {
  test(`the captured report ${name} is ${verdict} with ${ratio}, as its own numbers say`, { skip }, async () => {
    const body = await sample(name);
    const { report, lastSubmitted } = knowledgeOf(objectSchema.parse(body), fileOf(ownNumbers.parse(body).data.id));
    assert.ok(report?.facts?.type && report.facts.firstSeen && report.facts.names.length > 0 && lastSubmitted);
    agree(report.engines, body);
    const { flagged, opinions } = judgementOn(report.engines).counts;
    assert.equal(wordOn(report.engines), verdict);
    assert.equal(`${flagged}/${opinions}`, ratio);
    assert.ok(report.facts.names.every((name) => !/[\\/]/.test(name)));
    assert.ok(report.engines.every(({ version }) => version !== 'None'));
  });
}

for (const [name, finished] of [
  ['v3_analysis_file_completed_clean', true],
  ['v3_analysis_url_completed', true],
  ['v3_analysis_file_queued_2024', false],
  ['docs_v3_analysis_file_in_progress_partial', false],
] as const) {
  test(`the captured analysis ${name} is ${finished ? 'finished and clean' : 'not finished'}`, { skip }, async () => {
    const body = await sample(name);
    const analysis = analysisOf(analysisSchema.parse(body), fileOf('ab'.repeat(32)), 0);
    assert.equal(analysis.finished, finished);
    agree(analysis.report.engines, body);
    assert.equal(wordOn(analysis.report.engines) === 'clean', finished);
  });
}

test('captured answers to uploads have their ids, the number of 2019 too', { skip }, async () => {
  for (const [name, pattern] of [
    ['v3_post_files_response_2020', /^[\w=]+$/],
    ['v3_post_files_analyse_numeric_id_2019', /^\d+$/],
  ] as const) {
    assert.match(submittedSchema.parse(await sample(name)).data.id, pattern);
  }
});

test('a captured upload address is accepted', { skip }, async () => {
  const { data } = uploadUrlSchema.parse(await sample('v3_upload_url_response'));
  assert.ok(uploadAddress(data, new URL('https://www.virustotal.com/api/v3')));
});

test('captured errors are understood, and their words go no further', { skip }, async () => {
  const captured = z
    .array(z.object({ status: z.number(), body: z.unknown() }))
    .parse(await sample('v3_errors_real_http'));
  for (const { status, body } of captured) {
    const answer = { status, isEmpty: false, body, retryAfter: undefined };
    assert.ok(errorCodeOf(answer));
    assert.doesNotMatch(refusal('look-up', answer).message, /testapikey|Wrong API|not found|pattern/);
  }
});

test('captured reports have what is told beside the engines', { skip }, async () => {
  const factsIn = async (name: string) =>
    knowledgeOf(objectSchema.parse(await sample(name)), fileOf('')).report?.facts ?? assert.fail(name);
  const malware = await factsIn('v3_file_malicious_sigma_yara_sandbox');
  assert.equal(malware.size, 3_113_984);
  assert.deepEqual(malware.votes, { harmless: 0, malicious: 0 });
  assert.deepEqual(malware.sigma, { critical: 0, high: 0, medium: 2, low: 0, titles: [] });
  assert.ok(malware.yara?.includes('Agenttesla_type2'));
  assert.ok(malware.sandboxes?.some(({ name, verdict }) => name === 'Zenbox' && verdict === 'malicious'));
  assert.deepEqual(
    [malware.sha256, malware.sha1, malware.md5].map((hash) => hash?.length),
    [64, 40, 32],
  );
  // It has a file version and no signature.
  assert.equal(malware.signature, undefined);
  assert.equal((await factsIn('v3_file_eicar_malicious')).reputation, 3461);
});

test('a captured report about an address is malicious by 5 of the 81 lists that rate it, of 90', { skip }, async () => {
  const body = objectSchema.parse(await sample('v3_url_report_malicious5'));
  const { report } = knowledgeOf(body, { kind: 'url', url: 'https://www.dropbox.com/' });
  const { flagged, opinions } = judgementOn(report?.engines ?? []).counts;
  assert.equal(`${flagged}/${opinions}`, '5/81');
  assert.equal(report?.link, `https://www.virustotal.com/gui/url/${body.data.id}`);
  assert.equal(report?.facts?.sha256, undefined);
});

test('captured answers of v2 are read: a clean report of 55 rows, an unknown file, a queued one', {
  skip,
}, async () => {
  const found = reportV2Schema.parse(await sample('v2_file_report_response_code_1'));
  assert.ok(found.response_code === 1 && found.sha256);
  const report = reportV2Of(found, fileOf(found.sha256)) ?? assert.fail('no report');
  assert.deepEqual(judgementOn(report.engines).counts, {
    flagged: 0,
    malicious: 0,
    suspicious: 0,
    opinions: 55,
    engines: 55,
    families: 0,
  });
  assert.equal(wordOn(report.engines), 'clean');
  assert.deepEqual(report.facts?.counted, { flagged: 0, engines: 55 });
  assert.equal(report.analysedAt, Date.UTC(2014, 11, 8, 9, 48, 47));
  assert.equal(report.link, `https://www.virustotal.com/gui/file/${found.sha256}`);

  const unknown = reportV2Schema.parse(await sample('v2_file_report_response_code_0'));
  assert.equal(unknown.response_code, 0);
  const queued = await sample('v2_file_scan_queued');
  assert.match(submittedV2Schema.parse(queued).scan_id ?? '', /^[0-9a-f]{64}-1419455691$/);
  const asReport = reportV2Schema.parse(queued);
  assert.ok(asReport.response_code === 1 && reportV2Of(asReport, fileOf('')) === undefined);
});
