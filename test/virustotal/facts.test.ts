import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsSchema } from '../../src/verdict/report.ts';
import { factsOf } from '../../src/virustotal/facts.ts';
import { objectSchema } from '../../src/virustotal/wire.ts';

const id = 'ab'.repeat(32);

function read(attributes: object, kind: 'file' | 'url' = 'file') {
  return factsOf(objectSchema.parse({ data: { id, attributes } }).data, kind);
}

test('a file has its size and its three hashes, an address none of its own', () => {
  const attributes = { size: 3_113_984, sha1: 'CD'.repeat(20), md5: 'ef'.repeat(16) };
  const { size, sha256, sha1, md5 } = read(attributes);
  assert.deepEqual([size, sha256, sha1, md5], [3_113_984, id, 'cd'.repeat(20), 'ef'.repeat(16)]);
  assert.equal(read({}, 'url').sha256, undefined);
});

test('who signed is told beside whether the signature holds', () => {
  const signers = ' Example Corp\u202e; Example Code Signing CA; Example Root';
  const verified = 'Signed';
  for (const [signature_info, expected] of [
    [
      { verified, signers },
      { state: 'valid', signer: 'Example Corp' },
    ],
    [{ verified }, { state: 'valid', signer: undefined }],
    [
      { verified, signers: ' ; ' },
      { state: 'valid', signer: undefined },
    ],
    [
      { verified, signers: 7 },
      { state: 'valid', signer: undefined },
    ],
    [
      { verified: 'A certificate was explicitly revoked by its issuer.', signers },
      { state: 'revoked', signer: 'Example Corp' },
    ],
    [{ signers }, undefined],
    [{ verified: null, signers }, undefined],
    [{ 'file version': '1.0.0.0', product: 'Example' }, undefined],
    ['Signed', undefined],
  ] as const) {
    assert.deepEqual(read({ signature_info }).signature, expected, JSON.stringify(signature_info));
  }
});

test('what was stored when only signers of valid signatures were named reads as a valid signature', () => {
  const sigma = { critical: 1, high: 0, medium: 0, low: 4 };
  const facts = factsSchema.parse({ signedBy: 'Example Corp', yara: ['Agent'], sigma });
  assert.deepEqual(facts, {
    names: [],
    tags: [],
    yara: ['Agent'],
    sigma: { ...sigma, titles: [] },
    signature: { state: 'valid', signer: 'Example Corp' },
  });
});

test('the community may think ill of it, and a vote that is missing is none', () => {
  const facts = read({ reputation: -58, total_votes: { malicious: 3 } });
  assert.equal(facts.reputation, -58);
  assert.deepEqual(facts.votes, { harmless: 0, malicious: 3 });
});

test('sandboxes and rules are named, odd ones left out', () => {
  const facts = read({
    sandbox_verdicts: {
      'Zen\u0000box': { category: 'malicious', confidence: 88 },
      Other: { category: 'undetected' },
      Odd: { category: 'maybe' },
      Odder: null,
    },
    crowdsourced_yara_results: [
      { rule_name: 'Agent' },
      { rule_name: 'Agent' },
      {},
      null,
      { rule_name: 'x'.repeat(500) },
    ],
    sigma_analysis_stats: { critical: 1, high: '2', low: 4 },
  });
  assert.deepEqual(facts.sandboxes, [
    { name: 'Zenbox', verdict: 'malicious' },
    { name: 'Other', verdict: 'undetected' },
  ]);
  assert.deepEqual(facts.yara, ['Agent', 'x'.repeat(80)]);
  assert.deepEqual(facts.sigma, { critical: 1, high: 0, medium: 0, low: 4, titles: [] });
});

