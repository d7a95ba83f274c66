import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { analysisOf, knowledgeOf, progressOf } from '../../src/virustotal/report.ts';
import { analysisSchema, objectSchema } from '../../src/virustotal/wire.ts';
import { judgementOn, wordOn } from '../fixtures/judging.ts';

const subject = { kind: 'file', hash: 'ab'.repeat(32) } as const;
const now = Date.UTC(2026, 0, 15);

const readFile = (attributes: object) => knowledgeOf(objectSchema.parse({ data: { attributes } }), subject);
const rows = (count: number, category: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`Engine ${index}`, { category }]));

/** Values near what is expected, so that the odd ones get past the first checks. */
const oddRow = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      category: fc.oneof(
        fc.constantFrom('undetected', 'harmless', 'malicious', 'other', 'constructor'),
        fc.jsonValue(),
      ),
      result: fc.jsonValue(),
      engine_version: fc.jsonValue(),
    },
    { requiredKeys: [] },
  ),
);
const oddRows = fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), oddRow));
const oddBody = fc.oneof(
  fc.jsonValue(),
  fc.record({
    data: fc.record({
      id: fc.jsonValue(),
      attributes: fc.record(
        {
          status: fc.oneof(fc.constantFrom('completed', 'queued', 'in-progress'), fc.jsonValue()),
          date: fc.jsonValue(),
          results: oddRows,
          last_analysis_results: oddRows,
          last_analysis_date: fc.jsonValue(),
          names: fc.jsonValue(),
          tags: fc.jsonValue(),
        },
        { requiredKeys: [] },
      ),
    }),
    meta: fc.jsonValue(),
  }),
);

