import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { detectionsPage } from '../../src/discord/render/pages.ts';
import { type Message, renderReply } from '../../src/discord/render/reply.ts';
import { fileName } from '../../src/discord/render/text.ts';
import type { View } from '../../src/discord/render/view.ts';
import { enUS } from '../../src/locales/en-US.ts';
import { messageBody } from '../../src/sandbox/discord/limits/messages.ts';
import type { EngineAnswer } from '../../src/scan/report.ts';
import type { SettledScan } from '../../src/scan/scan.ts';
import { judge } from '../../src/scan/verdict.ts';
import { foreignText, openView, settledScan, settledView, views } from './views.ts';

/** What reads as "nothing to fear", in whatever form. */
const cleanWords = /🟢|No engine|\b0\/\d|\bclean\b|\bsafe\b|good sign/i;

const fits = (message: Message) => {
  const { error } = messageBody.safeParse(message);
  assert.equal(error?.message, undefined);
};

describe('a reply', () => {
  test('stays within the limits of Discord, whatever the files are called and the engines say', () => {
    fc.assert(
      fc.property(views, fc.option(foreignText(100), { nil: undefined }), (shown, note) =>
        fits(renderReply(shown, enUS, note)),
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
        fits(renderReply(shown, enUS, long.slice(0, 500)));
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
      scan: { ...scan, source: { ...scan.source, name: '1.bin' } },
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

describe('a page of detections', () => {
  test('stays within the limits of Discord, also beyond the last page', () => {
    fc.assert(fc.property(settledScan, fc.nat(), (scan, page) => fits(detectionsPage(scan, page, enUS))));
  });

  test('shows every engine once over all pages', () => {
    const names = fc.uniqueArray(fc.integer({ min: 100_000, max: 999_999 }), { maxLength: 90, size: 'max' });
    fc.assert(
      fc.property(settledScan, names, (scan, numbers) => {
        if (scan.outcome.kind === 'error') return;
        const engines = numbers.map((number) => ({ engine: `Engine${number}`, category: 'undetected' as const }));
        const shown = { ...scan, outcome: { ...scan.outcome, report: { ...scan.outcome.report, engines } } };
        const pages = Array.from({ length: 6 }, (_, page) => detectionsPage(shown, page, enUS).embeds[0]);
        const text = Array.from(new Set(pages.map((embed) => embed?.description))).join('\n');
        assert.deepEqual(
          Array.from(text.matchAll(/Engine(\d{6})/g), ([, number]) => Number(number)).sort(),
          numbers.sort(),
        );
      }),
    );
  });
});

function expectedOf({ scan }: View): string[] {
  const always = [fileName(scan.source.name), scan.token];
  if (scan.stage !== 'settled') return [...always, '⏳'];
  if (scan.outcome.kind === 'error') return [...always, enUS.status.error, enUS.failures[scan.outcome.code].why];
  const { verdict, counts } = scan.outcome.judgement;
  return [...always, enUS.verdicts[verdict].word, `${counts.flagged}/${counts.opinions} engines`];
}

function withLongest(scan: SettledScan, long: string, engines: EngineAnswer[]): SettledScan {
  const source = { ...scan.source, name: `\u202e${long}.docx.appimage` };
  if (scan.outcome.kind === 'error') return { ...scan, source };
  const facts = { type: long, threatLabel: long, firstSeen: 0, names: [], tags: [] };
  const report = { ...scan.outcome.report, engines, facts };
  return { ...scan, source, outcome: { ...scan.outcome, report, judgement: judge(engines) } };
}