test('the bad verdicts of sandboxes are told first and with the names that they found', () => {
  const harmless = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`${at}`, { category: 'harmless' }]));
  const { sandboxes } = read({
    sandbox_verdicts: {
      ...harmless,
      Doubtful: { category: 'suspicious', malware_names: [] },
      Sure: { category: 'malicious', malware_names: ['Orcus', 7, null, 'Orcus', 'Sugar\u202eDump', 'A', 'B'] },
    },
  });
  assert.deepEqual(sandboxes?.slice(0, 2), [
    { name: 'Sure', verdict: 'malicious', names: ['Orcus', 'SugarDump', 'A'] },
    { name: 'Doubtful', verdict: 'suspicious' },
  ]);
});

test('a severity that nobody has worked out is none at all', () => {
  const level = (threat_severity_level: unknown, level_description?: unknown) =>
    read({ threat_severity: { threat_severity_level, level_description } }).severity;
  assert.equal(level('SEVERITY_HIGH', 'Severity HIGH because it was considered ransomware.'), 'high');
  assert.equal(level('SEVERITY_MEDIUM'), 'medium');
  assert.equal(level('SEVERITY_LOW', 7), 'low');
  assert.equal(level('SEVERITY_NONE', 'Severity NONE because the file has no detections'), 'none');
  assert.equal(level('SEVERITY_NONE', 'No severity score data'), undefined);
  for (const odd of ['SEVERITY_UNKNOWN', 'SEVERITY_', '', null, 3]) assert.equal(level(odd), undefined);
});

test('who hands a file out, who vouches for it and whether the NSRL has it', () => {
  const distributors = ['Microsoft', 'Microsoft', 'Citrix Systems, Inc', 7, 'C', 'D', 'E', 'F'];
  const data_sources = ['Microsoft Corporation', 'National Software Reference Library (NSRL)'];
  const facts = read({ known_distributors: { distributors, data_sources } });
  assert.deepEqual([facts.distributors, facts.nsrl], [['Microsoft', 'Citrix Systems, Inc', 'C', 'D', 'E'], true]);
  assert.equal(read({ tags: ['nsrl'] }).nsrl, true);
  assert.deepEqual(
    [{}, { known_distributors: {} }].map((attributes) => read(attributes)).map((one) => [one.distributors, one.nsrl]),
    Array(2).fill([undefined, undefined]),
  );
  const trusted = (verdict: unknown) => read({ trusted_verdict: { organization: 'Google', verdict } }).trustedBy;
  assert.equal(trusted('goodware'), 'Google');
  assert.equal(trusted('malware'), undefined);
});

test('rules and alerts are counted by level, and the bad ones named once each', () => {
  const rule = (rule_level: string, rule_title: unknown) => ({ rule_level, rule_title });
  const alert = (alert_severity: string, rule_msg: unknown) => ({ alert_severity, rule_msg });
  const facts = read({
    sigma_analysis_stats: { critical: 1, high: 2, medium: 1, low: 0 },
    sigma_analysis_results: [rule('high', 'H'), rule('medium', 'M'), rule('critical', 'C'), null, rule('high', 'H')],
    crowdsourced_ids_stats: { high: 3, medium: 1, low: 0, info: 2 },
    crowdsourced_ids_results: [alert('low', 'L'), alert('high', 'ET MALWARE A'), alert('high', 7), 'x'],
    malware_config: { families: [{ family: 'orcusrat', configs: [] }, { family: 'orcusrat' }, {}, null] },
  });
  assert.deepEqual(facts.sigma, { critical: 1, high: 2, medium: 1, low: 0, titles: ['C', 'H'] });
  assert.deepEqual(facts.intrusions, { high: 3, medium: 1, low: 0, info: 2, titles: ['ET MALWARE A'] });
  assert.deepEqual(facts.malwareFamilies, ['orcusrat']);
});

