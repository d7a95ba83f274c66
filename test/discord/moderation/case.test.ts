import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { messageBody } from '../../../sandbox/discord/limits/messages.ts';
import { markOf } from '../../../src/discord/cards/mark.ts';
import { type Act, type ActKind, actKindSchema } from '../../../src/discord/moderation/actRecord.ts';
import {
  authorsOf,
  type Case,
  type CaseFile,
  hasTodo,
  isClosed,
  isHandled,
  type Step,
  withAct,
  withActs,
  withAlert,
  withFile,
  withoutPost,
  withPost,
  worstFile,
  worstOutcome,
} from '../../../src/discord/moderation/case.ts';
import { caseRowSchema } from '../../../src/discord/moderation/caseRow.ts';
import { auditReason } from '../../../src/discord/moderation/enforcer.ts';
import { renderAlert } from '../../../src/discord/moderation/renderAlert.ts';
import { targetsOf } from '../../../src/discord/moderation/targets.ts';
import { type FileOutcome, fileOutcomeSchema } from '../../../src/discord/settings/policies.ts';
import { enUS } from '../../../src/locales/en-US.ts';
import { anyLocale } from '../../locales/anyLocale.ts';
import { foreignText, token } from '../cards/views.ts';
import { actOf, authorOf, blank, fileOf, postOf } from './cases.ts';

const steps: Step[] = [{ kind: 'delete' }, { kind: 'timeOut', until: 5 }];
const textOf = (one: Case) => {
  const [{ title = '', description = '' } = {}] = renderAlert(one, undefined, enUS).embeds;
  return `${title}\n${description}`;
};
const actsIn = ({ acts }: Case) => acts.map(({ kind, target, state }) => `${kind} ${target} ${state}`);

test('of copies each message is deleted, and a member is timed out once', () => {
  const rows = [
    ['1', 'a'],
    ['2', 'a'],
    ['3', 'b'],
    ['3', 'b'],
  ] as const;
  const one = rows.reduce<Case>(
    (sum, [message, user]) => withPost(sum, postOf(message, { author: authorOf(user) }), steps, 0),
    blank,
  );
  assert.deepEqual(actsIn(one), [
    'delete 1 todo',
    'timeOut a todo',
    'delete 2 todo',
    'delete 3 todo',
    'timeOut b todo',
  ]);
  assert.deepEqual(
    authorsOf(one).map(({ id }) => id),
    ['a', 'b'],
  );
});

test('who only forwards a file loses the message, and nothing else happens by itself', () => {
  const all: Step[] = [...steps, { kind: 'ban' }, { kind: 'kick' }, { kind: 'quarantine' }, { kind: 'tellAuthor' }];
  const one = withPost(blank, postOf('1', { forwarded: true }), all, 0);
  assert.deepEqual(actsIn(one), ['delete 1 todo', 'tellAuthor 10 todo']);
});

test('a file is in a case once, by its token or its hash', () => {
  const rows: [string, CaseFile, number][] = [
    ['the same scan', fileOf('a', 'x'), 1],
    ['another scan of the same bytes', fileOf('b', 'x'), 1],
    ['another file', fileOf('b', 'y'), 2],
    ['another file of which no hash is known', fileOf('b'), 2],
  ];
  for (const [what, other, count] of rows)
    assert.equal(withFile(withFile(blank, fileOf('a', 'x')), other).files.length, count, what);
  assert.equal(withFile(withFile(blank, fileOf('a')), fileOf('b')).files.length, 2, 'two files without a hash');
});

test('a case is as bad as the worst of its files, which is the one that reasons name', () => {
  const of = (...outcomes: FileOutcome[]) => ({ files: outcomes.map((outcome) => ({ ...fileOf('a'), outcome })) });
  const rows: [FileOutcome[], FileOutcome][] = [
    [['suspicious', 'malicious', 'locked'], 'malicious'],
    [['locked', 'misleading'], 'misleading'],
    [['failed', 'locked'], 'locked'],
    [['failed', 'failed'], 'failed'],
  ];
  for (const [outcomes, worst] of rows) {
    assert.equal(worstOutcome(of(...outcomes)), worst);
    assert.equal(worstFile(of(...outcomes))?.outcome, worst);
  }
});

