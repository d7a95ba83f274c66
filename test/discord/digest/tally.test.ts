import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { messageBody } from '../../../sandbox/discord/limits/messages.ts';
import { type CaseAct, caseActSchema } from '../../../src/discord/controls/ids.ts';
import { renderDigest } from '../../../src/discord/digest/render.ts';
import { isQuiet, type Span, type Tally, tallyOf } from '../../../src/discord/digest/tally.ts';
import type { Act } from '../../../src/discord/moderation/actRecord.ts';
import type { Case } from '../../../src/discord/moderation/case.ts';
import { defaultSettings, type GuildSettings } from '../../../src/discord/settings/settings.ts';
import { enUS } from '../../../src/locales/en-US.ts';
import type { Outcome, SettledScan, Source } from '../../../src/scan/scan.ts';
import { tokenSchema } from '../../../src/scan/token.ts';
import { reportOf } from '../../fixtures/memoryEngine.ts';
import { actOf, blank, fileOf } from '../moderation/cases.ts';

const span: Span = { from: 100, until: 200 };
const file = (name: string): Source => ({ kind: 'path', path: '/f', name });
const done = (malicious: number): Outcome => ({
  kind: 'done',
  report: reportOf({ undetected: 70, malicious }),
  unlocked: false,
  askedAt: 0,
});

let drawn = 0;
function scan(settledAt: number, source: Source, outcome: Outcome): SettledScan {
  drawn += 1;
  const token = tokenSchema.parse(String(drawn).padStart(64, '0'));
  const origin = { urgency: 'automatic' as const, server: '1' };
  return { token, source, origin, mode: 'scan', createdAt: 0, startedAt: 0, settledAt, stage: 'settled', outcome };
}

interface Start {
  scans?: SettledScan[];
  cases?: Partial<Case>[];
  settings?: Partial<GuildSettings>;
}

async function tally({ scans = [], cases = [], settings = {} }: Start): Promise<Tally> {
  async function* all() {
    yield* scans;
  }
  const whole = cases.map((one) => ({ ...blank, ...one }));
  return tallyOf(span, { ...defaultSettings, ...settings }, whole, all());
}

/** As plain data. */
const plain = ({ words, acts, ...counts }: Tally) => ({
  ...counts,
  words: Object.fromEntries(words),
  acts: [...acts].map(([who, kinds]) => [who, Object.fromEntries(kinds)]),
});
const nothing = { files: 0, links: 0, falseAlarms: 0, trusted: 0, unchecked: 0, words: {}, acts: [] };

