import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { messageBody } from '../../../sandbox/discord/limits/messages.ts';
import { renderReply } from '../../../src/discord/cards/reply.ts';
import type { JudgedView, Message } from '../../../src/discord/cards/view.ts';
import { subjectName, troubleOf, wordsFor } from '../../../src/discord/cards/wording.ts';
import { enUS } from '../../../src/locales/en-US.ts';
import type { SettledScan } from '../../../src/scan/scan.ts';
import type { EngineAnswer } from '../../../src/verdict/report.ts';
import { judgedView } from '../../fixtures/judging.ts';
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
        const shown = scans.map((scan) => judgedView(withLongest(scan, long, engines)));
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

  test('mentions nobody', () => {
    fc.assert(
      fc.property(views, (shown) => assert.deepEqual(renderReply(shown, enUS).allowed_mentions, { parse: [] })),
    );
  });
});

function expectedOf({ scan, judgement }: JudgedView): string[] {
  const always = [subjectName(scan.source), scan.token];
  if (!judgement) return [...always, '⏳'];
  const named = [...always, wordsFor(scan.source, enUS).verdicts[judgement.word].word];
  if (scan.outcome.kind === 'error') return [...named, troubleOf(scan.source, scan.outcome.code, enUS).why];
  const { flagged, opinions } = judgement.counts;
  return scan.outcome.kind === 'done' ? [...named, `${flagged}/${opinions} engines`] : named;
}

function withLongest(scan: SettledScan, long: string, engines: EngineAnswer[]): SettledScan {
  const source = { kind: 'path' as const, path: '/f', name: `\u202e${long}.docx.appimage` };
  if (scan.outcome.kind !== 'done') return { ...scan, source };
  const facts = { type: long, threatLabel: long, firstSeen: 0, names: [], tags: [] };
  const report = { ...scan.outcome.report, engines, facts };
  return { ...scan, source, outcome: { ...scan.outcome, report } };
}