test('a webhook is no author, and an author of several messages is one', () => {
  const posts = [
    postOf('1', { author: authorOf('a') }),
    postOf('2', { author: authorOf('w', 'webhook') }),
    postOf('3', { author: authorOf('b', 'bot') }),
    postOf('4', { author: authorOf('a') }),
  ];
  assert.deepEqual(
    authorsOf({ ...blank, posts }).map(({ id }) => id),
    ['a', 'b'],
  );
});

test('a case has something to do until its alert and every act have ended', () => {
  const inState = (alert: Case['alert']['state'], ...states: Act['state'][]): Case => ({
    ...blank,
    alert: { state: alert },
    acts: states.map((state, at) => actOf('delete', String(at), { state })),
  });
  const rows: [Case, boolean][] = [
    [inState('todo'), true],
    [inState('todo', 'done'), true],
    [inState('refused', 'done'), true],
    [inState('shown'), false],
    [inState('none'), false],
    [inState('deleted'), false],
    [inState('shown', 'done', 'todo'), true],
    [inState('none', 'todo'), true],
    [inState('shown', 'done', 'failed'), false],
  ];
  for (const [one, expected] of rows) assert.equal(hasTodo(one), expected, JSON.stringify(one));
});

test('a case is closed when moderators are done with it, and handled from their first act on', () => {
  const shown: Case = { ...blank, alert: { state: 'shown' } };
  const pressed = (kind: ActKind, state: Act['state'] = 'done') => ({
    ...shown,
    acts: [actOf(kind, 'x', { state, by: '1', press: '2' })],
  });
  const rows: [string, Case, { closed: boolean; handled: boolean }][] = [
    ['nothing was done', shown, { closed: false, handled: false }],
    [
      'the bot deleted by itself',
      { ...shown, acts: [actOf('delete', 'x', { state: 'done' })] },
      { closed: false, handled: false },
    ],
    ['claimed', pressed('claim'), { closed: false, handled: false }],
    ['deleted by a moderator', pressed('delete'), { closed: false, handled: true }],
    ['dismissed', pressed('dismiss'), { closed: true, handled: true }],
    ['being dismissed', pressed('dismiss', 'todo'), { closed: true, handled: true }],
    ['resolved', pressed('resolve'), { closed: true, handled: true }],
    ['its alert was deleted', { ...shown, alert: { state: 'deleted' } }, { closed: true, handled: true }],
  ];
  for (const [what, one, { closed, handled }] of rows)
    assert.deepEqual([isClosed(one), isHandled(one)], [closed, handled], what);
});

test('an act that ends changes itself alone', () => {
  const acts = [actOf('delete', '1'), actOf('delete', '2'), actOf('delete', '2', { press: '7', by: '1' })];
  const changed = withAct({ ...blank, acts }, actOf('delete', '2', { state: 'failed', why: 'refused' }));
  assert.deepEqual(
    changed.acts.map(({ state }) => state),
    ['todo', 'failed', 'todo'],
  );
});

test('a message that is found again, with another bad file, gets what it does not have yet', () => {
  const place = postOf('1', { author: authorOf('a') });
  const deleted = withAct(withPost(blank, place, steps, 0), actOf('delete', '1', { state: 'done' }));
  const again = withPost(deleted, place, [...steps, { kind: 'tellAuthor' }], 1);
  assert.deepEqual(actsIn(again), ['delete 1 done', 'timeOut a todo', 'tellAuthor a todo']);
});

test('a case without an alert gets one when a file calls for it, and no second one', () => {
  const rows: [Case['alert']['state'], Case['alert']['state']][] = [
    ['none', 'todo'],
    ['todo', 'todo'],
    ['shown', 'shown'],
    ['refused', 'refused'],
    ['deleted', 'deleted'],
  ];
  for (const [before, after] of rows)
    assert.equal(withAlert({ ...blank, alert: { state: before } }).alert.state, after, before);
});

