import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type Answered,
  afterLookUp,
  inquiryKey,
  isStale,
  opened,
  type Unseen,
  type Unsent,
} from '../../src/inquiry/inquiry.ts';
import type { EngineAnswer } from '../../src/verdict/report.ts';

const hour = 3_600_000;
const file = { kind: 'file', hash: 'a'.repeat(64) } as const;
const address = { kind: 'url', url: 'https://example.com/' } as const;
const base = { key: 'k', subject: file, askedAt: 1_000 };

function answered(flagging: number): Answered {
  const engines = Array.from({ length: 60 }, (_, at): EngineAnswer => {
    const category = at < flagging ? 'malicious' : 'undetected';
    return { engine: `Engine ${at}`, category, ...(at < flagging && { label: 'Trojan.Generic' }) };
  });
  return { ...base, stage: 'answered', report: { engines, analysedAt: 0, link: '' } };
}
const unseen: Unseen = { ...base, stage: 'unseen' };

describe('a stored answer', () => {
  for (const { what, found, life } of [
    { what: 'malicious', found: answered(40), life: 7 * 24 * hour },
    { what: 'without a detection', found: answered(0), life: 24 * hour },
    { what: 'that VirusTotal has never seen the file', found: unseen, life: hour },
  ])
    test(`${what} is given again for ${life / hour} hours from when VirusTotal was asked`, () => {
      assert.deepEqual([isStale(found, 1_000 + life - 1), isStale(found, 1_000 + life)], [false, true]);
    });
});

describe('the key of an inquiry', () => {
  test('is shared by all who ask about the same file or address', () => {
    assert.equal(inquiryKey(file), inquiryKey({ ...file }));
    assert.equal(inquiryKey(address), inquiryKey({ ...address }));
    assert.notEqual(inquiryKey(file), inquiryKey({ ...file, hash: 'b'.repeat(64) }));
    assert.notEqual(inquiryKey(address), inquiryKey({ ...address, url: 'https://example.com/2' }));
  });

  test('is another one for each password and each salt, and tells nothing of them', () => {
    const secret = (password: string, salt = 'a') => inquiryKey(file, { password, salt });
    const keys = [inquiryKey(file), secret('infected'), secret('other'), secret('infected', 'b')];
    assert.equal(new Set(keys).size, 4);
    assert.equal(secret('infected'), keys[1]);
    assert.ok(!keys.some((key) => key.includes('infected')));
  });
});

describe('the stage after a look-up', () => {
  const fresh = opened('k', file);
  const sent: Unsent = { key: 'k', subject: file, stage: 'uploading', since: 5 };
  const [clean, bad] = [answered(0).report, answered(40).report];
  type Facts = Parameters<typeof afterLookUp>[1];
  const facts = (known: Facts['known'], more: Partial<Facts> = {}) => ({
    ...{ known, hasPassword: false, mayPublish: true },
    ...more,
  });
  const withPassword = { hasPassword: true };
  const unpublished = { mayPublish: false };
  const rows: [what: string, inquiry: Unsent, facts: Facts, next: object][] = [
    ['a report', fresh, facts({ report: clean }), { stage: 'answered', report: clean }],
    ['a clean report on a locked archive', fresh, facts({ report: clean }, withPassword), { stage: 'uploading' }],
    ['a bad report on a locked archive', fresh, facts({ report: bad }, withPassword), { stage: 'answered' }],
    ['no results yet', fresh, facts({}), { stage: 'analysing', isForeign: true, since: 9 }],
    ['no results yet, and nobody may publish', fresh, facts({}, unpublished), { stage: 'unseen', isKnown: true }],
    ['no results yet after an upload', sent, facts({}, unpublished), { stage: 'analysing', since: 5 }],
    ['no results yet on a locked archive', sent, facts({}, withPassword), { stage: 'uploading' }],
    ['never seen', fresh, facts(undefined), { stage: 'uploading', since: 9 }],
    ['never seen, and nobody may publish', fresh, facts(undefined, unpublished), { stage: 'unseen', isKnown: false }],
  ];
  for (const [what, inquiry, known, next] of rows)
    test(what, () => {
      const found = afterLookUp(inquiry, known, 9);
      assert.deepEqual(found, { ...found, ...next });
    });
});
