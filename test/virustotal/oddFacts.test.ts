import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { factsSchema } from '../../src/verdict/report.ts';
import { factsOf } from '../../src/virustotal/facts.ts';
import { knowledgeOf } from '../../src/virustotal/report.ts';
import { objectSchema } from '../../src/virustotal/wire.ts';

const id = 'ab'.repeat(32);
const odd = fc.jsonValue();
const oddly = (fields: Record<string, fc.Arbitrary<unknown>>) => fc.oneof(odd, fc.record(fields, { requiredKeys: [] }));
const oddList = (fields: Record<string, fc.Arbitrary<unknown>>) => fc.oneof(odd, fc.array(oddly(fields)));
const levels = { critical: odd, high: odd, medium: odd, low: odd, info: odd };
const valued = oddly({ value: fc.oneof(odd, fc.constantFrom('VERDICT_MALICIOUS', 'SEVERITY_HIGH', 50)) });

/** Attributes of the right names, most of which hold nothing of the right shape. */
const oddAttributes = fc.record(
  {
    size: odd,
    sha1: odd,
    md5: odd,
    reputation: odd,
    names: odd,
    tags: fc.oneof(odd, fc.array(fc.oneof(odd, fc.constantFrom('signed', 'revoked-cert', 'nsrl')))),
    type_tag: odd,
    total_votes: oddly({ harmless: odd, malicious: odd }),
    threat_severity: oddly({ threat_severity_level: odd, level_description: odd }),
    signature_info: oddly({ verified: fc.oneof(odd, fc.constantFrom('Signed')), signers: odd }),
    known_distributors: oddly({ distributors: odd, data_sources: odd }),
    trusted_verdict: oddly({ organization: odd, verdict: fc.oneof(odd, fc.constant('goodware')) }),
    sandbox_verdicts: fc.oneof(odd, fc.dictionary(fc.string(), oddly({ category: odd, malware_names: odd }))),
    malware_config: oddly({ families: oddList({ family: odd }) }),
    crowdsourced_yara_results: oddList({ rule_name: odd }),
    sigma_analysis_stats: oddly(levels),
    sigma_analysis_results: oddList({ rule_level: fc.constant('high'), rule_title: odd }),
    crowdsourced_ids_stats: oddly(levels),
    crowdsourced_ids_results: oddList({ alert_severity: fc.constant('high'), rule_msg: odd }),
    bundle_info: oddly({ num_children: odd, file_types: odd }),
    gti_assessment: oddly({ verdict: valued, severity: valued, threat_score: valued }),
    last_final_url: odd,
    title: odd,
  },
  { requiredKeys: [] },
);
const kinds = fc.constantFrom('file' as const, 'url' as const);

test('no attributes break the facts, and whatever is read can be stored', () => {
  fc.assert(
    fc.property(oddAttributes, kinds, (given, kind) => {
      const facts = factsOf(objectSchema.parse({ data: { id, attributes: given } }).data, kind);
      assert.deepEqual(factsSchema.parse(JSON.parse(JSON.stringify(facts))), JSON.parse(JSON.stringify(facts)));
    }),
  );
});

test('whatever else a report says, the rows of its engines are the same', () => {
  const last_analysis_results = {
    A: { category: 'malicious', result: 'Trojan', engine_version: '1', engine_update: '20260101' },
    B: { category: 'undetected', result: null },
    C: { category: 'undetected', result: 'unrated' },
  };
  const engines = (attributes: object) => {
    const body = objectSchema.parse({ data: { id, attributes: { ...attributes, last_analysis_results } } });
    return knowledgeOf(body, { kind: 'file', hash: id }).report?.engines;
  };
  const expected = engines({});
  assert.equal(expected?.length, 3);
  fc.assert(
    fc.property(oddAttributes, (given) => {
      assert.deepEqual(engines(given), expected);
    }),
  );
});