describe('a message that somebody has deleted', () => {
  const posted = withPost(blank, postOf('1'), [], 0);
  const deletion = (state: Act['state']) => withActs(posted, [actOf('delete', '1', { state })]);
  const rows: [string, Case, string, boolean][] = [
    ['is gone', posted, '1', true],
    ['is gone although the bot had tried in vain', deletion('failed'), '1', true],
    ['was deleted by the bot', deletion('done'), '1', false],
    ['may be about to be deleted by the bot', deletion('todo'), '1', false],
    ['is none of the case', posted, '2', false],
  ];
  for (const [what, one, message, isGone] of rows) {
    test(what, () => {
      const after = withoutPost(one, message);
      assert.equal(after.posts[0]?.gone ?? false, isGone);
      assert.equal(withoutPost(after, message), after, 'to hear of it again changes nothing');
      assert.equal(
        targetsOf(after, 'delete').includes('1'),
        !isGone && !after.acts.some(({ state }) => state !== 'failed'),
      );
      assert.equal(/deleted by its author or somebody else/.test(textOf(after)), isGone);
    });
  }
});

describe('an alert has words, an icon and a colour of its own', () => {
  const failure = 'VirusTotal cannot be reached.';
  const rows: [Partial<CaseFile> & { outcome: FileOutcome }, string, string][] = [
    [{ outcome: 'malicious', flagged: 54, opinions: 71 }, 'Malicious file', '54 of 71 engines'],
    [{ outcome: 'suspicious' }, 'Suspicious file', '1 of 70 engines'],
    [{ outcome: 'unwanted' }, 'Unwanted program', '1 of 70 engines'],
    [{ outcome: 'misleading', warnings: ['⚠️ It lies.'] }, 'Misleading name', '\n⚠️ It lies.'],
    [{ outcome: 'locked', warnings: ['⚠️ It is locked.'] }, 'Locked file', '\n⚠️ It is locked.'],
    [{ outcome: 'failed', flagged: 0, opinions: 0, failure }, 'Could not be scanned', `\`a.exe\`\n${failure}`],
  ];
  const titles = new Set<string>();
  const colours = new Set<number>();
  for (const [file, title, detail] of rows) {
    test(file.outcome, () => {
      const one: Case = { ...withPost(blank, postOf('1'), [], 0), files: [{ ...fileOf('a'), ...file }] };
      const [embed] = renderAlert(one, undefined, enUS).embeds;
      const icon = markOf(file.outcome);
      assert.equal(embed?.title, `${icon} ${title}`);
      assert.ok(textOf(one).includes(`${icon} \`a.exe\``) && textOf(one).includes(detail), textOf(one));
      titles.add(embed?.title ?? '');
      colours.add(embed?.color ?? 0);
    });
  }
  test('and no two are the same', () => assert.deepEqual([titles.size, colours.size], [rows.length, rows.length]));
});

test('a case of the last version is read: its files had a verdict', () => {
  const { outcome, warnings: _, ...file } = fileOf('a', 'x');
  const stored = { ...blank, files: [{ ...file, verdict: outcome }] };
  assert.deepEqual(caseRowSchema.parse(JSON.parse(JSON.stringify(stored))), {
    ...blank,
    files: [fileOf('a', 'x')],
  });
});

