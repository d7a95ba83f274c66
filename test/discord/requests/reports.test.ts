import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { messageBody } from '../../../sandbox/discord/limits/messages.ts';
import { factLines } from '../../../src/discord/cards/facts.ts';
import { renderReply } from '../../../src/discord/cards/reply.ts';
import type { Message } from '../../../src/discord/cards/view.ts';
import { enUS } from '../../../src/locales/en-US.ts';
import { failureCodes } from '../../../src/scan/failure.ts';
import { analysisIsOldAfter } from '../../../src/scan/limits.ts';
import type { SettledScan, Source } from '../../../src/scan/scan.ts';
import { tokenSchema } from '../../../src/scan/token.ts';
import type { EngineAnswer, Facts } from '../../../src/verdict/report.ts';
import { judgedView } from '../../fixtures/judging.ts';
import { anyLocale } from '../../locales/anyLocale.ts';
import { openView, settledView } from '../cards/views.ts';

const hash = 'ab'.repeat(32);
const hashed: Source = { kind: 'hash', hash, name: hash };
const labelsOf = ({ components }: Message) =>
  components.flatMap((row) => row.components).flatMap((one) => ('label' in one ? [one.label] : []));

function doneScan(
  source: Source,
  { facts, engines = [] }: { facts?: Facts; engines?: EngineAnswer[] } = {},
): SettledScan {
  const report = { engines, analysedAt: 0, facts, link: 'https://www.virustotal.com/gui/file/0' };
  return {
    token: tokenSchema.parse('c'.repeat(64)),
    source,
    origin: { urgency: 'interactive' },
    mode: 'lookUp',
    stage: 'settled',
    createdAt: 0,
    startedAt: 0,
    settledAt: 0,
    outcome: { kind: 'done', report, unlocked: false, askedAt: 0 },
  };
}

const show = (scan: SettledScan, around: Parameters<typeof renderReply>[2]) =>
  renderReply([judgedView(scan)], enUS, around);

describe('a report', () => {
  test('stays within the limits of Discord, whatever is known', () => {
    fc.assert(
      fc.property(fc.oneof(openView, settledView), anyLocale, (view, locale) => {
        const read = messageBody.safeParse(renderReply([view], locale, { detailed: true, now: 1e13 }));
        assert.equal(read.error?.message, undefined);
      }),
      { numRuns: 300 },
    );
  });

  test('tells everything that is known, a line each', () => {
    const facts: Facts = {
      type: 'Win32 EXE',
      names: ['a.exe', 'b.exe', 'c.exe', 'd.exe', 'e.exe', 'f.exe', 'g.exe'],
      tags: ['peexe', 'signed'],
      size: 1_500_000,
      sha256: hash,
      sha1: 'cd'.repeat(20),
      md5: 'ef'.repeat(16),
      signature: { state: 'revoked', signer: 'Example Ltd' },
      distributors: ['Example Store'],
      bundle: { files: 12, worst: 'Portable Executable' },
      severity: 'high',
      malwareFamilies: ['redline'],
      intrusions: { high: 47, medium: 0, low: 0, info: 0, titles: ['ET MALWARE Checkin'] },
      gti: { verdict: 'malicious', score: 90 },
      reputation: -58,
      votes: { harmless: 1, malicious: 9 },
      sandboxes: [{ name: 'Zenbox', verdict: 'malicious' }],
      yara: ['rule_one'],
      sigma: { critical: 1, high: 2, medium: 0, low: 3, titles: ['Stops Defender'] },
    };
    assert.deepEqual(factLines(facts, enUS), [
      '**Type** `Win32 EXE`, 1.5 MB',
      '**Seen as** `a.exe`, `b.exe`, `c.exe`, `d.exe`, `e.exe` and 2 more',
      '**Contains** 12 files, among them `Portable Executable`',
      '**Tags** `peexe`, `signed`',
      '**Signature** invalid: revoked (`Example Ltd`)',
      '**Distributed by** `Example Store`',
      '**Severity** high',
      '**Malware families** `redline`',
      '**Sandboxes** `Zenbox` ⛔ malicious',
      '**YARA rules** `rule_one`',
      '**Sigma rules** 1 critical, 2 high, 3 low: `Stops Defender`',
      '**Network alerts** 47 high: `ET MALWARE Checkin`',
      '**Google Threat Intelligence** malicious, score 90 of 100',
      '**Community** score -58, 9 voted malicious, 1 harmless',
    ]);
    const description = show(doneScan(hashed, { facts }), { detailed: true }).embeds[0]?.description ?? '';
    const hashes = [`**SHA-256** \`${hash}\``, `**SHA-1** \`${facts.sha1}\``, `**MD5** \`${facts.md5}\``];
    for (const part of [...factLines(facts, enUS), ...hashes]) assert.ok(description.includes(part), part);
  });

  test('has no line for what is not known', () => {
    assert.deepEqual(factLines({ names: [], tags: [], votes: { harmless: 0, malicious: 0 } }, enUS), []);
  });

  test('offers the flagged engines, all of them and the table as a text', () => {
    const engines: EngineAnswer[] = [
      { engine: 'A', category: 'malicious' },
      { engine: 'B', category: 'undetected' },
    ];
    assert.deepEqual(labelsOf(show(doneScan(hashed, { engines }), { detailed: true })), [
      'Flagged (1)',
      'All engines (2)',
      'As a text file',
      'VirusTotal',
    ]);
  });

  test('names a hash in full, and says of an unknown one what it would take', () => {
    const unseen: SettledScan = { ...doneScan(hashed), outcome: { kind: 'error', code: 'engine.unseen' } };
    const description = show(unseen, { detailed: true }).embeds[0]?.description ?? '';
    assert.ok(description.startsWith(`**${hash}**`));
    assert.match(description, /never seen this file.*share it with `\/vtscan`, which uploads it/s);
  });
});