describe('a week counts', () => {
  const link: Source = { kind: 'url', url: 'https://example.org', name: 'x' };
  const attachment: Source = {
    kind: 'attachment',
    url: 'https://cdn/attachments/1/2/a.exe',
    name: 'a',
    messageId: '3',
  };
  const unseen: Outcome = { kind: 'error', code: 'engine.unseen' };
  const by = (who: string | undefined, kind: Act['kind'], more: Partial<Act> = {}) =>
    actOf(kind, '5', { state: 'done', at: 150, ...(who && { by: who }), ...more });
  const listed = (sha256: string, at: number) => ({ sha256, at, name: 'a', by: '1'.repeat(18) });
  const rows: [string, Start, Partial<typeof nothing> | Record<string, unknown>][] = [
    ['nothing', {}, {}],
    [
      'files and links by their verdicts',
      { scans: [scan(150, file('a'), done(0)), scan(151, file('b'), done(60)), scan(152, link, done(60))] },
      { files: 2, links: 1, words: { clean: 1, malicious: 2 } },
    ],
    [
      'what ended from its begin on, and before its end',
      { scans: [99, 100, 199, 200].map((at) => scan(at, file('a'), done(0))) },
      { files: 2, words: { clean: 2 } },
    ],
    [
      'a file once that was uploaded after it had been looked up',
      { scans: [scan(160, attachment, done(0)), scan(150, attachment, unseen)] },
      { files: 1, words: { clean: 1 } },
    ],
    ['no hashes that somebody looked up', { scans: [scan(150, { kind: 'hash', hash: 'f', name: 'f' }, done(0))] }, {}],
    [
      'files that were not checked for lack of quota',
      { scans: [scan(150, file('a'), { kind: 'error', code: 'engine.quota' })] },
      { files: 1, unchecked: 1, words: { failed: 1 } },
    ],
    [
      'acts by kind and by whom, letters left out',
      { cases: [{ acts: [by(undefined, 'delete'), by(undefined, 'tellAuthor'), by('8', 'ban'), by('8', 'ban')] }] },
      {
        acts: [
          [undefined, { delete: 1 }],
          ['8', { ban: 2 }],
        ],
      },
    ],
    ['nobody who only sent letters', { cases: [{ acts: [by(undefined, 'tellAuthor')] }] }, {}],
    [
      'only acts that happened, by us, in that time',
      {
        cases: [
          {
            acts: [
              by('8', 'ban', { state: 'failed' }),
              by('8', 'ban', { state: 'todo' }),
              by('8', 'ban', { already: true }),
              by('8', 'ban', { at: 99 }),
              by('8', 'ban', { at: 200 }),
            ],
          },
        ],
      },
      {},
    ],
    ...(['dismiss', 'resolve'] as const).flatMap((kind) =>
      (['plain', 'falseAlarm', 'harmless', 'handled'] as const)
        .filter((choice) => (choice === 'plain') === (kind === 'dismiss'))
        .map((choice): [string, Start, Record<string, unknown>] => [
          `a false alarm, or none: ${kind}, ${choice}`,
          { cases: [{ acts: [by('8', kind, { choice })] }] },
          { falseAlarms: choice === 'handled' ? 0 : 1, acts: [['8', { [kind]: 1 }]] },
        ]),
    ),
    [
      'files of alerts that were trusted afterwards, in that time',
      {
        cases: [{ files: [fileOf('a', 'x'), fileOf('b', 'y')] }],
        settings: { trust: [listed('x', 150), listed('y', 99), listed('z', 150)] },
      },
      { trusted: 1 },
    ],
  ];
  for (const [what, start, expected] of rows) {
    test(what, async () => {
      const counted = await tally(start);
      assert.deepEqual(plain(counted), { ...nothing, ...expected });
      assert.equal(isQuiet(counted), Object.keys(expected).length === 0);
    });
  }
});

const counts = (kinds: Partial<Record<CaseAct, number>>) =>
  new Map(caseActSchema.options.flatMap((kind) => (kinds[kind] ? [[kind, kinds[kind]]] : [])));

describe('a digest', () => {
  test('says all of it in a few lines, the worst verdict and the busiest moderator first', async () => {
    const counted: Tally = {
      files: 3,
      links: 1,
      words: new Map([
        ['clean', 3],
        ['malicious', 1],
      ]),
      acts: new Map([
        [undefined, counts({ delete: 2 })],
        ['7', counts({ ban: 1 })],
        ['8', counts({ timeOut: 1, delete: 1 })],
      ]),
      falseAlarms: 1,
      trusted: 2,
      unchecked: 1,
    };
    const { embeds, allowed_mentions } = renderDigest(
      { from: 0, until: 604_800_000 },
      counted,
      { calls: 5, waiting: 2 },
      enUS,
    );
    assert.equal(
      embeds[0]?.description,
      [
        '<t:0:d> to <t:604800:d>',
        '**Checked:** 3 files and 1 link: ⛔ 1 malicious, ✅ 3 without findings',
        '**Automatically:** deleted 2 messages',
        '**Moderators:** <@8> deleted 1 message and timed out 1 member; <@7> banned 1 member',
        '**Quota:** this bot sent 5 requests to VirusTotal, for all its servers. 1 file was not checked because it was used up. 2 files are still waiting.',
        '**False alarms:** 1 alert, 2 files trusted afterwards',
      ].join('\n'),
    );
    assert.deepEqual(allowed_mentions, { parse: [] });
  });

  test('fits into a message whatever happened', () => {
    const kinds = new Map(caseActSchema.options.map((kind) => [kind, 1_000_000]));
    const people = Array.from({ length: 500 }, (_, at) => String(10n ** 19n + BigInt(at)));
    const acts = new Map([undefined, ...people].map((who) => [who, kinds]));
    const words: Tally['words'] = new Map();
    const counted = { files: 1e9, links: 1e9, words, acts, falseAlarms: 1e9, trusted: 1e9, unchecked: 1e9 };
    const message = renderDigest({ from: 0, until: 1 }, counted, { calls: 1e9, waiting: 1e9 }, enUS);
    assert.ok(messageBody.safeParse(message).success);
  });
});