test('a case of version 0.1.0 is read with all that was done about it', () => {
  const { acts: _, ...rest } = blank;
  const stored = {
    ...rest,
    files: [{ ...fileOf('a', 'x'), outcome: undefined, verdict: 'malicious', families: undefined }],
    posts: [
      {
        channel: '9',
        message: '1',
        author: authorOf('a'),
        steps: [
          { kind: 'delete', state: 'done', already: true },
          { kind: 'timeOut', state: 'todo', until: 5 },
          { kind: 'tellAuthor', state: 'failed', why: 'closed' },
        ],
      },
    ],
    deeds: [
      { act: 'ban', by: '7', at: 3, failed: ['outranked'] },
      { act: 'trust', by: '7', at: 4, failed: [] },
    ],
  };
  const row = caseRowSchema.parse(JSON.parse(JSON.stringify(stored)));
  assert.ok(row.kind === 'case');
  assert.deepEqual(actsIn(row), [
    'delete 1 done',
    'timeOut a todo',
    'tellAuthor a failed',
    'ban a failed',
    'trust x done',
  ]);
  assert.deepEqual(
    row.posts.map(({ message, forwarded }) => [message, forwarded]),
    [['1', false]],
  );
  assert.deepEqual(caseRowSchema.parse(row), row, 'what was read is what is stored from then on');
});

test('a reason fits into the audit log, whatever the file is called, and says what was found', () => {
  const rows = {
    malicious: /^vtscan: malicious file/,
    suspicious: /^vtscan: suspicious file/,
    unwanted: /^vtscan: unwanted program/,
    misleading: /^vtscan: misleading file name/,
    locked: /^vtscan: locked file that could not be inspected/,
    failed: /^vtscan: file that could not be scanned/,
    blocked: /^vtscan: file that is blocked here/,
  };
  fc.assert(
    fc.property(foreignText(600), fc.constantFrom('blocked' as const, ...fileOutcomeSchema.options), (name, ground) => {
      const reason = auditReason(enUS.alerts.reason(ground, name, 3, 70));
      assert.ok(encodeURIComponent(reason).length <= 512);
      assert.match(reason, rows[ground]);
    }),
  );
});

test('an alert fits into a message, however many files, messages and acts it is about and whatever they are called', () => {
  const file: fc.Arbitrary<CaseFile> = fc.record({
    name: foreignText(300),
    token,
    sha256: token.map(String),
    outcome: fc.constantFrom(...fileOutcomeSchema.options),
    blocked: fc.boolean(),
    flagged: fc.nat(90),
    families: fc.nat(90),
    opinions: fc.nat(90),
    detections: fc.array(fc.constant(`• ${'x'.repeat(120)}`), { maxLength: 4 }),
    warnings: fc.array(fc.constant(`⚠️ ${'x'.repeat(200)}`), { maxLength: 6 }),
    failure: fc.constantFrom(undefined, 'x'.repeat(200)),
    link: fc.constant(`https://www.virustotal.com/gui/file/${'a'.repeat(64)}`),
  });
  const post = fc.record({
    id: fc.bigInt({ min: 10n ** 17n, max: 10n ** 18n }).map(String),
    name: foreignText(40),
    text: foreignText(300),
    forwarded: fc.boolean(),
  });
  const act = fc.record({
    kind: fc.constantFrom(...actKindSchema.options),
    state: fc.constantFrom('todo', 'done', 'failed' as const),
    by: fc.constantFrom('1', undefined),
    press: fc.constantFrom(...Array.from({ length: 30 }, (_, at) => String(at))),
  });
  fc.assert(
    fc.property(
      fc.array(file, { minLength: 1, maxLength: 12 }),
      fc.array(post, { minLength: 1, maxLength: 40 }),
      fc.array(act, { maxLength: 60 }),
      anyLocale,
      (files, posts, acts, locale) => {
        let one = files.reduce(withFile, blank);
        for (const { id, name, text, forwarded } of posts)
          one = withPost(
            one,
            postOf(id, { author: { id, name, kind: 'member' }, channel: id, text, forwarded }),
            steps,
            0,
          );
        const done = acts.map(({ kind, ...more }, at): Act => {
          const target = actOf(kind, posts[at % posts.length]?.id ?? '');
          return { ...target, ...more, ...(more.state === 'failed' && { why: 'outranked' }) };
        });
        const alert = renderAlert({ ...one, acts: [...one.acts, ...done] }, 0, locale);
        messageBody.parse(alert);
        assert.deepEqual(alert.allowed_mentions, { parse: [] });
        assert.ok(alert.components.length <= 2);
      },
    ),
  );
});
