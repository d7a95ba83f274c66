import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { messageBody } from '../../../sandbox/discord/limits/messages.ts';
import { auditReason } from '../../../src/discord/moderation/acts.ts';
import { renderAlert } from '../../../src/discord/moderation/alert.ts';
import {
  authorsOf,
  type BadVerdict,
  type Case,
  type CaseFile,
  type CasePost,
  hasTodo,
  type Step,
  stepKindSchema,
  verdictOf,
  withFile,
  withPost,
  withStep,
} from '../../../src/discord/moderation/case.ts';
import { stepsFor } from '../../../src/discord/moderation/decide.ts';
import { defaultSettings } from '../../../src/discord/settings/settings.ts';
import { enUS } from '../../../src/locales/en-US.ts';
import { tokenSchema } from '../../../src/scan/token.ts';
import { foreignText, token } from '../cards/views.ts';

const blank: Case = {
  kind: 'case',
  id: '1573827848173518848',
  guild: '1573827848173518847',
  lastAt: 0,
  files: [],
  posts: [],
  flaggedBefore: 0,
  alert: { state: 'todo' },
  deeds: [],
  revision: 0,
  shown: -1,
};
const author = (id: string) => ({ id, name: 'somebody', kind: 'member' as const });
const steps: Step[] = [
  { kind: 'delete', state: 'todo' },
  { kind: 'timeOut', state: 'todo', until: 5 },
];
const file = (digit: string, sha256?: string): CaseFile => ({
  name: `${digit}.exe`,
  token: tokenSchema.parse(digit.repeat(64)),
  sha256,
  verdict: 'suspicious',
  blocked: false,
  flagged: 1,
  opinions: 70,
  detections: [],
});
const kindsIn = (one: Case) => one.posts.map((post) => post.steps.map(({ kind }) => kind));

test('in copies each message is deleted, and a member is timed out once', () => {
  let one = blank;
  for (const [message, user] of [
    ['1', 'a'],
    ['2', 'a'],
    ['3', 'b'],
    ['3', 'b'],
  ] as const)
    one = withPost(one, { channel: '9', message, author: author(user) }, steps);
  assert.deepEqual(kindsIn(one), [['delete', 'timeOut'], ['delete'], ['delete', 'timeOut']]);
  assert.deepEqual(
    authorsOf(one).map(({ id }) => id),
    ['a', 'b'],
  );
});

test('a file is in a case once, by its token or its hash', () => {
  const rows: [string, CaseFile, number][] = [
    ['the same scan', file('a', 'x'), 1],
    ['another scan of the same bytes', file('b', 'x'), 1],
    ['another file', file('b', 'y'), 2],
    ['another file of which no hash is known', file('b'), 2],
  ];
  for (const [what, other, count] of rows)
    assert.equal(withFile(withFile(blank, file('a', 'x')), other).files.length, count, what);
  assert.equal(withFile(withFile(blank, file('a')), file('b')).files.length, 2, 'two files without a hash');
});

test('a case is as bad as the worst of its files', () => {
  const of = (...verdicts: BadVerdict[]) =>
    verdictOf({ files: verdicts.map((verdict) => ({ ...file('a'), verdict })) });
  assert.deepEqual(
    [of('suspicious'), of('suspicious', 'malicious'), of('malicious', 'suspicious')],
    ['suspicious', 'malicious', 'malicious'],
  );
});

test('a webhook is no author, and an author of several messages is one', () => {
  const post = (message: string, id: string, kind: CasePost['author']['kind']): CasePost => ({
    channel: '9',
    message,
    author: { id, name: 'somebody', kind },
    steps: [],
  });
  const posts = [post('1', 'a', 'member'), post('2', 'w', 'webhook'), post('3', 'b', 'bot'), post('4', 'a', 'member')];
  assert.deepEqual(
    authorsOf({ ...blank, posts }).map(({ id }) => id),
    ['a', 'b'],
  );
});

test('a case has something to do until its alert and every step have ended', () => {
  const inState = (alert: Case['alert']['state'], ...states: Step['state'][]): Case => ({
    ...withPost(
      blank,
      { channel: '9', message: '1', author: author('a') },
      states.map((state, at) => ({ kind: stepKindSchema.options[at] ?? 'delete', state })),
    ),
    alert: { state: alert },
  });
  const rows: [Case, boolean][] = [
    [inState('todo'), true],
    [inState('todo', 'done'), true],
    [inState('shown'), false],
    [inState('none'), false],
    [inState('shown', 'done', 'todo'), true],
    [inState('none', 'todo'), true],
    [inState('shown', 'done', 'failed'), false],
  ];
  for (const [one, expected] of rows) assert.equal(hasTodo(one), expected, JSON.stringify(one));
});

test('a step that ends changes its kind in its own message only', () => {
  let one = blank;
  for (const message of ['1', '2']) one = withPost(one, { channel: '9', message, author: author(message) }, steps);
  const changed = withStep(one, '2', { kind: 'delete', state: 'failed', why: 'refused' });
  assert.deepEqual(
    changed.posts.map((post) => post.steps.map(({ state }) => state)),
    [
      ['todo', 'todo'],
      ['failed', 'todo'],
    ],
  );
});

test('a message that is found again, with another bad file, gets what it does not have yet', () => {
  const place = { channel: '9', message: '1', author: author('a') };
  const deleted = withStep(withPost(blank, place, steps), '1', { kind: 'delete', state: 'done' });
  const again = withPost(deleted, place, [...steps, { kind: 'tellAuthor', state: 'todo' }]);
  assert.deepEqual(
    again.posts.map((post) => post.steps.map(({ kind, state }) => `${kind} ${state}`)),
    [['delete done', 'timeOut todo', 'tellAuthor todo']],
  );
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

test('a reason fits into the audit log, whatever the file is called', () => {
  fc.assert(
    fc.property(foreignText(600), (name) => {
      const reason = auditReason(enUS.alerts.reason('malicious', name, 3, 70));
      assert.ok(encodeURIComponent(reason).length <= 512);
      assert.match(reason, /^vtscan: malicious file/);
    }),
  );
});

test('an alert fits into a message, however many files and messages it is about and whatever they are called', () => {
  const file: fc.Arbitrary<CaseFile> = fc.record({
    name: foreignText(300),
    token,
    sha256: token.map(String),
    verdict: fc.constantFrom('malicious', 'suspicious'),
    blocked: fc.boolean(),
    flagged: fc.nat(90),
    opinions: fc.nat(90),
    detections: fc.array(fc.constant(`• ${'x'.repeat(120)}`), { maxLength: 4 }),
    link: fc.constant(`https://www.virustotal.com/gui/file/${'a'.repeat(64)}`),
  });
  const posts = fc.array(fc.tuple(fc.bigInt({ min: 10n ** 17n, max: 10n ** 18n }).map(String), foreignText(40)), {
    minLength: 1,
    maxLength: 40,
  });
  fc.assert(
    fc.property(fc.array(file, { minLength: 1, maxLength: 12 }), posts, (files, people) => {
      let one = files.reduce(withFile, blank);
      for (const [id, name] of people)
        one = withPost(one, { channel: id, message: id, author: { id, name, kind: 'member' } }, steps);
      const deeds = Array.from({ length: 30 }, () => ({
        act: 'timeOut' as const,
        by: '1',
        at: 0,
        failed: ['outranked' as const],
      }));
      const alert = renderAlert({ ...one, deeds }, 0, enUS);
      messageBody.parse(alert);
      assert.deepEqual(alert.allowed_mentions, { parse: [] });
    }),
  );
});