test('no body reads as clean without ten engines that say so', () => {
  fc.assert(
    fc.property(oddBody, (body) => {
      const file = objectSchema.safeParse(body).data;
      const analysis = analysisSchema.safeParse(body).data;
      const finished = [
        file && progressOf(knowledgeOf(file, subject), subject, now),
        analysis && analysisOf(analysis, subject, now),
      ].filter((progress) => progress?.finished);
      for (const progress of finished) {
        const engines = progress?.report.engines ?? [];
        const good = engines.filter(({ category }) => category === 'undetected' || category === 'harmless');
        assert.ok(wordOn(engines) !== 'clean' || good.length >= 10);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('an analysis is finished only when it says so, and is not read at all without its results', () => {
  const read = (attributes: object) => analysisSchema.safeParse({ data: { attributes } });
  for (const status of ['queued', 'in-progress']) {
    const body = read({ status, results: rows(60, 'undetected') }).data;
    assert.equal(body && analysisOf(body, subject, now).finished, false);
  }
  for (const attributes of [
    { status: 'completed' },
    { status: 'completed', results: null },
    { status: 'completed', results: [] },
    { status: 'completed', results: 'none' },
    { status: 'complete', results: {} },
    { status: null, results: {} },
    { results: {} },
    { status: 'completed', results: rows(1001, 'undetected') },
  ]) {
    assert.equal(read(attributes).success, false, JSON.stringify(attributes).slice(0, 80));
  }
});

test('a file without results is being analysed for the first time', () => {
  for (const last_analysis_results of [undefined, null, {}]) {
    const knowledge = readFile({ last_analysis_results, last_submission_date: 1_700_000_000 });
    assert.deepEqual(knowledge, { report: undefined, lastSubmitted: 1_700_000_000_000 });
    assert.equal(progressOf(knowledge, subject, now).finished, false);
  }
  assert.equal(objectSchema.safeParse({ data: { attributes: { last_analysis_results: 'none' } } }).success, false);
});

test('results from before our upload are not those that we wait for', () => {
  const seconds = (ms: number) => ms / 1000;
  const hour = 3_600_000;
  const knownSince = (analysed: number, submitted: number | undefined) =>
    progressOf(
      readFile({
        last_analysis_results: rows(60, 'undetected'),
        last_analysis_date: seconds(analysed),
        ...(submitted === undefined ? {} : { last_submission_date: seconds(submitted) }),
      }),
      subject,
      now,
    );
  assert.equal(knownSince(now - hour, now).finished, false);
  assert.deepEqual(knownSince(now - hour, now).report.engines, []);
  assert.equal(knownSince(now - 60_000, now).finished, true);
  assert.equal(knownSince(now - hour, now - hour).finished, true);
  assert.equal(knownSince(now - hour, undefined).finished, true);
});

test('odd rows count as no opinion, and none is left out', () => {
  const { report } = readFile({
    last_analysis_results: {
      A: { category: 'malicious', result: ' Evil\u202e\u0000 \n', engine_version: 'None', engine_update: '20260101' },
      B: { category: 'brand-new', result: null, engine_version: null, engine_update: null },
      C: null,
      D: { category: 'malicious', result: 7, engine_version: 3, engine_update: 'yesterday' },
      E: { category: 'malicious', result: `${'x'.repeat(119)}😀` },
      '\u0007': { category: 'undetected' },
    },
  });
  assert.deepEqual(report?.engines, [
    { engine: 'A', category: 'malicious', label: 'Evil', version: undefined, updated: '20260101' },
    { engine: 'B', category: 'other', label: undefined, version: undefined, updated: undefined },
    { engine: 'C', category: 'other', label: undefined, version: undefined, updated: undefined },
    { engine: 'D', category: 'malicious', label: undefined, version: undefined, updated: undefined },
    { engine: 'E', category: 'malicious', label: 'x'.repeat(119), version: undefined, updated: undefined },
    { engine: '?', category: 'undetected', label: undefined, version: undefined, updated: undefined },
  ]);
});

test('a list that does not know an address gives no opinion, whatever VirusTotal counts it as', () => {
  for (const [category, result, read] of [
    ['undetected', 'unrated', 'unrated'],
    ['harmless', ' Unrated ', 'unrated'],
    ['undetected', null, 'undetected'],
    ['harmless', 'clean', 'harmless'],
    ['malicious', 'unrated', 'malicious'],
    ['suspicious', 'unrated', 'suspicious'],
    ['timeout', 'unrated', 'timeout'],
  ] as const) {
    const { report } = readFile({ last_analysis_results: { A: { category, result } } });
    assert.equal(report?.engines[0]?.category, read, `${category} ${result}`);
  }
  const { report } = readFile({
    last_analysis_results: {
      ...rows(9, 'harmless'),
      Other: { category: 'undetected', result: 'unrated' },
    },
  });
  const { word, counts } = judgementOn(report?.engines ?? []);
  assert.deepEqual([word, counts.opinions, counts.engines], ['unknown', 9, 10]);
});

test('names are the last parts of paths, cleaned, each once and twenty at most', () => {
  const { report } = readFile({
    last_analysis_results: rows(1, 'undetected'),
    meaningful_name: 'C:\\Users\\me\\a.exe',
    names: [
      '/tmp/a.exe',
      7,
      null,
      'b\u202egnp.exe',
      'folder/',
      '\n',
      ...Array.from({ length: 40 }, (_, index) => `${index}`),
    ],
    tags: 'none',
  });
  assert.deepEqual(report?.facts?.names.slice(0, 3), ['a.exe', 'bgnp.exe', '0']);
  assert.equal(report?.facts?.names.length, 20);
  assert.deepEqual(report?.facts?.tags, []);
});

test('odd fields beside the results break nothing', () => {
  const { report, lastSubmitted } = readFile({
    last_analysis_results: rows(12, 'undetected'),
    last_analysis_date: 'yesterday',
    last_submission_date: -5,
    first_submission_date: '1700000000',
    type_description: null,
    popular_threat_classification: { suggested_threat_label: 9 },
    names: { a: 1 },
    md5: 'abc',
    size: '12',
    signature_info: 'none',
    reputation: 'bad',
    total_votes: 5,
    sandbox_verdicts: { A: null, B: { category: 'brand-new' }, C: 'malicious' },
    crowdsourced_yara_results: { rule_name: 'a' },
    sigma_analysis_stats: [1],
  });
  assert.equal(lastSubmitted, undefined);
  assert.equal(report?.analysedAt, 1_700_000_000_000);
  const { names, tags, firstSeen, ...others } = report?.facts ?? assert.fail('no facts');
  assert.deepEqual([names, tags, firstSeen], [[], [], 1_700_000_000_000]);
  assert.deepEqual(
    Object.entries(others).filter(([, value]) => value !== undefined),
    [],
  );
});
