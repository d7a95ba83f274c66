import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { factsSchema } from '../../src/verdict/report.ts';
import { type Warning, warningsOn } from '../../src/verdict/warnings.ts';
import type { Word } from '../../src/verdict/word.ts';

type Told = Parameters<(typeof factsSchema)['parse']>[0];
const flag = { engine: 'MaxSecure', category: 'malicious' as const, label: 'Trojan.X' };
const sigma = { critical: 1, high: 2, medium: 9, low: 9, titles: ['Suspicious Scheduled Task'] };

describe('a warning', () => {
  const cases: [what: string, facts: Told, word: Word, flags: number, kinds: Warning['kind'][]][] = [
    ['nothing known', {}, 'clean', 0, []],
    [
      'a capture with 47 high alerts',
      { intrusions: { high: 47, medium: 2, low: 0, info: 0 } },
      'clean',
      0,
      ['intrusions'],
    ],
    ['alerts that are not high', { intrusions: { high: 0, medium: 9, low: 9, info: 9 } }, 'clean', 0, []],
    ['a score of -357', { reputation: -357, votes: { harmless: 7, malicious: 32 } }, 'clean', 0, ['community']],
    ['a score of -20', { reputation: -20 }, 'clean', 0, ['community']],
    ['a score of -19', { reputation: -19 }, 'clean', 0, []],
    ['a revoked signature', { signature: { state: 'revoked', signer: 'A' } }, 'clean', 0, ['signature']],
    [
      'a revoked signature of malware',
      { signature: { state: 'revoked', signer: 'A' } },
      'malicious',
      40,
      ['signature'],
    ],
    ['a signature that holds', { signature: { state: 'valid', signer: 'A' } }, 'clean', 0, []],
    [
      'a sandbox that says malicious',
      { sandboxes: [{ name: 'Zenbox', verdict: 'malicious' }] },
      'unwanted',
      5,
      ['sandbox'],
    ],
    ['a sandbox that says harmless', { sandboxes: [{ name: 'Zenbox', verdict: 'harmless' }] }, 'clean', 0, []],
    ['rules for attacks', { sigma }, 'clean', 0, ['behaviour']],
    ['rules for attacks, of what is red anyhow', { sigma }, 'malicious', 40, []],
    ['the configuration of malware', { malwareFamilies: ['AgentTesla'] }, 'suspicious', 2, ['malwareFamily']],
    ['an assessment', { gti: { verdict: 'malicious' } }, 'clean', 0, ['assessment']],
    ['high severity', { severity: 'high' }, 'suspicious', 2, ['assessment']],
    ['a known distributor, flagged by one', { distributors: ['Linux'] }, 'suspicious', 1, ['falseAlarm']],
    ['a known distributor, flagged by two', { distributors: ['Linux'] }, 'suspicious', 2, []],
    ['a known distributor, flagged by none', { distributors: ['Linux'] }, 'clean', 0, []],
    [
      'a known distributor, flagged by one, that behaves like malware',
      { distributors: ['Linux'], sandboxes: [{ name: 'Zenbox', verdict: 'malicious' }] },
      'suspicious',
      1,
      ['sandbox'],
    ],
    ['a known distributor of what is malicious by one', { distributors: ['Linux'] }, 'malicious', 1, []],
    ['known software, flagged by one', { nsrl: true }, 'suspicious', 1, ['falseAlarm']],
    [
      'a known distributor whose signature is revoked',
      { distributors: ['Linux'], signature: { state: 'revoked' } },
      'suspicious',
      1,
      ['signature'],
    ],
  ];
  for (const [what, told, word, flags, kinds] of cases)
    test(`${what}: ${kinds.join(', ') || 'none'}`, () => {
      const engines = Array.from({ length: flags }, (_, at) => ({ ...flag, engine: `Engine ${at}` }));
      const facts = factsSchema.parse(told);
      const found = warningsOn({ subject: 'file', engines, facts, lock: 'open', disguises: [] }, word);
      assert.deepEqual(
        found.map(({ kind }) => kind),
        kinds,
      );
    });

  test('about the name comes before all others, and one about a lock says whether it is certain', () => {
    const found = warningsOn(
      {
        subject: 'file',
        engines: [],
        facts: factsSchema.parse({ reputation: -50 }),
        lock: 'unsure',
        disguises: [{ kind: 'direction' }],
      },
      'misleading',
    );
    assert.deepEqual(found, [
      { kind: 'disguise', disguise: { kind: 'direction' } },
      { kind: 'locked', certain: false },
      { kind: 'community', score: -50, malicious: 0 },
    ]);
  });
});
