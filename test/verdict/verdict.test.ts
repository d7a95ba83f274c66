import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { categorySchema, type EngineAnswer } from '../../src/verdict/report.ts';
import { defaultThresholds, judge, topDetections } from '../../src/verdict/verdict.ts';
import { reportOf } from '../fixtures/memoryEngine.ts';

const verdictOf = (counts: Parameters<typeof reportOf>[0]) => judge(reportOf(counts).engines).verdict;

test('three engines make a file malicious, one or two make it suspicious', () => {
  assert.equal(verdictOf({ malicious: 3, undetected: 60 }), 'malicious');
  assert.equal(verdictOf({ malicious: 1, suspicious: 2, undetected: 60 }), 'malicious');
  assert.equal(verdictOf({ malicious: 2, undetected: 60 }), 'suspicious');
  assert.equal(verdictOf({ suspicious: 1, undetected: 60 }), 'suspicious');
});

test('one reputable engine is enough for malicious', () => {
  const engines: EngineAnswer[] = [
    { engine: 'Microsoft', category: 'malicious' },
    ...reportOf({ undetected: 60 }).engines,
  ];
  assert.equal(judge(engines).verdict, 'malicious');
});

test('clean needs ten opinions and none that flags', () => {
  assert.equal(verdictOf({ undetected: 9, harmless: 1 }), 'clean');
  assert.equal(verdictOf({ undetected: 9 }), 'unknown');
  assert.equal(verdictOf({}), 'unknown');
});

test('engines that timed out or do not support the type gave no opinion', () => {
  const silent = { timeout: 20, 'confirmed-timeout': 5, failure: 3, 'type-unsupported': 12, other: 9 };
  const { verdict, counts } = judge(reportOf({ ...silent, undetected: 9 }).engines);
  assert.equal(verdict, 'unknown');
  assert.deepEqual([counts.opinions, counts.engines], [9, 58]);
});

test('the silence about a locked archive is unknown, bad news about it counts', () => {
  assert.equal(judge(reportOf({ undetected: 60 }).engines, true).verdict, 'unknown');
  assert.equal(judge(reportOf({ malicious: 3, undetected: 57 }).engines, true).verdict, 'malicious');
});

test('nothing that an engine flags is ever clean', () => {
  const rows = fc.array(fc.record({ engine: fc.string(), category: fc.constantFrom(...categorySchema.options) }));
  fc.assert(
    fc.property(rows, fc.boolean(), (engines, unopened) => {
      const { verdict, counts } = judge(engines, unopened);
      if (verdict === 'clean')
        assert.ok(counts.flagged === 0 && counts.opinions >= defaultThresholds.clean && !unopened);
      assert.equal(counts.flagged > 0, verdict === 'malicious' || verdict === 'suspicious');
    }),
  );
});

test('top detections name reputable engines first, then by alphabet, and fold equal labels', () => {
  const row = (engine: string, label?: string): EngineAnswer => ({ engine, category: 'malicious', label });
  const engines = [
    row('Zillya', 'Eicar'),
    row('Microsoft', 'Virus:DOS/EICAR'),
    row('Bkav', 'Eicar'),
    row('ClamAV'),
    row('Kaspersky', 'Eicar'),
  ];
  assert.deepEqual(
    topDetections(engines).map(({ engines: names, label }) => [names, label]),
    [
      [['Kaspersky', 'Bkav', 'Zillya'], 'Eicar'],
      [['Microsoft'], 'Virus:DOS/EICAR'],
      [['ClamAV'], undefined],
    ],
  );
});
