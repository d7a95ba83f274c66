import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { messageBody } from '../../../sandbox/discord/limits/messages.ts';
import { renderAlert } from '../../../src/discord/moderation/alert.ts';
import {
  authorsOf,
  type Case,
  type CaseFile,
  type Step,
  withFile,
  withPost,
} from '../../../src/discord/moderation/case.ts';
import { stepsFor } from '../../../src/discord/moderation/decide.ts';
import { auditReason } from '../../../src/discord/moderation/reason.ts';
import { defaultSettings } from '../../../src/discord/settings/settings.ts';
import { enUS } from '../../../src/locales/en-US.ts';
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