test('a bundle says how many files it has and which program is among them', () => {
  const bundle = (bundle_info: unknown) => read({ bundle_info }).bundle;
  assert.deepEqual(bundle({ num_children: 3, file_types: { DEX: 2, 'Portable Executable': 1 } }), {
    files: 3,
    worst: 'Portable Executable',
  });
  assert.deepEqual(bundle({ num_children: 2, file_types: { JPG: 2 } }), { files: 2, worst: undefined });
  assert.deepEqual(bundle({ num_children: 2, file_types: null }), { files: 2, worst: undefined });
  assert.equal(bundle({ file_types: { DEX: 2 } }), undefined);
});

test('the assessment of Google Threat Intelligence is read where a key gets it', () => {
  const assessed = (verdict: unknown, severity?: unknown, score?: unknown) =>
    read({
      gti_assessment: { verdict: { value: verdict }, severity: { value: severity }, threat_score: { value: score } },
    }).gti;
  for (const [word, verdict] of [
    ['VERDICT_MALICIOUS', 'malicious'],
    ['VERDICT_SUSPICIOUS', 'suspicious'],
    ['VERDICT_UNDETECTED', 'undetected'],
    ['VERDICT_HARMLESS', 'harmless'],
    ['VERDICT_BENIGN', 'harmless'],
    ['VERDICT_UNKNOWN', 'unknown'],
    ['constructor', 'unknown'],
    [null, 'unknown'],
  ] as const) {
    assert.deepEqual(assessed(word, 'SEVERITY_LOW', 12), { verdict, severity: 'low', score: 12 }, `${word}`);
  }
  const scoreless = { verdict: 'malicious', severity: undefined, score: undefined };
  for (const score of [101, -1, '12', null]) {
    assert.deepEqual(assessed('VERDICT_MALICIOUS', 'SEVERITY_UNKNOWN', score), scoreless);
  }
  for (const gti_assessment of [undefined, null, 'malicious', {}, { verdict: null }]) {
    assert.equal(read({ gti_assessment }).gti, undefined);
  }
});

test('where an address leads and what its page calls itself are told of addresses only', () => {
  const attributes = { last_final_url: 'https://landing.example/\u202e', title: ' Log\u0000in\n', type_tag: 'peexe' };
  const { finalUrl, pageTitle } = read(attributes, 'url');
  assert.deepEqual([finalUrl, pageTitle], ['https://landing.example/', 'Login']);
  const file = read(attributes);
  assert.deepEqual([file.finalUrl, file.pageTitle, file.typeTag], [undefined, undefined, 'peexe']);
});

test('lists and texts end, so that what is stored stays small', () => {
  const long = (index: number) => `${index}`.padEnd(5_000, 'x');
  const many = Array.from({ length: 500 }, (_, index) => long(index));
  const facts = read({
    names: many,
    tags: many,
    crowdsourced_yara_results: many.map((rule_name) => ({ rule_name })),
    sandbox_verdicts: Object.fromEntries(
      many.map((name) => [name, { category: 'harmless', malware_names: many.map((one) => `${one}y`) }]),
    ),
    signature_info: { verified: 'Signed', signers: long(1) },
    known_distributors: { distributors: many, data_sources: many },
    trusted_verdict: { organization: long(1), verdict: 'goodware' },
    malware_config: { families: many.map((family) => ({ family })) },
    sigma_analysis_stats: {},
    sigma_analysis_results: many.map((rule_title) => ({ rule_level: 'high', rule_title })),
    crowdsourced_ids_stats: {},
    crowdsourced_ids_results: many.map((rule_msg) => ({ alert_severity: 'high', rule_msg })),
    type_description: long(1),
    type_tag: long(1),
  });
  const { names, tags, yara, sandboxes, distributors, malwareFamilies, sigma, intrusions } = facts;
  assert.deepEqual(
    [names, tags, yara, sandboxes, distributors, malwareFamilies, sigma?.titles, intrusions?.titles].map(
      (list) => list?.length,
    ),
    [20, 30, 10, 10, 5, 5, 5, 5],
  );
  assert.ok(JSON.stringify(facts).length < 16_000, `${JSON.stringify(facts).length}`);
});
