import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { messageBody } from '../../../sandbox/discord/limits/messages.ts';
import { markOf } from '../../../src/discord/cards/mark.ts';
import { renderReply } from '../../../src/discord/cards/reply.ts';
import type { JudgedView, Message } from '../../../src/discord/cards/view.ts';
import { boldName, troubleOf, wordsFor } from '../../../src/discord/cards/wording.ts';
import { enUS } from '../../../src/locales/en-US.ts';
import type { FailureCode } from '../../../src/scan/failure.ts';
import type { SettledScan } from '../../../src/scan/scan.ts';
import { type EngineAnswer, factsSchema } from '../../../src/verdict/report.ts';
import { isBad, wordSchema } from '../../../src/verdict/word.ts';
import { judgedView } from '../../fixtures/judging.ts';
import { reportOf } from '../../fixtures/memoryEngine.ts';
import { anyLocale } from '../../locales/anyLocale.ts';
import { foreignText, openView, settledScan, settledView, views } from './views.ts';

/** What reads as "nothing to fear", in whatever form. */
const cleanWords = /✅|🤝|No engine|\b0 of \d+ engines|\bclean\b|\bsafe\b|good sign/i;

/** Later than every analysis. */
const afterAll = 2 * 4_102_444_800_000;

const fits = (message: Message) => {
  const { error } = messageBody.safeParse(message);
  assert.equal(error?.message, undefined);
};

