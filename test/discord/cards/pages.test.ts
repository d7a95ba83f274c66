import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import width from 'string-width';
import { messageBody } from '../../../sandbox/discord/limits/messages.ts';
import { detectionsPage, type Page } from '../../../src/discord/cards/pages.ts';
import { textFile } from '../../../src/discord/cards/textFile.ts';
import type { Message } from '../../../src/discord/cards/view.ts';
import { enUS } from '../../../src/locales/en-US.ts';
import { judgementOf } from '../../../src/scan/judged.ts';
import type { SettledScan } from '../../../src/scan/scan.ts';
import { isFlagged } from '../../../src/verdict/opinions.ts';
import { categorySchema, type EngineAnswer } from '../../../src/verdict/report.ts';
import { anyLocale } from '../../locales/anyLocale.ts';
import { foreignText, settledScan } from './views.ts';

const fits = (message: Message) => assert.equal(messageBody.safeParse(message).error?.message, undefined);
const controlsOf = ({ components }: Message) =>
  components.flatMap((row) => row.components).flatMap((one) => ('label' in one ? [one.label] : []));
const rowsOf = ({ embeds }: Message) => embeds[0]?.description?.split('\n').slice(1) ?? [];

const engines = (count: number): fc.Arbitrary<EngineAnswer[]> =>
  fc.array(
    fc.record({
      engine: foreignText(60),
      category: fc.constantFrom(...categorySchema.options),
      label: fc.option(foreignText(300), { nil: undefined }),
      version: fc.option(foreignText(60), { nil: undefined }),
      updated: fc.constantFrom(undefined, '20240131'),
    }),
    { minLength: count, maxLength: count, size: 'max' },
  );

const doneScan = settledScan.filter(({ outcome }) => outcome.kind === 'done');

function withEngines(scan: SettledScan, rows: EngineAnswer[]): SettledScan {
  assert.ok(scan.outcome.kind === 'done');
  const report = { ...scan.outcome.report, engines: rows };
  return { ...scan, outcome: { ...scan.outcome, report } };
}

const textOf = (scan: SettledScan) => textFile(scan, judgementOf(scan), enUS);

const selection = fc.constantFrom('flagged' as const, 'all' as const);

/** Every page of a selection, as one turns them. */
function allPages(scan: SettledScan, selected: Page['selection']): Message[] {
  const [, , , last = '1'] =
    detectionsPage(scan, { selection: selected, page: 0 }, enUS).embeds[0]?.footer?.text.split(' ') ?? [];
  return Array.from({ length: Number(last) }, (_, page) => detectionsPage(scan, { selection: selected, page }, enUS));
}

