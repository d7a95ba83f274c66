import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sha256Of, sourceAgain } from '../../src/scan/identity.ts';
import { isBad, type Result, resultOf, resultSchema, worst } from '../../src/scan/result.ts';
import { complete, type Outcome, type Scan, type SettledScan, type Source } from '../../src/scan/scan.ts';
import { tokenSchema } from '../../src/scan/token.ts';
import { judge } from '../../src/verdict/verdict.ts';
import { reportOf } from '../fixtures/memoryEngine.ts';

const path: Source = { kind: 'path', path: '/f', name: 'f' };
const base = {
  token: tokenSchema.parse('a'.repeat(64)),
  origin: { urgency: 'interactive' as const },
  mode: 'scan' as const,
  createdAt: 0,
};
const file = {
  path: '/f',
  spooled: false,
  size: 1,
  sha256: 'b'.repeat(64),
  sha1: 'b'.repeat(40),
  md5: 'b'.repeat(32),
  content: { encrypted: false },
};
const settled = (outcome: Outcome, source: Source = path): SettledScan => ({
  ...base,
  source,
  stage: 'settled',
  startedAt: 0,
  settledAt: 0,
  outcome,
});
const facts = { names: [], tags: [], sha256: 'c'.repeat(64) };

function done(answers: Parameters<typeof reportOf>[0], unopened = false): Outcome {
  const report = reportOf(answers);
  return { kind: 'done', report, judgement: judge(report.engines, unopened), askedAt: 0 };
}

describe('the result of a scan', () => {
  const cases: [what: string, outcome: Outcome, result: Result, bad: boolean][] = [
    ['many flag it', done({ malicious: 20, undetected: 40 }), 'malicious', true],
    ['one finds it suspicious', done({ suspicious: 1, undetected: 60 }), 'suspicious', true],
    ['nobody flags it', done({ undetected: 60 }), 'clean', false],
    ['too few opinions', done({ undetected: 2 }), 'unknown', false],
    ['its moderators trust it', { kind: 'ruled', ruling: 'trusted' }, 'trusted', false],
    ['its moderators blocked it', { kind: 'ruled', ruling: 'blocked' }, 'blocked', true],
    ['never seen and not uploaded', { kind: 'error', code: 'engine.unseen' }, 'unseen', false],
    ['not downloaded', { kind: 'error', code: 'download.gone' }, 'failed', false],
  ];
  for (const [what, outcome, result, bad] of cases)
    test(`${what}: ${result}`, () => {
      assert.equal(resultOf(settled(outcome)), result);
      assert.equal(isBad(result), bad);
    });

  test('of several files is the worst one: a failure never looks safe', () => {
    assert.equal(worst([]), undefined);
    for (const [at, result] of resultSchema.options.entries())
      assert.equal(worst(resultSchema.options.slice(0, at + 1).toReversed()), result);
  });
});

describe('what a scan is about', () => {
  const done60 = done({ undetected: 60 });
  const hash = (length: number): Source => ({ kind: 'hash', hash: 'd'.repeat(length), name: 'd' });
  const address: Source = { kind: 'url', url: 'https://example.com/', name: 'e' };
  const withFacts = complete(settled(done60, hash(40)), facts, false);
  const cases: [what: string, scan: Scan, sha256: string | undefined, again: Source | undefined][] = [
    ['a file that was read', { ...settled(done60), file }, file.sha256, { kind: 'hash', hash: file.sha256, name: 'f' }],
    ['a file that could not be read', settled({ kind: 'error', code: 'download.gone' }), undefined, undefined],
    ['a SHA-256', settled(done60, hash(64)), 'd'.repeat(64), hash(64)],
    ['a SHA-1 of which nothing is known', settled(done60, hash(40)), undefined, hash(40)],
    ['a SHA-1 that the engine knows', withFacts, facts.sha256, { kind: 'hash', hash: facts.sha256, name: 'd' }],
    ['an address', settled(done60, address), undefined, address],
    ['a file that is being read', { ...base, source: path, stage: 'ready' }, undefined, undefined],
  ];
  for (const [what, scan, sha256, again] of cases)
    test(what, () => {
      assert.equal(sha256Of(scan), sha256);
      assert.deepEqual(sourceAgain(scan), again);
    });
});

describe('late facts', () => {
  const locked = { ...facts, tags: ['encrypted'] };
  const verdictOf = ({ outcome }: SettledScan) => (outcome.kind === 'done' ? outcome.judgement.verdict : outcome.kind);
  const clean = settled(done({ undetected: 60 }));

  test('change no verdict', () => assert.equal(verdictOf(complete(clean, facts, false)), 'clean'));
  test('that say it is locked make it unknown', () =>
    assert.equal(verdictOf(complete(clean, locked, false)), 'unknown'));
  test('say nothing new where the password was given', () =>
    assert.equal(verdictOf(complete(clean, locked, true)), 'clean'));
  test('do not open what was not opened', () =>
    assert.equal(verdictOf(complete(settled(done({ undetected: 60 }, true)), facts, false)), 'unknown'));
});
