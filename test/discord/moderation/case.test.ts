import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { messageBody } from '../../../sandbox/discord/limits/messages.ts';
import { type Act, type ActKind, actKindSchema } from '../../../src/discord/moderation/act.ts';
import { renderAlert } from '../../../src/discord/moderation/alert.ts';
import {
  authorsOf,
  type BadVerdict,
  type Case,
  type CaseFile,
  hasTodo,
  isClosed,
  isHandled,
  type Step,
  verdictOf,
  withAct,
  withFile,
  withPost,
} from '../../../src/discord/moderation/case.ts';
import { caseRowSchema } from '../../../src/discord/moderation/caseRow.ts';
import { stepsFor } from '../../../src/discord/moderation/decide.ts';
import { auditReason } from '../../../src/discord/moderation/enforcer.ts';
import { defaultSettings } from '../../../src/discord/settings/settings.ts';
import { enUS } from '../../../src/locales/en-US.ts';
import { foreignText, token } from '../cards/views.ts';
import { actOf, authorOf, blank, fileOf, postOf } from './cases.ts';

const steps: Step[] = [{ kind: 'delete' }, { kind: 'timeOut', until: 5 }];
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

test('a case is as bad as the worst of its files', () => {
  const of = (...verdicts: BadVerdict[]) =>
    verdictOf({ files: verdicts.map((verdict) => ({ ...fileOf('a'), verdict })) });
  assert.deepEqual(
    [of('suspicious'), of('suspicious', 'malicious'), of('malicious', 'suspicious')],
    ['suspicious', 'malicious', 'malicious'],
  );
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

test('the actions are those of the verdict, in their order, and nothing where nothing is wanted', () => {
  const settings = { ...defaultSettings, actions: { suspicious: 'none', malicious: 'deleteAndTimeOut' } as const };
  assert.equal(stepsFor('suspicious', settings, 0), undefined);
  assert.deepEqual(
    stepsFor('malicious', settings, 0)?.map(({ kind }) => kind),
    ['delete', 'timeOut', 'tellAuthor'],
  );
  assert.deepEqual(stepsFor('malicious', { ...settings, timeOut: 'tenMinutes' }, 1_000)?.[1]?.until, 601_000);
  assert.deepEqual(stepsFor('suspicious', defaultSettings, 0), []);
});

test('a case of version 0.1.0 is read with all that was done about it', () => {
  const { acts: _, ...rest } = blank;
  const stored = {
    ...rest,
    files: [{ ...fileOf('a', 'x'), families: undefined }],
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

test('a reason fits into the audit log, whatever the file is called', () => {
  fc.assert(
    fc.property(foreignText(600), (name) => {
      const reason = auditReason(enUS.alerts.reason('malicious', name, 3, 70));
      assert.ok(encodeURIComponent(reason).length <= 512);
      assert.match(reason, /^vtscan: malicious file/);
    }),
  );
});

test('an alert fits into a message, however many files, messages and acts it is about and whatever they are called', () => {
  const file: fc.Arbitrary<CaseFile> = fc.record({
    name: foreignText(300),
    token,
    sha256: token.map(String),
    verdict: fc.constantFrom('malicious', 'suspicious'),
    blocked: fc.boolean(),
    flagged: fc.nat(90),
    families: fc.nat(90),
    opinions: fc.nat(90),
    detections: fc.array(fc.constant(`• ${'x'.repeat(120)}`), { maxLength: 4 }),
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
      (files, posts, acts) => {
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
        const alert = renderAlert({ ...one, acts: [...one.acts, ...done] }, 0, enUS);
        messageBody.parse(alert);
        assert.deepEqual(alert.allowed_mentions, { parse: [] });
        assert.ok(alert.components.length <= 2);
      },
    ),
  );
});
