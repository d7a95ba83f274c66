import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { z } from 'zod';
import { recordOf, recordSchema, unreadRecord } from '../../src/cli/record.ts';
import { enUS } from '../../src/locales/en-US.ts';
import type { Outcome, Scan } from '../../src/scan/scan.ts';
import { tokenSchema } from '../../src/scan/token.ts';
import type { Category } from '../../src/verdict/report.ts';

const base = {
  token: tokenSchema.parse('a'.repeat(64)),
  origin: { urgency: 'interactive' as const },
  mode: 'scan' as const,
  createdAt: 0,
};
const settled = (outcome: Outcome, name = 'f'): Scan => ({
  ...base,
  source: { kind: 'path', path: '/f', name },
  stage: 'settled',
  startedAt: 0,
  settledAt: 0,
  outcome,
});

/** A finished scan in which so many engines answered in this way. */
function scanned(category: Category, count: number, label?: string, name?: string, tags: string[] = []): Scan {
  const engines = Array.from({ length: count }, (_, n) => ({ engine: `e${n}`, category, label }));
  const report = { engines, analysedAt: 0, link: 'https://www.virustotal.com/', facts: { names: [], tags } };
  return settled({ kind: 'done', report, unlocked: false, askedAt: 0 }, name);
}

const cases: [what: string, scan: Scan, verdict: string, reason: string][] = [
  ['malware', scanned('malicious', 40, 'Trojan.Generic'), 'malicious', 'families'],
  ['one flag', scanned('malicious', 1, 'Trojan.Generic'), 'suspicious', 'fewFamilies'],
  ['adware', scanned('malicious', 40, 'not-a-virus:Adware'), 'unwanted', 'unwantedLabels'],
  ['a lying name', scanned('undetected', 60, undefined, 'photo.jpg.exe'), 'misleading', 'misleadingName'],
  ['no finding', scanned('undetected', 60), 'clean', 'nothingFound'],
  ['few opinions', scanned('undetected', 3), 'unknown', 'fewOpinions'],
  ['a locked archive', scanned('undetected', 60, undefined, 'a.zip', ['encrypted']), 'unknown', 'locked'],
  ['trusted', settled({ kind: 'ruled', ruling: 'trusted' }), 'clean', 'ruling'],
  ['blocked', settled({ kind: 'ruled', ruling: 'blocked' }), 'malicious', 'ruling'],
  ['never seen', settled({ kind: 'error', code: 'engine.unseen' }), 'unknown', 'unseen'],
  ['failed', settled({ kind: 'error', code: 'engine.quota' }), 'unknown', 'failure'],
  [
    'not finished',
    { ...base, source: { kind: 'path', path: '/f', name: 'f' }, stage: 'ready' },
    'unknown',
    'unfinished',
  ],
];

const published: unknown = JSON.parse(
  await readFile(new URL('../../docs/result.schema.json', import.meta.url), 'utf8'),
);

describe('a line of --json', () => {
  const isValid = new Ajv2020({ formats: { 'date-time': true } }).compile(z.looseObject({}).parse(published));

  for (const [what, scan, verdict, reason] of cases)
    test(`${what}: verdict ${verdict}, reason ${reason}, as the schema says`, () => {
      const line: unknown = JSON.parse(JSON.stringify(recordOf(scan, enUS)));
      const record = recordSchema.parse(line);
      assert.deepEqual([record.verdict, record.reason], [verdict, reason]);
      assert.deepEqual(record, line);
      assert.ok(isValid(line), JSON.stringify(isValid.errors));
    });

  test('a file that cannot be read is unknown', () => {
    const line: unknown = JSON.parse(JSON.stringify(unreadRecord('f\ud800', 'file.unreadable')));
    assert.ok(isValid(line));
    assert.deepEqual(recordSchema.parse(line), line);
  });

  test('a warning has its words, without markdown', () => {
    const scan = scanned('undetected', 60, undefined, 'photo.jpg.exe');
    assert.deepEqual(recordOf(scan, enUS).warnings, [
      { kind: 'disguise', text: 'Its name looks like a .jpg, but it is a program (.exe).' },
    ]);
  });

  test('the published schema is that of the code (node --import tsx docs/schema.ts > docs/result.schema.json)', () => {
    assert.deepEqual(published, JSON.parse(JSON.stringify(z.toJSONSchema(recordSchema, { io: 'input' }))));
  });
});