describe('a page of detections', () => {
  for (const count of [0, 1, 90]) {
    test(`of ${count} engines stays within the limits of Discord, whatever they are called and say`, () => {
      fc.assert(
        fc.property(doneScan, engines(count), selection, (scan, rows, selected) => {
          const pages = allPages(withEngines(scan, rows), selected);
          for (const page of pages) fits(page);
          const shown = pages.flatMap(rowsOf).filter((row) => /^(⛔|⚠️|▫️)/u.test(row));
          assert.equal(shown.length, rows.filter((row) => selected === 'all' || isFlagged(row)).length);
        }),
        { numRuns: 40 },
      );
    });
  }

  test('stays within the limits beyond the last page too, and for a scan without a verdict', () => {
    fc.assert(
      fc.property(settledScan, fc.nat(), selection, anyLocale, (scan, page, selected, locale) =>
        fits(detectionsPage(scan, { page, selection: selected }, locale)),
      ),
    );
  });

  test('with the longest names and labels of all engines still fits', () => {
    const long = '😀'.repeat(300);
    const rows = Array.from({ length: 90 }, () => ({ engine: long, category: 'malicious' as const, label: long }));
    fc.assert(
      fc.property(doneScan, (scan) => {
        const named = { ...scan, source: { kind: 'url' as const, url: `https://a.example/${long}`, name: '' } };
        for (const page of allPages(withEngines(named, rows), 'all')) fits(page);
      }),
      { numRuns: 10 },
    );
  });

  test('shows every engine once over all pages, flagged ones first', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 100_000, max: 999_999 }), { maxLength: 90, size: 'max' });
    fc.assert(
      fc.property(doneScan, numbers, (scan, names) => {
        const rows = names.map((name) => ({
          engine: `Engine${name}`,
          category: name % 3 === 0 ? ('malicious' as const) : ('undetected' as const),
        }));
        const shown = allPages(withEngines(scan, rows), 'all').flatMap(rowsOf).join('\n');
        const order = Array.from(shown.matchAll(/Engine(\d{6})/g), ([, name]) => Number(name));
        assert.deepEqual(order.toSorted(), names.toSorted());
        const firstHarmless = order.findIndex((name) => name % 3 !== 0);
        assert.ok(firstHarmless === -1 || order.slice(firstHarmless).every((name) => name % 3 !== 0));
      }),
    );
  });

  test('has no controls without engines, and turns only where there is more than one page', () => {
    const [scan] = fc.sample(doneScan, 1);
    assert.ok(scan);
    const row = (category: 'malicious' | 'undetected') => ({ engine: 'A', category });
    const shown = (rows: EngineAnswer[], selected: Page['selection'] = 'all') =>
      controlsOf(detectionsPage(withEngines(scan, rows), { page: 0, selection: selected }, enUS));
    const ninety = Array.from({ length: 90 }, () => row('malicious'));

    assert.deepEqual(shown([]), []);
    assert.deepEqual(shown([row('undetected')]), ['Flagged only', 'As a text file']);
    assert.deepEqual(shown([row('undetected')], 'flagged'), ['All engines', 'As a text file']);
    assert.deepEqual(shown(ninety, 'flagged'), ['Previous', 'Next', 'All engines', 'As a text file']);
  });
});

describe('the table as a text file', () => {
  for (const count of [0, 1, 90]) {
    test(`of ${count} engines has a line each below its heading, however odd their labels are`, () => {
      fc.assert(
        fc.property(doneScan, engines(count), (scan, rows) => {
          const file = textOf(withEngines(scan, rows));
          assert.match(file?.name ?? '', /^vtscan-[0-9a-f]{12}\.txt$/);
          const lines = file?.content.split('\n') ?? [];
          const header = lines.findIndex((line) => /^Engine +Verdict +Label +Version +Update$/.test(line));
          assert.ok(header > 0);
          assert.match(lines[header + 1] ?? '', /^[- ]+$/);
          assert.equal(lines.length, header + 2 + count + 1);
          assert.ok(Buffer.byteLength(file?.content ?? '') < 1_000_000);
          assert.doesNotMatch(file?.content.replaceAll('\n', '') ?? '', /\p{Cc}|\u202e/u);
        }),
        { numRuns: 40 },
      );
    });
  }

  test('has columns that begin at the same place in every line, also behind wide characters', () => {
    const [scan] = fc.sample(doneScan, 1);
    assert.ok(scan);
    const updated = '20240131';
    const rows = [
      { engine: 'Avast', category: 'malicious' as const, label: 'Win32:Trojan', version: '1.0', updated },
      { engine: '金山毒霸', category: 'malicious' as const, label: 'Win32.病毒.é', version: '2024.1.1', updated },
      { engine: 'Zoner', category: 'undetected' as const, updated },
    ];
    const lines = textOf(withEngines(scan, rows))?.content.split('\n') ?? [];
    const starts = lines.filter((line) => line.endsWith(updated)).map((line) => width(line.slice(0, -updated.length)));
    assert.equal(starts.length, 3);
    assert.equal(new Set(starts).size, 1);
  });

  test('shows a web address as one that nothing makes a link of', () => {
    const [scan] = fc.sample(doneScan, 1);
    assert.ok(scan);
    const url = 'https://evil.example/a';
    const content = textOf({ ...scan, source: { kind: 'url', url, name: url } })?.content ?? '';
    assert.match(content, /hxxps:\/\/evil\[\.\]example\/a/);
    assert.doesNotMatch(content, /evil\.example/);
  });
});
