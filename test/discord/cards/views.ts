import fc from 'fast-check';
import type { FinishedView, JudgedView, OpenView } from '../../../src/discord/cards/view.ts';
import { failureCodes } from '../../../src/scan/failure.ts';
import { judgementOf } from '../../../src/scan/judged.ts';
import type { Activity } from '../../../src/scan/ports.ts';
import {
  type OpenScan,
  rulingSchema,
  type ScannedFile,
  type SettledScan,
  type Source,
} from '../../../src/scan/scan.ts';
import { tokenSchema } from '../../../src/scan/token.ts';
import { categorySchema, type EngineAnswer, type Facts, sandboxVerdictSchema } from '../../../src/verdict/report.ts';

/** Generated scans as replies may have to show them, with everything that comes from strangers as odd as it gets. */

const hostile = [
  '',
  '`@everyone`',
  '[click](https://example.com)',
  '<@123456789012345678>',
  '../../etc/passwd',
  'photo\u202egpj.exe',
  'invoice.pdf.exe',
  '‮‮',
  '😀'.repeat(120),
  'é'.repeat(500),
  `${'a'.repeat(300)}.docx.appimage`,
];

export const foreignText = (longest: number) =>
  fc.oneof(
    fc.constantFrom(...hostile).map((text) => text.slice(0, longest)),
    fc.string({ unit: 'binary', maxLength: longest }),
    fc.string({ unit: 'grapheme', maxLength: longest, size: 'max' }),
  );

export const token = fc
  .array(fc.constantFrom(...'0123456789abcdef'), { minLength: 64, maxLength: 64 })
  .map((digits) => tokenSchema.parse(digits.join('')));

const time = fc.integer({ min: 0, max: 4_102_444_800_000 });
const hash = token.map(String);

const engine: fc.Arbitrary<EngineAnswer> = fc.record({
  engine: foreignText(60),
  category: fc.constantFrom(...categorySchema.options),
  label: fc.option(foreignText(120), { nil: undefined }),
});

const file: fc.Arbitrary<ScannedFile> = fc.record({
  path: fc.constant('/spool/file'),
  spooled: fc.constant(true),
  size: fc.integer({ min: 0, max: 700_000_000 }),
  sha256: hash,
  sha1: hash,
  md5: hash,
  content: fc.record({
    mime: fc.option(foreignText(100), { nil: undefined }),
    extension: fc.constantFrom(undefined, 'exe', 'zip', 'appimage', 'docx', 'png'),
    lock: fc.constantFrom('open' as const, 'locked' as const, 'unsure' as const),
  }),
});

const source: fc.Arbitrary<Source> = fc.oneof(
  { weight: 4, arbitrary: foreignText(300).map((name) => ({ kind: 'path' as const, path: '/f', name })) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('hash' as const), hash, name: foreignText(300) }) },
  { weight: 1, arbitrary: hash.map((name) => ({ kind: 'hash' as const, hash: name, name })) },
  {
    weight: 1,
    arbitrary: fc
      .webUrl({ withFragments: true, withQueryParameters: true, size: 'large' })
      .map((url) => ({ kind: 'url' as const, url, name: url })),
  },
);

const base = fc.record({
  token,
  source,
  origin: fc.constant({ urgency: 'interactive' as const }),
  mode: fc.constant('scan' as const),
  createdAt: time,
});

