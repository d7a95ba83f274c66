import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { renderBare } from '../../../src/discord/cards/bare.ts';
import { markOf } from '../../../src/discord/cards/mark.ts';
import { renderReply } from '../../../src/discord/cards/reply.ts';
import type { JudgedView, OpenView } from '../../../src/discord/cards/view.ts';
import { enUS } from '../../../src/locales/en-US.ts';
import type { Outcome } from '../../../src/scan/scan.ts';
import { tokenSchema } from '../../../src/scan/token.ts';
import type { Category } from '../../../src/verdict/report.ts';
import { type Word, wordSchema, worst } from '../../../src/verdict/word.ts';
import { judgedView } from '../../fixtures/judging.ts';
import { reportOf } from '../../fixtures/memoryEngine.ts';
import { openView } from './views.ts';

/** What reads as "nothing to fear", in whatever form. */
const reassuring = /✅|🤝|No engine|without findings|\b0 of \d+ engines|\bclean\b|\bsafe\b|good sign|trusted/i;

const done = (rows: Partial<Record<Category, number>>, unopened = false): Outcome => {
  const facts = unopened ? { names: [], tags: ['encrypted'] } : undefined;
  return { kind: 'done', report: reportOf(rows, facts), unlocked: false, askedAt: 0 };
};

interface Fate {
  outcome: Outcome;
  name?: string;
  mark: string;
  colour: number;
}

const green = 0x2d7d46;
const grey = 0x99aab5;
const orange = 0xe67e22;
const red = 0xd83c3e;
const blue = 0x5865f2;

/** How a file may end, and the mark and colour that it then has. */
const fates = {
  clean: { outcome: done({ undetected: 60 }), mark: '✅', colour: green },
  barelyClean: { outcome: done({ undetected: 4, harmless: 6 }), mark: '✅', colour: green },
  tooFewOpinions: { outcome: done({ undetected: 9, timeout: 60 }), mark: '❔', colour: grey },
  noOpinions: { outcome: done({}), mark: '❔', colour: grey },
  locked: { outcome: done({ undetected: 60 }, true), mark: '🔒', colour: grey },
  unseen: { outcome: { kind: 'error', code: 'engine.unseen' }, mark: '🆕', colour: grey },
  failed: { outcome: { kind: 'error', code: 'engine.unavailable' }, mark: '❌', colour: grey },
  flaggedOnce: { outcome: done({ undetected: 60, suspicious: 1 }), mark: '⚠️', colour: orange },
  disguised: { outcome: done({ undetected: 60 }), name: 'invoice.pdf.exe', mark: '🎭', colour: orange },
  flagged: { outcome: done({ undetected: 60, malicious: 3 }), mark: '⛔', colour: red },
  blocked: { outcome: { kind: 'ruled', ruling: 'blocked' }, mark: '🚫', colour: red },
} satisfies Record<string, Fate>;

type Ending = keyof typeof fates;

/** A file of a reply: how it ended, or how far it is. */
type File = Ending | OpenView;

const clean = fc.constantFrom<Ending>('clean', 'barelyClean');
const notClean = fc.constantFrom(...(Object.keys(fates) as Ending[]).filter((name) => fates[name].colour !== green));

/** None of them as often as some. */
const perhaps = (file: fc.Arbitrary<File>) => fc.oneof(fc.constant([]), fc.array(file, { minLength: 1, maxLength: 3 }));

/** A reply's files in any order: about a quarter of the replies are entirely clean, half are partly unfinished. */
const files = fc
  .tuple(fc.array(clean, { maxLength: 8, size: 'max' }), perhaps(notClean), perhaps(openView))
  .map((parts) => parts.flat())
  .filter((all) => all.length > 0)
  .chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));

const fateOf = (file: File): Fate | undefined => (typeof file === 'string' ? fates[file] : undefined);
const isClean = (file: File) => fateOf(file)?.colour === green;

function viewOf(file: File, index: number): JudgedView {
  const fate = fateOf(file);
  const source = { kind: 'path' as const, path: '/f', name: `${index}-${fate?.name ?? '1.bin'}` };
  const token = tokenOf(index);
  if (typeof file !== 'string') return { ...file, scan: { ...file.scan, token, source } };
  const { outcome } = fates[file];
  const times = { createdAt: 0, startedAt: 0, settledAt: 0 };
  const origin = { urgency: 'interactive' as const };
  return judgedView({ ...times, token, source, origin, mode: 'scan', stage: 'settled', outcome });
}

const nameOf = (index: number, fate: Fate | undefined) => `**${index}-${fate?.name ?? '1.bin'}**`;
const opened = {
  token: tokenSchema.parse('a'.repeat(64)),
  source: { kind: 'path' as const, path: '/f', name: '1.bin' },
  origin: { urgency: 'interactive' as const },
  mode: 'scan' as const,
  createdAt: 0,
};

const tokenOf = (index: number) => tokenSchema.parse(String(index).padStart(64, '0'));
const render = (all: readonly File[]) => renderReply(all.map(viewOf), enUS);
const runs = { numRuns: 1_000 };

