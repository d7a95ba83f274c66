import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
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

test('who signed is told only where the signature holds', () => {
  const signers = ' Example Corp\u202e; Example Code Signing CA; Example Root';
  assert.equal(read({ signature_info: { verified: 'Signed', signers } }).signedBy, 'Example Corp');
  for (const signature_info of [
    { signers },
    { verified: 'A certificate was explicitly revoked by its issuer.', signers },
    { verified: null, signers },
    { verified: 'Signed' },
    { verified: 'Signed', signers: ' ; ' },
    { verified: 'Signed', signers: 7 },
    { 'file version': '1.0.0.0' },
  ]) {
    assert.equal(read({ signature_info }).signedBy, undefined, JSON.stringify(signature_info));
  }
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
  assert.deepEqual(facts.sigma, { critical: 1, high: 0, medium: 0, low: 4 });
});

test('lists end', () => {
  const many = Array.from({ length: 500 }, (_, index) => `${index}`);
  const facts = read({
    names: many,
    tags: many,
    crowdsourced_yara_results: many.map((rule_name) => ({ rule_name })),
    sandbox_verdicts: Object.fromEntries(many.map((name) => [name, { category: 'harmless' }])),
  });
  assert.deepEqual(
    [facts.names, facts.tags, facts.yara, facts.sandboxes].map((list) => list?.length),
    [20, 30, 30, 20],
  );
});

test('no attributes break the facts, and whatever is read can be stored', () => {
  const odd = fc.jsonValue();
  const attributes = fc.record(
    {
      size: odd,
      sha1: odd,
      md5: odd,
      reputation: odd,
      names: odd,
      tags: odd,
      total_votes: fc.oneof(odd, fc.record({ harmless: odd, malicious: odd })),
      signature_info: fc.oneof(odd, fc.record({ verified: fc.constantFrom('Signed', null), signers: odd })),
      sandbox_verdicts: fc.oneof(odd, fc.dictionary(fc.string(), fc.oneof(odd, fc.record({ category: odd })))),
      crowdsourced_yara_results: fc.oneof(odd, fc.array(fc.oneof(odd, fc.record({ rule_name: odd })))),
      sigma_analysis_stats: fc.oneof(odd, fc.record({ critical: odd, high: odd, medium: odd, low: odd })),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(attributes, (given) => {
      const facts = read(given);
      assert.deepEqual(factsSchema.parse(JSON.parse(JSON.stringify(facts))), JSON.parse(JSON.stringify(facts)));
    }),
  );
});
