import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sha256Of, sourceAgain } from '../../src/scan/identity.ts';
import { judgementOf } from '../../src/scan/judged.ts';
import { complete, type Outcome, type Scan, type SettledScan, type Source } from '../../src/scan/scan.ts';
import { tokenSchema } from '../../src/scan/token.ts';
import type { Facts } from '../../src/verdict/report.ts';
import { isBad, type Word, wordSchema, worst } from '../../src/verdict/word.ts';
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
  content: { lock: 'open' as const },
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

const done = (answers: Parameters<typeof reportOf>[0], unlocked = false): Outcome => ({
  kind: 'done',
  report: reportOf(answers),
  unlocked,
  askedAt: 0,
});

describe('the word on a scan', () => {
  const cases: [what: string, outcome: Outcome, word: Word, bad: boolean][] = [
    ['many flag it', done({ malicious: 20, undetected: 40 }), 'malicious', true],
    ['one finds it suspicious', done({ suspicious: 1, undetected: 60 }), 'suspicious', true],
    ['nobody flags it', done({ undetected: 60 }), 'clean', false],
    ['too few opinions', done({ undetected: 2 }), 'unknown', false],
    ['nothing is in it', { kind: 'empty' }, 'empty', false],
    ['its moderators trust it', { kind: 'ruled', ruling: 'trusted' }, 'trusted', false],
    ['its moderators blocked it', { kind: 'ruled', ruling: 'blocked' }, 'blocked', true],
    ['never seen and not uploaded', { kind: 'error', code: 'engine.unseen' }, 'unseen', false],
    ['not downloaded', { kind: 'error', code: 'download.gone' }, 'failed', false],
  ];
  for (const [what, outcome, word, bad] of cases)
    test(`${what}: ${word}`, () => {
      assert.equal(judgementOf(settled(outcome)).word, word);
      assert.equal(isBad(word), bad);
    });

  test('of several files is the worst one: a failure never looks safe', () => {
    assert.equal(worst([]), undefined);
    for (const [at, word] of wordSchema.options.entries())
      assert.equal(worst(wordSchema.options.slice(0, at + 1).toReversed()), word);
  });
});

describe('what a scan is about', () => {
  const done60 = done({ undetected: 60 });
  const hash = (length: number): Source => ({ kind: 'hash', hash: 'd'.repeat(length), name: 'd' });
  const address: Source = { kind: 'url', url: 'https://example.com/', name: 'e' };
  const withFacts = complete(settled(done60, hash(40)), facts);
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
  const wordWith = (scan: SettledScan, late: Facts) => judgementOf(complete(scan, late)).word;
  const clean = settled(done({ undetected: 60 }));

  test('change no word', () => assert.equal(wordWith(clean, facts), 'clean'));
  test('that say it is locked make it locked', () => assert.equal(wordWith(clean, locked), 'locked'));
  test('say nothing new where the password was given', () =>
    assert.equal(wordWith(settled(done({ undetected: 60 }, true)), locked), 'clean'));
  test('do not open what was not opened', () => {
    const content = { lock: 'locked' as const };
    assert.equal(wordWith({ ...clean, file: { ...file, content } }, facts), 'locked');
  });
  test('do not open what may be locked', () => {
    const content = { lock: 'unsure' as const };
    const { word, reason } = judgementOf({ ...clean, file: { ...file, content } });
    assert.deepEqual([word, reason], ['locked', 'maybeLocked']);
  });
});