/** The words of a heading that count files with a mark. */
const counted: Record<string, (count: number) => string> = {
  '🚫': (count) => `${count} blocked`,
  '⛔': (count) => `${count} malicious`,
  '⚠️': (count) => `${count} suspicious`,
  '🎭': (count) => `${count} misleading name${count === 1 ? '' : 's'}`,
  '❌': (count) => `${count} not scanned`,
  '🔒': (count) => `${count} locked`,
  '🆕': (count) => `${count} new to VirusTotal`,
  '❔': (count) => `${count} unknown`,
  '✅': (count) => `${count} without findings`,
};
const early = ['🚫', '⛔', '⚠️', '🎭', '❌'];

describe('a reply', () => {
  test('looks clean when every file is, and never while one is unfinished, unknown, flagged or failed', () => {
    const seen = { clean: 0, unfinished: 0, notClean: 0 };
    fc.assert(
      fc.property(files, (all) => {
        const { content, embeds } = render(all);
        if (all.every(isClean)) {
          seen.clean += 1;
          assert.equal(content, all.length > 1 ? `${all.length} files: ✅ ${all.length} without findings` : '');
          assert.ok(embeds.every(({ title, color }) => color === green && (title?.startsWith('✅') ?? true)));
          return;
        }
        if (!all.every(fateOf)) {
          seen.unfinished += 1;
          assert.doesNotMatch(content, reassuring);
        } else {
          seen.notClean += 1;
          assert.doesNotMatch(content, /^\d+ files: [✅🤝]/u);
        }
        assert.ok(embeds.some(({ color }) => color !== green));
      }),
      runs,
    );
    for (const [kind, count] of Object.entries(seen)) assert.ok(count >= 100, `${count} replies were ${kind}`);
  });

  test('counts in its heading the worst first, and nothing good before all are finished', () => {
    fc.assert(
      fc.property(files, (all) => {
        const { content } = render(all);
        const fatesOfAll = all.flatMap((file) => fateOf(file) ?? []);
        const isOver = fatesOfAll.length === all.length;
        const counts = (isOver ? Object.keys(counted) : early).flatMap((mark) => {
          const count = fatesOfAll.filter((fate) => fate.mark === mark).length;
          return count > 0 ? `${mark} ${counted[mark]?.(count)}` : [];
        });
        const heading = isOver ? `${all.length} files` : `${fatesOfAll.length} of ${all.length} files finished`;
        const whole = counts.length > 0 ? `${heading}: ${counts.join(', ')}` : heading;
        assert.equal(content, all.length > 1 ? whole : '');
      }),
      runs,
    );
  });

  test('gives each file the mark of its own end, and a card its colour, and an unfinished one neither', () => {
    fc.assert(
      fc.property(files, (all) => {
        const { embeds } = render(all);
        for (const [index, file] of all.entries()) {
          const fate = fateOf(file);
          const mark = fate?.mark ?? '⏳';
          const embed = embeds.find(({ description }) => description?.includes(nameOf(index, fate)));
          const line = embed?.description?.split('\n').find((one) => one.includes(nameOf(index, fate))) ?? '';
          assert.equal((embed?.title ?? line).split(' ')[0], mark);
          if (embed?.title && fate) assert.equal(embed.color, fate.colour);
          if (!fate) assert.doesNotMatch(embed?.title ? `${embed.title}\n${embed.description}` : line, reassuring);
        }
      }),
      runs,
    );
  });

  test('warns by its colour as soon as engines flag an unfinished file, and says no last word', () => {
    const flags = (flagged: number): OpenView => ({
      scan: { ...opened, stage: 'started', startedAt: 0 },
      activity: { kind: 'analysing', answered: 30, flagged },
    });
    for (const [flagged, colour] of [
      [0, blue],
      [1, orange],
      [2, orange],
      [3, red],
      [26, red],
    ] as const) {
      const [embed] = renderReply([flags(flagged)], enUS).embeds;
      assert.equal(embed?.color, colour);
      assert.equal(/^⏳ Already flagged by \d+ engines?: do not open it$/.test(embed?.title ?? ''), flagged > 0);
      assert.doesNotMatch(`${embed?.title} ${embed?.description}`, /malicious|suspicious/i);
    }
  });

  test('marks each file the same when Discord refuses the cards', () => {
    fc.assert(
      fc.property(files, (all) => {
        const lines = renderBare(all.map(viewOf), enUS).content.split('\n');
        assert.deepEqual(
          lines.map((line) => line.split(' ')[0]),
          all.map((file) => fateOf(file)?.mark ?? '⏳'),
        );
      }),
      runs,
    );
  });
});

test('the one mark on a watched message is the clean one only when every file is clean or trusted', () => {
  const seen = { green: 0, other: 0 };
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(fc.constantFrom<Word>('clean', 'trusted'), { minLength: 1, maxLength: 10 }),
        fc.array(fc.constantFrom(...wordSchema.options), { minLength: 1, maxLength: 10 }),
      ),
      (results) => {
        const result = worst(results);
        assert.ok(result);
        const isGreen = /✅|🤝/.test(markOf(result));
        assert.equal(
          isGreen,
          results.every((one) => one === 'clean' || one === 'trusted'),
        );
        seen[isGreen ? 'green' : 'other'] += 1;
      },
    ),
    runs,
  );
  assert.ok(seen.green >= 100 && seen.other >= 100, JSON.stringify(seen));
});