test('nobody who asked about a hash or an address is told to share a file again, but for what must be uploaded', () => {
  const sources: Source[] = [hashed, { kind: 'url', url: 'https://a.example/', name: 'a' }];
  for (const source of sources) {
    for (const code of failureCodes.filter((one) => /^engine|^scan/.test(one) && one !== 'engine.password')) {
      const { description } = show({ ...doneScan(source), outcome: { kind: 'error', code } }, {}).embeds[0] ?? {};
      assert.equal(description?.includes('/vtscan'), source.kind === 'hash' && code === 'engine.unseen', code);
    }
  }
});

describe('a new analysis', () => {
  const offer = /^Analyze again \(costs about \d requests\)$/;
  const offers = (scan: SettledScan, now?: number) =>
    labelsOf(show(scan, { now })).some((label) => offer.test(label ?? ''));

  test('is offered from a week after the last one on', () => {
    assert.equal(offers(doneScan(hashed), analysisIsOldAfter), false);
    assert.equal(offers(doneScan(hashed), analysisIsOldAfter + 1), true);
    assert.equal(offers(doneScan({ kind: 'url', url: 'https://a.example/', name: '' }), analysisIsOldAfter + 1), true);
    assert.equal(offers(doneScan(hashed)), false);
  });

  test('is not offered where there is no verdict, or nothing to find the file by', () => {
    const path: Source = { kind: 'path', path: '/f', name: 'f' };
    assert.equal(offers(doneScan(path), 1e13), false);
    assert.equal(offers({ ...doneScan(hashed), outcome: { kind: 'error', code: 'engine.quota' } }, 1e13), false);
    assert.equal(offers({ ...doneScan(hashed), outcome: { kind: 'ruled', ruling: 'trusted' } }, 1e13), false);
  });
});

describe('the card of a web address', () => {
  const url = 'https://пример.example/login?to=https://other.example/';
  const source: Source = { kind: 'url', url: new URL(url).href, name: url };
  const malicious = Array.from({ length: 5 }, (_, index) => ({ engine: `E${index}`, category: 'malicious' as const }));

  test('says not to visit it, and shows it as nothing that anybody opens by mistake', () => {
    const [{ title = '', description = '' } = {}] = show(doneScan(source, { engines: malicious }), {}).embeds;
    assert.match(title, /Malicious: do not visit it/);
    assert.match(description, /^\*\*`hxxps:\/\/xn--e1afmkfd\[\.\]example\/login\?to=hxxps:/);
    assert.doesNotMatch(description, /https?:\/\/|open it/);
  });
});
