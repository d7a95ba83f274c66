import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Ending, endingOf, exitCodeOf } from '../../src/cli/exit.ts';
import type { Outcome, Scan } from '../../src/scan/scan.ts';
import { publish } from '../../src/scan/status.ts';
import { tokenSchema } from '../../src/scan/token.ts';
import { type Category, categorySchema } from '../../src/verdict/report.ts';

const base = {
  token: tokenSchema.parse('a'.repeat(64)),
  source: { kind: 'path' as const, path: '/f', name: 'f' },
  origin: { urgency: 'interactive' as const },
  mode: 'scan' as const,
  createdAt: 0,
};
const settled = (outcome: Outcome): Scan => ({ ...base, stage: 'settled', startedAt: 0, settledAt: 0, outcome });

/** A finished scan in which so many engines answered in these ways. */
function scanned(
  answers: Partial<Record<Category, number>>,
  { unopened = false, label = 'Trojan', name = 'f' } = {},
): Scan {
  const engines = categorySchema.options.flatMap((category) =>
    Array.from({ length: answers[category] ?? 0 }, (_, n) => ({ engine: `${category}${n}`, category, label })),
  );
  const report = { engines, analysedAt: 0, link: 'https://www.virustotal.com/' };
  const facts = unopened ? { names: [], tags: ['encrypted'] } : undefined;
  const scan = settled({ kind: 'done', report: { ...report, facts }, unlocked: false, askedAt: 0 });
  return { ...scan, source: { ...base.source, name } };
}

const cases: [what: string, scan: Scan, ending: Ending, code: number, status: string, detected: boolean][] = [
  ['malicious', scanned({ malicious: 40, undetected: 20 }), 'flagged', 1, 'done', true],
  ['suspicious', scanned({ suspicious: 1, undetected: 60 }), 'flagged', 1, 'done', true],
  ['clean', scanned({ undetected: 60 }), 'nothing', 0, 'done', false],
  ['unknown: too few opinions', scanned({ undetected: 3, timeout: 60 }), 'trouble', 2, 'done', false],
  ['unknown: a locked archive', scanned({ undetected: 60 }, { unopened: true }), 'trouble', 2, 'done', false],
  ['unwanted', scanned({ malicious: 5, undetected: 60 }, { label: 'PUA.Adware' }), 'flagged', 1, 'done', true],
  ['a name that lies', scanned({ undetected: 60 }, { name: 'a.pdf.exe' }), 'flagged', 1, 'done', false],
  ['empty', settled({ kind: 'empty' }), 'nothing', 0, 'done', false],
  ['flagged by one of two', scanned({ malicious: 1, harmless: 1 }), 'flagged', 1, 'done', true],
  ['trusted', settled({ kind: 'ruled', ruling: 'trusted' }), 'nothing', 0, 'done', false],
  ['blocked', settled({ kind: 'ruled', ruling: 'blocked' }), 'flagged', 1, 'done', true],
  ['never seen', settled({ kind: 'error', code: 'engine.unseen' }), 'trouble', 2, 'error', false],
  ['failed', settled({ kind: 'error', code: 'download.failed' }), 'trouble', 2, 'error', false],
  ['waiting', { ...base, stage: 'ready' }, 'trouble', 2, 'ready', false],
  ['at work', { ...base, stage: 'started', startedAt: 0 }, 'trouble', 2, 'progress', false],
];

describe('what a program reads of a scan', () => {
  for (const [what, scan, ending, code, status, detected] of cases)
    test(`${what}: exit code ${code}, status ${status}, detected ${detected}`, () => {
      assert.equal(endingOf(scan), ending);
      assert.equal(exitCodeOf([ending]), code);
      const published = publish(scan);
      assert.deepEqual([published.status, published.detected], [status, detected]);
    });

  test('of several files the flagged one decides, then the one that could not be judged', () => {
    assert.equal(exitCodeOf([]), 0);
    assert.equal(exitCodeOf(['nothing', 'nothing']), 0);
    assert.equal(exitCodeOf(['nothing', 'trouble']), 2);
    assert.equal(exitCodeOf(['trouble', 'flagged', 'nothing']), 1);
  });

  test('each engine has its row, flagged or not', () => {
    const { detail } = publish(scanned({ malicious: 1, suspicious: 1, harmless: 1, timeout: 1 }));
    assert.deepEqual(
      detail.map(({ Category, ScanDetected }) => [Category, ScanDetected]),
      [
        ['malicious', true],
        ['suspicious', true],
        ['harmless', false],
        ['timeout', false],
      ],
    );
  });
});
