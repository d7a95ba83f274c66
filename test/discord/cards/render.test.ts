import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { messageBody } from '../../../sandbox/discord/limits/messages.ts';
import { subjectName } from '../../../src/discord/cards/naming.ts';
import { renderReply } from '../../../src/discord/cards/reply.ts';
import type { Message, View } from '../../../src/discord/cards/view.ts';
import { troubleOf, wordsFor } from '../../../src/discord/cards/wording.ts';
import { enUS } from '../../../src/locales/en-US.ts';
import type { Scan, SettledScan } from '../../../src/scan/scan.ts';
import type { EngineAnswer } from '../../../src/verdict/report.ts';
import { judge } from '../../../src/verdict/verdict.ts';
import { foreignText, openView, settledScan, settledView, views } from './views.ts';

/** What reads as "nothing to fear", in whatever form. */
const cleanWords = /🟢|No engine|\b0\/\d|\bclean\b|\bsafe\b|good sign/i;

/** Later than every analysis. */
const afterAll = 2 * 4_102_444_800_000;

const fits = (message: Message) => {
  const { error } = messageBody.safeParse(message);
  assert.equal(error?.message, undefined);
};

describe('a reply', () => {
  test('stays within the limits of Discord, whatever the files are called and the engines say', () => {
    fc.assert(
      fc.property(views, fc.option(foreignText(100), { nil: undefined }), (shown, note) =>
        fits(renderReply(shown, enUS, { note, now: afterAll })),
      ),
    );
  });

  test('of ten files with the longest names, labels and warnings still fits', () => {
    const long = '😀'.repeat(300);
    const engines = Array.from({ length: 90 }, (_, index) => ({
      engine: `${index} ${long}`,
      category: 'malicious' as const,
      label: `${index} ${long}`,
    }));
    fc.assert(
      fc.property(fc.array(settledScan, { minLength: 1, maxLength: 10, size: 'max' }), (scans) => {
        const shown = scans.map((scan) => ({ scan: withLongest(scan, long, engines), activity: undefined }));
        fits(renderReply(shown, enUS, { note: long.slice(0, 500), now: afterAll }));
      }),
    );
  });

  test('names each file with its full token, a finished one with verdict and counts, a failed one as an error', () => {
    fc.assert(
      fc.property(views, (shown) => {
        const { embeds } = renderReply(shown, enUS);
        assert.equal(embeds.length, shown.length);
        for (const [index, view] of shown.entries()) {
          const { title = '', description = '' } = embeds[index] ?? {};
          for (const part of expectedOf(view)) assert.ok(`${title}\n${description}`.includes(part), part);
        }
      }),
    );
  });

  test('says nothing reassuring of a file that is not finished', () => {
    const plainlyNamed = openView.map(({ scan, activity }) => ({
      scan: { ...scan, source: { kind: 'path' as const, path: '/f', name: '1.bin' } },
      activity,
    }));
    fc.assert(
      fc.property(plainlyNamed, settledView, (open, settled) => {
        const [embed] = renderReply([open], enUS).embeds;
        assert.doesNotMatch(`${embed?.title}\n${embed?.description}`, cleanWords);
        assert.doesNotMatch(renderReply([open, settled], enUS).content, cleanWords);
      }),
    );
  });

  test('of several files has a green heading only when all are finished and clean', () => {
    const cleanView = fc.record({ base: settledScan }).map(({ base }): View => {
      const engines = Array.from({ length: 60 }, (_, n) => ({ engine: `${n}`, category: 'undetected' as const }));
      const report = { engines, analysedAt: 0, link: 'https://www.virustotal.com/' };
      const outcome = { kind: 'done' as const, report, judgement: judge(engines), askedAt: 0 };
      const source = { kind: 'path' as const, path: '/f', name: 'setup.bin' };
      return { scan: { ...base, source, file: undefined, outcome }, activity: undefined };
    });
    const oneOf = fc.oneof({ weight: 6, arbitrary: cleanView }, settledView, openView);
    const seen = { green: 0, mixed: 0 };
    fc.assert(
      fc.property(fc.array(oneOf, { minLength: 2, maxLength: 6 }), (shown) => {
        const unfinished = shown.filter(({ scan }) => scan.stage !== 'settled').length;
        const clean = shown.filter(({ scan }) => isClean(scan)).length;
        const { content, embeds } = renderReply(shown, enUS);
        const [heading = ''] = content.split('\n');
        const greens = Number(/🟢 (\d+)/.exec(heading)?.[1] ?? 0);
        assert.ok(greens <= clean, heading);
        if (unfinished > 0)
          assert.match(heading, new RegExp(`^${shown.length - unfinished} of ${shown.length} files finished`));
        for (const [index, { scan }] of shown.entries())
          if (!isClean(scan)) assert.doesNotMatch(embeds[index]?.title ?? '', /🟢/);
        if (clean === shown.length) seen.green++;
        else if (clean > 0 && unfinished > 0) seen.mixed++;
      }),
      { numRuns: 500 },
    );
    assert.ok(seen.green >= 20 && seen.mixed >= 20, JSON.stringify(seen));
  });

  test('mentions nobody', () => {
    fc.assert(
      fc.property(views, (shown) => assert.deepEqual(renderReply(shown, enUS).allowed_mentions, { parse: [] })),
    );
  });
});

const isClean = (scan: Scan) =>
  scan.stage === 'settled' &&
  ((scan.outcome.kind === 'done' && scan.outcome.judgement.verdict === 'clean') ||
    (scan.outcome.kind === 'ruled' && scan.outcome.ruling === 'trusted'));

function expectedOf({ scan }: View): string[] {
  const always = [subjectName(scan.source), scan.token];
  if (scan.stage !== 'settled') return [...always, '⏳'];
  if (scan.outcome.kind === 'error') {
    const { code } = scan.outcome;
    const { why } = troubleOf(scan.source, code, enUS);
    const title = code === 'engine.unseen' ? enUS.verdicts.unknown.word : enUS.status.error;
    return [...always, title, why];
  }
  if (scan.outcome.kind === 'ruled') return [...always, enUS.rulings[scan.outcome.ruling].word];
  const { verdict, counts } = scan.outcome.judgement;
  return [
    ...always,
    wordsFor(scan.source, enUS).verdicts[verdict].word,
    `${counts.flagged}/${counts.opinions} engines`,
  ];
}

function withLongest(scan: SettledScan, long: string, engines: EngineAnswer[]): SettledScan {
  const source = { kind: 'path' as const, path: '/f', name: `\u202e${long}.docx.appimage` };
  if (scan.outcome.kind !== 'done') return { ...scan, source };
  const facts = { type: long, threatLabel: long, firstSeen: 0, names: [], tags: [] };
  const report = { ...scan.outcome.report, engines, facts };
  return { ...scan, source, outcome: { ...scan.outcome, report, judgement: judge(engines) } };
}