describe('a reply', () => {
  test('stays within the limits of Discord, whatever the files are called and the engines say', () => {
    fc.assert(
      fc.property(views, fc.option(foreignText(100), { nil: undefined }), anyLocale, (shown, note, locale) =>
        fits(renderReply(shown, locale, { note, now: afterAll, asksIn: '1573827848173518848', forgets: true })),
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
      fc.property(fc.array(settledScan, { minLength: 1, maxLength: 10, size: 'max' }), anyLocale, (scans, locale) => {
        const shown = scans.map((scan) => judgedView(withLongest(scan, long, engines)));
        fits(renderReply(shown, locale, { note: long.slice(0, 500), now: afterAll }));
      }),
    );
  });

  const looks: [view: JudgedView, title: string, text: string][] = [
    [judged({ malicious: 40, undetected: 20 }, 'a.exe'), '⛔ Malicious: do not open it', '40 of 60 engines'],
    [judged({ suspicious: 1, undetected: 60 }, 'a.exe'), '⚠️ Suspicious: better not open it', '1 of 61 engines'],
    [judged({ undetected: 60 }, 'a.pdf.exe'), '🎭 Misleading name: do not open it', '**a.pdf.exe**'],
    [judged({ undetected: 60 }, 'a.exe'), '✅ No engine flagged it', '0 of 60 engines'],
    [judged({ undetected: 3 }, 'a.exe'), '❔ Unknown: treat it as unsafe', '0 of 3 engines'],
    [ended('engine.unseen', 'a.exe'), '🆕 Unknown: treat it as unsafe', '**a.exe**'],
    [ended('download.gone', 'a.exe'), '❌ Discord no longer has the file', '**a.exe**'],
  ];
  for (const [view, title, text] of looks) {
    test(`begins with "${title}"`, () => {
      const [embed] = renderReply([view], enUS).embeds;
      assert.equal(embed?.title, title);
      assert.ok(embed?.description?.includes(text), embed?.description);
    });
  }

  test('about one file names it with its full token, a finished one with verdict and counts, a failed one with what went wrong', () => {
    fc.assert(
      fc.property(fc.oneof(openView, settledView), (view) => {
        const { embeds } = renderReply([view], enUS);
        assert.equal(embeds.length, 1);
        const { title = '', description = '' } = embeds[0] ?? {};
        for (const part of expectedOf(view)) assert.ok(`${title}\n${description}`.includes(part), part);
      }),
    );
  });

  test('about several files names each, has a card for each bad one, the worst first, and a list of the others', () => {
    fc.assert(
      fc.property(several, (shown) => {
        const { embeds, components } = renderReply(shown, enUS);
        const all = embeds.map(({ description }) => description).join('\n');
        for (const { scan } of shown) {
          assert.ok(all.includes(boldName(scan.source)), scan.source.name);
          assert.ok(JSON.stringify(components).includes(scan.token), 'its token is behind the menu');
        }
        const bad = shown.flatMap(({ judgement }) => (judgement && isBad(judgement.word) ? judgement.word : []));
        const inOrder = bad.toSorted((a, b) => wordSchema.options.indexOf(b) - wordSchema.options.indexOf(a));
        const cards = embeds.filter(({ title }) => title !== undefined);
        assert.deepEqual(
          cards.map(({ title = '' }) => title.split(' ')[0]),
          inOrder.map((word) => markOf(word)),
        );
        assert.equal(embeds.length, cards.length + (bad.length < shown.length ? 1 : 0));
      }),
    );
  });

  test('of ten files of which nine are fine has two cards and at most 20 lines', () => {
    const bad = judged({ undetected: 17, malicious: 54 }, 'invoice.pdf.exe');
    const fine = Array.from({ length: 9 }, (_, index) => judged({ undetected: 70 }, `holiday ${index}.jpg`));
    const { content, embeds } = renderReply([...fine, bad], enUS);
    assert.equal(content, '10 files: ⛔ 1 malicious, ✅ 9 without findings');
    assert.equal(embeds.length, 2);
    assert.match(embeds[0]?.title ?? '', /Malicious/);
    assert.ok(embeds.flatMap(({ description = '' }) => description.split('\n')).length <= 20);
  });

  test('shows a ring with its alt text beside cards that engines have an opinion on, and none unless pictures are wanted', () => {
    fc.assert(
      fc.property(views, (shown) => {
        assert.deepEqual(renderReply(shown, enUS).pictures, undefined);
        assert.ok(renderReply(shown, enUS).embeds.every(({ thumbnail }) => thumbnail === undefined));
        const message = renderReply(shown, enUS, { pictures: true });
        const named = message.embeds.flatMap(({ thumbnail }) => thumbnail?.url ?? []);
        const files = message.pictures?.map(({ filename }) => `attachment://${filename}`) ?? [];
        assert.deepEqual(new Set(files), new Set(named));
        assert.equal(files.length, new Set(files).size);
        for (const { description } of message.pictures ?? []) assert.match(description, /^\d+ of \d+ engines flag it$/);
      }),
    );
  });

  test('names a file before it asks whether to upload it, and has one row of buttons for one file', () => {
    const around = { asksIn: '1573827848173518848', forgets: true, now: afterAll };
    for (const count of [1, 3]) {
      const shown = Array.from({ length: count }, (_, at) => unseen(`new ${at}.exe`));
      const { content, embeds, components } = renderReply(shown, enUS, around);
      const text = embeds.at(-1)?.description ?? '';
      assert.ok(!content.includes(enUS.upload.about));
      for (const { scan } of shown) {
        const at = text.indexOf(boldName(scan.source));
        assert.ok(at >= 0 && at < text.indexOf(enUS.upload.about), text);
      }
      const labels = components.map((row) => row.components.flatMap((one) => ('label' in one ? one.label : [])));
      const { button } = enUS.upload;
      assert.deepEqual(
        labels,
        count === 1
          ? [[button, enUS.card.details, enUS.forget.button]]
          : [[], [0, 1, 2].map((at) => `${button} · new ${at}.exe`).concat(enUS.forget.button)],
      );
    }
    assert.ok(!JSON.stringify(renderReply([unseen('a.exe')], enUS).embeds).includes(enUS.upload.about));
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

type Told = Parameters<(typeof factsSchema)['parse']>[0];

const several = views.filter((all) => all.length > 1 && new Set(all.map(({ scan }) => scan.token)).size === all.length);

function judged(rows: Parameters<typeof reportOf>[0], name: string, told: Told | 'none' = {}): JudgedView {
  const [scan] = fc.sample(settledScan, { numRuns: 1, seed: name.length });
  assert.ok(scan);
  const report = { ...reportOf(rows), facts: told === 'none' ? undefined : factsSchema.parse(told) };
  const outcome = { kind: 'done' as const, report, unlocked: false, askedAt: 0 };
  return judgedView({ ...scan, source: { kind: 'path', path: '/f', name }, file: undefined, outcome });
}

const unseen = (name: string) => ended('engine.unseen', name);

function ended(code: FailureCode, name: string): JudgedView {
  const view = judged({}, name);
  assert.ok(view.scan.stage === 'settled');
  return judgedView({ ...view.scan, outcome: { kind: 'error', code } });
}

describe('what no engine flags, but something else speaks against', () => {
  const told: Told = { intrusions: { high: 47, medium: 0, low: 0, info: 0, titles: ['ET MALWARE Checkin'] } };
  const capture = judged({ undetected: 60 }, 'capture.pcap', told);
  const alert = /❗ Its traffic raised 47 alerts for attacks/;

  test('does not look like what nothing speaks against: neither mark, colour, ring nor words are the same', () => {
    const fine = judged({ undetected: 60 }, 'capture.pcap');
    const [looks, other] = [capture, fine].map((view) => {
      const { embeds, pictures } = renderReply([view], enUS, { pictures: true });
      const { title, color, description = '' } = embeds[0] ?? {};
      return { title, color, ring: pictures?.[0]?.filename, description };
    });
    assert.match(looks?.title ?? '', /^🟡 No engine flagged it, but be careful/);
    for (const part of ['title', 'color', 'ring'] as const) assert.notEqual(looks?.[part], other?.[part], part);
    assert.doesNotMatch(looks?.description ?? '', /good sign/);
    assert.match(looks?.description ?? '', new RegExp(`${alert.source}.*open it only if`, 's'));
  });

  test('stands before what nothing speaks against, with its warning, and is counted apart', () => {
    const fine = [1, 2].map((at) => judged({ undetected: 60 }, `holiday ${at}.jpg`));
    const { content, embeds } = renderReply([...fine, capture], enUS);
    assert.equal(content, '3 files: 🟡 1 with a warning, ✅ 2 without findings');
    const [first, second] = embeds[0]?.description?.split('\n') ?? [];
    assert.match(first ?? '', /^🟡 \*\*capture\.pcap\*\*/);
    assert.match(second ?? '', alert);
  });
});

test('a clean verdict says so while nothing but the answers of the engines is known', () => {
  const only = /So far only the engines have answered/;
  const text = (...shown: JudgedView[]) => JSON.stringify(renderReply(shown, enUS).embeds);
  const [early, later] = [judged({ undetected: 60 }, 'a.exe', 'none'), judged({ undetected: 60 }, 'a.exe')];
  const bad = judged({ malicious: 60 }, 'a.exe', 'none');
  assert.match(text(early), only);
  assert.match(text(early, later), only);
  for (const shown of [[later], [bad], [later, bad]]) assert.doesNotMatch(text(...shown), only);
});

function expectedOf(view: JudgedView): string[] {
  const { scan, judgement } = view;
  const always = [boldName(scan.source), scan.token];
  if (!judgement) return [...always, '⏳'];
  const { word } = wordsFor(scan.source, judgement, enUS);
  if (scan.outcome.kind === 'error') {
    const { title, why } = troubleOf(scan.source, scan.outcome.code, enUS);
    return [...always, judgement.word === 'unseen' ? word : title, why];
  }
  const { flagged, opinions } = judgement.counts;
  return [...always, word, ...(scan.outcome.kind === 'done' ? [`${flagged} of ${opinions} engines`] : [])];
}

function withLongest(scan: SettledScan, long: string, engines: EngineAnswer[]): SettledScan {
  const source = { kind: 'path' as const, path: '/f', name: `\u202e${long}.docx.appimage` };
  if (scan.outcome.kind !== 'done') return { ...scan, source };
  const facts = { type: long, threatLabel: long, firstSeen: 0, names: [], tags: [] };
  const report = { ...scan.outcome.report, engines, facts };
  return { ...scan, source, outcome: { ...scan.outcome, report } };
}

test('a locked file is called so once, and one that may be locked is not called locked', () => {
  const textOf = (view: JudgedView) => {
    const { title = '', description = '' } = renderReply([view], enUS).embeds[0] ?? {};
    return `${title}\n${description}`;
  };
  const archive = (lock: 'locked' | 'unsure') => {
    const { scan } = judged({ undetected: 60 }, 'a.zip');
    const content = { mime: 'application/zip', extension: 'zip', lock };
    const file = { path: '/f', spooled: true, size: 9, sha256: '0'.repeat(64), sha1: '', md5: '', content };
    return textOf(judgedView({ ...scan, file } as SettledScan));
  };
  assert.match(archive('locked'), /^🔒 Locked: nobody could look inside/);
  assert.doesNotMatch(archive('locked'), /❗/);
  assert.match(archive('unsure'), /^🔒 Perhaps locked.*Part of it could not be read/s);
});

test('the test file of all antivirus programs is malicious by name, and its card says that it does no harm', () => {
  const [scan] = fc.sample(settledScan, 1);
  const rows = ['Microsoft', 'Kaspersky', 'Avast'].map((engine) => ({
    engine,
    category: 'malicious' as const,
    label: 'EICAR-Test-File',
  }));
  const facts = factsSchema.parse({ size: 68 });
  const report = { engines: rows, analysedAt: 0, facts, link: 'https://www.virustotal.com/' };
  const outcome = { kind: 'done' as const, report, unlocked: false, askedAt: 0 };
  const source = { kind: 'path' as const, path: '/f', name: 'eicar.com' };
  const [embed] = renderReply(
    [judgedView({ ...(scan ?? assert.fail()), file: undefined, source, outcome })],
    enUS,
  ).embeds;
  assert.match(embed?.title ?? '', /Malicious/);
  assert.match(embed?.description ?? '', /It does no harm/);
  assert.doesNotMatch(embed?.description ?? '', /Delete it/);
});
