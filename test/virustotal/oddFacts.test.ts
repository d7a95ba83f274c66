import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { factsSchema } from '../../src/verdict/report.ts';
import { factsOf } from '../../src/virustotal/facts.ts';
import { knowledgeOf } from '../../src/virustotal/report.ts';
import { reportV2Of } from '../../src/virustotal/v2Report.ts';
import { reportV2Schema } from '../../src/virustotal/v2Wire.ts';
import { objectSchema } from '../../src/virustotal/wire.ts';
import { judgementOn } from '../fixtures/judging.ts';

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

const silent = Object.fromEntries(
  Array.from({ length: 60 }, (_, at) => [`Engine ${at}`, { category: 'undetected', result: null }]),
);
const subject = { kind: 'file', hash: id } as const;
const wordOf = (attributes: object) => {
  const { report } = knowledgeOf(objectSchema.parse({ data: { id, attributes } }), subject);
  return judgementOn(report?.engines ?? [], { facts: report?.facts }).word;
};

test('a row that names something is never silence, however its category is written or called', () => {
  const category = fc.oneof(
    fc.constantFrom('Malicious', ' malicious ', 'SUSPICIOUS', 'malware', 'phishing', 'infected'),
    fc
      .string()
      .filter((text) => !/^(?:harmless|undetected|unrated|timeout|failure|confirmed|type|other)/i.test(text.trim())),
  );
  fc.assert(
    fc.property(category, (written) => {
      const row = { category: written, result: 'Trojan.X' };
      assert.equal(wordOf({ last_analysis_results: { ...silent, Kaspersky: row } }), 'suspicious');
    }),
  );
});

test('a row of an unknown category that names nothing is no opinion', () => {
  for (const result of [null, '', 'clean', 'Unrated', 'harmless'])
    assert.equal(wordOf({ last_analysis_results: { ...silent, A: { category: 'odd', result } } }), 'clean');
});

test('what the statistics count as flagged is not clean, though no row says so', () => {
  const counted = (last_analysis_stats: unknown) => wordOf({ last_analysis_results: silent, last_analysis_stats });
  assert.equal(counted({ malicious: 5, suspicious: 0, undetected: 60 }), 'unknown');
  assert.equal(counted({ malicious: 0, suspicious: 1 }), 'unknown');
  for (const fine of [{ malicious: 0, undetected: 60 }, undefined, null, 'x', { malicious: 'many' }])
    assert.equal(counted(fine), 'clean');
});

test('the same holds for the older API', () => {
  const quiet = Object.fromEntries(Object.keys(silent).map((name) => [name, { detected: false, result: null }]));
  const word = (scans: object, positives: number) => {
    const body = reportV2Schema.parse({ response_code: 1, scans, positives, total: 61 });
    const report = body.response_code === 1 ? reportV2Of(body, subject) : undefined;
    return judgementOn(report?.engines ?? [], { facts: report?.facts }).word;
  };
  assert.equal(word(quiet, 0), 'clean');
  assert.equal(word(quiet, 3), 'unknown');
  assert.equal(word({ ...quiet, Kaspersky: { detected: 'true', result: 'Trojan.X' } }, 0), 'suspicious');
  assert.equal(word({ ...quiet, Kaspersky: { detected: null, result: null } }, 0), 'clean');
});

test('nothing that a report says beside its rows makes something fine of what an engine flags', () => {
  const flag = fc.record({
    category: fc.constantFrom('malicious', 'suspicious'),
    result: fc.oneof(odd, fc.constantFrom('Trojan.X', 'clean', 'PUA.X', 'EICAR-Test-File', 'x!ml')),
  });
  fc.assert(
    fc.property(
      oddAttributes,
      flag,
      fc.constantFrom('MaxSecure', 'Kaspersky', '__proto__ ', ''),
      (given, row, engine) => {
        const word = wordOf({ ...given, last_analysis_results: { ...silent, [engine]: row } });
        assert.ok(['suspicious', 'malicious', 'unwanted'].includes(word), word);
      },
    ),
  );
});