const facts: fc.Arbitrary<Facts> = fc.record({
  type: fc.option(foreignText(100), { nil: undefined }),
  threatLabel: fc.option(foreignText(120), { nil: undefined }),
  firstSeen: fc.option(time, { nil: undefined }),
  names: fc.array(foreignText(255), { maxLength: 20, size: 'max' }),
  tags: fc.array(foreignText(60), { maxLength: 30, size: 'max' }),
  size: fc.option(fc.nat(), { nil: undefined }),
  sha256: fc.option(hash, { nil: undefined }),
  sha1: fc.option(hash, { nil: undefined }),
  md5: fc.option(hash, { nil: undefined }),
  signature: fc.option(
    fc.record({
      state: fc.constantFrom('valid', 'revoked', 'expired', 'untrusted', 'invalid'),
      signer: fc.option(foreignText(100), { nil: undefined }),
    }),
    { nil: undefined },
  ),
  reputation: fc.option(fc.integer(), { nil: undefined }),
  votes: fc.option(fc.record({ harmless: fc.nat(), malicious: fc.nat() }), { nil: undefined }),
  sandboxes: fc.option(
    fc.array(fc.record({ name: foreignText(60), verdict: fc.constantFrom(...sandboxVerdictSchema.options) }), {
      maxLength: 20,
      size: 'max',
    }),
    { nil: undefined },
  ),
  yara: fc.option(fc.array(foreignText(80), { maxLength: 30, size: 'max' }), { nil: undefined }),
  sigma: fc.option(
    fc.record({
      critical: fc.nat(),
      high: fc.nat(),
      medium: fc.nat(),
      low: fc.nat(),
      titles: fc.array(foreignText(120), { maxLength: 5 }),
    }),
    { nil: undefined },
  ),
});

const outcome = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({
        engines: fc.array(engine, { maxLength: 20 }),
        analysedAt: time,
        facts: fc.option(facts, { nil: undefined }),
        link: hash.map((sha256) => `https://www.virustotal.com/gui/file/${sha256}`),
        unlocked: fc.boolean(),
      })
      .map(({ unlocked, ...report }) => ({ kind: 'done' as const, report, unlocked, askedAt: 0 })),
  },
  { weight: 1, arbitrary: fc.constantFrom(...failureCodes).map((code) => ({ kind: 'error' as const, code })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...rulingSchema.options).map((ruling) => ({ kind: 'ruled' as const, ruling })),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'empty' as const }) },
);

export const settledScan: fc.Arbitrary<SettledScan> = fc
  .record({ base, file: fc.option(file, { nil: undefined }), outcome, at: time })
  .map(({ base: known, at, ...rest }) => ({
    ...known,
    ...rest,
    stage: 'settled' as const,
    startedAt: at,
    settledAt: at,
  }));

const openScan: fc.Arbitrary<OpenScan> = fc.oneof(
  base.map((known) => ({ ...known, stage: 'ready' as const })),
  base.map((known) => ({ ...known, stage: 'started' as const, startedAt: 0 })),
  fc.record({ known: base, file, inquiry: hash }).map(({ known, ...rest }) => ({
    ...known,
    ...rest,
    stage: 'identified' as const,
    startedAt: 0,
  })),
);

const size = fc.integer({ min: 0, max: 700_000_000 });
const count = fc.integer({ min: 0, max: 90 });

const activity: fc.Arbitrary<Activity | undefined> = fc.oneof(
  fc.constantFrom(undefined, { kind: 'queued' as const }, { kind: 'lookingUp' as const }),
  fc.record({ kind: fc.constant('downloading' as const), bytes: size, total: fc.option(size, { nil: undefined }) }),
  fc.record({ kind: fc.constant('uploading' as const), bytes: size, total: size }),
  fc.record({ kind: fc.constant('analysing' as const), answered: count, flagged: count }),
  fc.record({
    kind: fc.constant('waiting' as const),
    place: fc.record({
      for: fc.constantFrom('turn' as const, 'minute' as const, 'day' as const, 'month' as const, 'key' as const),
      ahead: fc.integer({ min: 0, max: 10_000 }),
      until: fc.option(time, { nil: undefined }),
    }),
  }),
);

export const openView: fc.Arbitrary<OpenView> = fc.record({ scan: openScan, activity });
export const settledView: fc.Arbitrary<FinishedView> = settledScan.map((scan) => ({
  scan,
  judgement: judgementOf(scan),
}));

/** What one reply may have to show. */
export const views = fc.array(
  fc.oneof<fc.MaybeWeightedArbitrary<JudgedView>[]>(
    { weight: 1, arbitrary: openView },
    { weight: 3, arbitrary: settledView },
  ),
  {
    minLength: 1,
    maxLength: 10,
    size: 'max',
  },
);
