import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import type { Facts } from '../../src/verdict/report.ts';
import { knowledgeOf } from '../../src/virustotal/report.ts';
import { objectSchema } from '../../src/virustotal/wire.ts';

const folder = process.env.VT_SAMPLES_DIR;
const skip = folder ? false : 'VT_SAMPLES_DIR, the folder of captured bodies, is not set';

/** A body as a tree of unknown shape: `at('total_votes', 'harmless')` follows the names, whatever is there. */
type At = (...path: string[]) => unknown;
const tree = z.record(z.string(), z.unknown());

function attributesOf(body: unknown): At {
  return (...path) => ['data', 'attributes', ...path].reduce((node, name) => tree.safeParse(node).data?.[name], body);
}

const list = (node: unknown): unknown[] => (Array.isArray(node) ? node : []);
const field = (node: unknown, name: string) => tree.safeParse(node).data?.[name];
const unique = (values: unknown[], most: number) => [...new Set(values)].slice(0, most);
/** The empty list of a body is no list of ours. */
const some = (values: unknown[]) => (values.length > 0 ? values : undefined);

interface Sample {
  name: string;
  body: unknown;
  at: At;
}

/** Reports on files and addresses; the other bodies have no engines under this name. */
const samples: Sample[] = [folder ?? '', join(folder ?? '', 'judged')].flatMap((directory) =>
  (folder ? readdirSync(directory) : [])
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const body: unknown = JSON.parse(readFileSync(join(directory, name), 'utf8'));
      return { name: name.replace('.json', ''), body, at: attributesOf(body) };
    })
    .filter(({ at }) => at('last_analysis_results') !== undefined),
);

function factsOf({ name, body, at }: Sample): Facts {
  const url = at('url');
  const subject =
    typeof url === 'string' ? { kind: 'url' as const, url } : { kind: 'file' as const, hash: String(at('sha256')) };
  return knowledgeOf(objectSchema.parse(body), subject).report?.facts ?? assert.fail(`${name} has no report`);
}

const factsNamed = (name: string) => factsOf(samples.find((sample) => sample.name === name) ?? assert.fail(name));

for (const sample of samples) {
  test(`the captured report ${sample.name} is read as it stands`, () => {
    const { at } = sample;
    const facts = factsOf(sample);
    const rules = (name: string) => list(at(name));
    const titlesOf = (name: string, level: string, title: string, levels: string[]) =>
      unique(
        levels
          .flatMap((word) => rules(name).filter((rule) => field(rule, level) === word))
          .map((rule) => field(rule, title)),
        5,
      );

    assert.equal(facts.typeTag, at('type_tag'));
    assert.equal(facts.reputation, at('reputation'));
    assert.deepEqual(facts.votes, at('total_votes'));
    assert.deepEqual(facts.distributors, some(list(at('known_distributors', 'distributors'))));
    assert.equal(facts.trustedBy, at('trusted_verdict', 'organization'));
    assert.deepEqual(
      facts.yara,
      some(
        unique(
          rules('crowdsourced_yara_results').map((rule) => field(rule, 'rule_name')),
          10,
        ),
      ),
    );
    assert.deepEqual(
      facts.malwareFamilies,
      some(list(at('malware_config', 'families')).map((one) => field(one, 'family'))),
    );
    assert.deepEqual(
      facts.sigma && { ...facts.sigma },
      at('sigma_analysis_stats') && {
        ...tree.parse(at('sigma_analysis_stats')),
        titles: titlesOf('sigma_analysis_results', 'rule_level', 'rule_title', ['critical', 'high']),
      },
    );
    assert.deepEqual(
      facts.intrusions && { ...facts.intrusions },
      at('crowdsourced_ids_stats') && {
        ...tree.parse(at('crowdsourced_ids_stats')),
        titles: titlesOf('crowdsourced_ids_results', 'alert_severity', 'rule_msg', ['high']),
      },
    );
    assert.equal(facts.bundle?.files, at('bundle_info', 'num_children'));
    const said = tree.parse(at('sandbox_verdicts') ?? {});
    assert.equal(facts.sandboxes?.length ?? 0, Object.keys(said).length);
    for (const { name, verdict, names } of facts.sandboxes ?? []) {
      assert.equal(verdict, field(said[name], 'category'));
      assert.deepEqual(names, some(unique(list(field(said[name], 'malware_names')), 3)));
    }
    assert.equal(facts.finalUrl, at('last_final_url'));
    assert.equal(facts.pageTitle, at('title'));
    const severity = at('threat_severity', 'threat_severity_level');
    if (facts.severity) assert.equal(`SEVERITY_${facts.severity.toUpperCase()}`, severity);
    else assert.ok(severity === undefined || at('threat_severity', 'level_description') === 'No severity score data');
    // A signature is told where somebody has checked one, and nowhere else.
    assert.equal(facts.signature !== undefined, at('signature_info', 'verified') !== undefined);
    assert.ok(JSON.stringify(facts).length < 8_000, `${JSON.stringify(facts).length}`);
  });

  test(`of ${sample.name} the lists without a rating give no opinion`, () => {
    const url = String(sample.at('url'));
    const { report } = knowledgeOf(objectSchema.parse(sample.body), { kind: 'url', url });
    for (const { engine, category, label } of report?.engines ?? []) {
      const row = sample.at('last_analysis_results', engine);
      assert.equal(label, field(row, 'result') ?? undefined);
      assert.equal(category, label === 'unrated' ? 'unrated' : field(row, 'category'), engine);
    }
  });
}

test('captured reports say what an analyst would ask for', { skip }, () => {
  assert.deepEqual(factsNamed('v3_file_016').signature, { state: 'revoked', signer: 'CyberLink Corp.' });
  const capture = factsNamed('v3_file_021');
  assert.deepEqual([capture.intrusions?.high, capture.intrusions?.titles.length], [47, 5]);
  assert.equal(capture.reputation, -41);
  assert.deepEqual(factsNamed('v3_file_009').distributors, ['Linux']);
  assert.equal(factsNamed('v3_file_eicar_malicious').nsrl, true);
  assert.equal(factsNamed('v3_file_005').severity, 'none');
  assert.equal(factsNamed('v3_file_013').severity, 'medium');
  assert.deepEqual(factsNamed('v3_file_125').votes, { harmless: 7, malicious: 32 });
  assert.deepEqual(factsNamed('v3_file_098').bundle, { files: 2, worst: 'Portable Executable' });
  assert.deepEqual(factsNamed('v3_file_malicious_sigma_yara_sandbox').malwareFamilies, ['orcusrat']);
  assert.equal(factsNamed('v3_url_041').finalUrl, 'http://exclusiverewards8.com/');
  assert.equal(factsNamed('v3_url_report_malicious5').pageTitle, 'Dropbox - 404');
});
