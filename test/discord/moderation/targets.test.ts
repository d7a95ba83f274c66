import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type CaseAct, caseActSchema } from '../../../src/discord/controls/ids.ts';
import { actions } from '../../../src/discord/moderation/actions/registry.ts';
import type { Act } from '../../../src/discord/moderation/actRecord.ts';
import { actsOf } from '../../../src/discord/moderation/actsOfPress.ts';
import type { Case } from '../../../src/discord/moderation/case.ts';
import { meant, sealOf, targetsOf } from '../../../src/discord/moderation/targets.ts';
import { actOf, authorOf, blank, fileOf, postOf } from './cases.ts';

/** To whom and what an act can be done: done holds for a person, a message or a file, never for the case. */

const posts = [
  postOf('1', { author: authorOf('a') }),
  postOf('2', { author: authorOf('b') }),
  postOf('3', { author: authorOf('c'), forwarded: true }),
  postOf('4', { author: authorOf('w', 'webhook') }),
];
const one: Case = {
  ...blank,
  alert: { state: 'shown' },
  posts,
  files: [fileOf('a', 'x'), fileOf('b', 'y'), fileOf('c')],
};
const having = (...acts: Act[]): Case => ({ ...one, acts });
const done = (kind: Act['kind'], target: string, at = 0) =>
  actOf(kind, target, { state: 'done', at, press: String(at) });

describe('what an act can be done to', () => {
  const rows: [string, CaseAct, Case, string[]][] = [
    ['every message', 'delete', one, ['1', '2', '3', '4']],
    ['messages that are still there', 'delete', having(done('delete', '1')), ['2', '3', '4']],
    ['messages that are not being deleted', 'delete', having(actOf('delete', '1')), ['2', '3', '4']],
    [
      'a message whose deletion failed',
      'delete',
      having(actOf('delete', '1', { state: 'failed' })),
      ['1', '2', '3', '4'],
    ],
    ['everybody who posted or forwarded, but webhooks', 'ban', one, ['a', 'b', 'c']],
    ['who is not banned yet', 'ban', having(done('ban', 'a')), ['b', 'c']],
    ['who is not banned any more', 'ban', having(done('ban', 'a', 1), done('unban', 'a', 2)), ['a', 'b', 'c']],
    ['who is timed out, for another time', 'timeOut', having(done('timeOut', 'a')), ['a', 'b', 'c']],
    ['who is not about to be timed out', 'timeOut', having(actOf('timeOut', 'a')), ['b', 'c']],
    ['nobody, where nobody is banned', 'unban', one, []],
    ['who is banned', 'unban', having(done('ban', 'a')), ['a']],
    ['who was banned again', 'unban', having(done('ban', 'a', 1), done('unban', 'a', 2), done('ban', 'a', 3)), ['a']],
    ['files with a hash', 'trust', one, ['x', 'y']],
    ['files that are not trusted yet', 'trust', having(done('trust', 'x')), ['y']],
    ['files that are trusted', 'untrust', having(done('trust', 'x')), ['x']],
    ['an alert', 'resolve', one, ['']],
    ['no alert that is resolved', 'resolve', having(done('resolve', '')), []],
    ['no alert that was dismissed', 'resolve', having(done('dismiss', '')), []],
    ['no alert that was deleted', 'dismiss', { ...one, alert: { state: 'deleted' } }, []],
  ];
  for (const [what, kind, of, expected] of rows)
    test(`${kind}: ${what}`, () => assert.deepEqual(targetsOf(of, kind), expected));
});

test('who only forwarded a file is not meant by what removes or silences, and one of several files is never meant unnamed', () => {
  const rows: [CaseAct, string[]][] = [
    ['ban', ['a', 'b']],
    ['kick', ['a', 'b']],
    ['timeOut', ['a', 'b']],
    ['quarantine', ['a', 'b']],
    ['delete', ['1', '2', '3', '4']],
    ['trust', []],
    ['block', []],
  ];
  for (const [kind, expected] of rows) assert.deepEqual(meant(one, kind, targetsOf(one, kind)), expected, kind);
  assert.deepEqual(meant(one, 'ban', ['c']), [], 'not even when nobody else is left');
  assert.deepEqual(meant(one, 'trust', ['x']), ['x']);
});

test('whatever was confirmed, no seal of before fits: neither a replay nor a question of an earlier state', () => {
  const press = { id: '9', by: '8', byName: 'mod', at: 1 };
  fc.assert(
    fc.property(fc.constantFrom(...caseActSchema.options), fc.boolean(), fc.boolean(), (kind, isDone, grows) => {
      const before: Case = having(...caseActSchema.options.map((undone) => done(undone, '', -1)));
      const targets = targetsOf(before, kind);
      const seal = sealOf(before, kind, targets);
      assert.equal(sealOf(before, kind, targets), seal);
      const acts = actsOf(before, { kind, targets, choice: 'plain', tellsAuthor: true }, press);
      const state = isDone ? 'done' : 'todo';
      const after: Case = { ...before, acts: [...before.acts, ...acts.map((act): Act => ({ ...act, state }))] };
      if (acts.length > 0) assert.notEqual(sealOf(after, kind, targetsOf(after, kind)), seal);
      const grown = { ...before, posts: [...posts, postOf('5')], files: [...before.files, fileOf('d', 'z')] };
      const isGrown = grows && actions[kind].target !== 'case' && targetsOf(grown, kind).length > targets.length;
      if (isGrown) assert.notEqual(sealOf(grown, kind, targetsOf(grown, kind)), seal);
    }),
  );
});

describe('one press', () => {
  const press = { id: '9', by: '8', byName: 'mod', at: 1_000 };
  const confirmed = { choice: 'plain', tellsAuthor: true } as const;

  test('is an act for each target, with who, when and the revision that was seen, and a letter for each member', () => {
    const acts = actsOf({ ...one, revision: 4 }, { ...confirmed, kind: 'delete', targets: ['1', '2', '4'] }, press);
    const shared = { state: 'todo', at: 1_000, press: '9', revision: 4 };
    assert.deepEqual(acts, [
      ...['1', '2', '4'].map((target) => ({
        ...shared,
        kind: 'delete',
        target,
        by: '8',
        byName: 'mod',
        choice: 'plain',
      })),
      ...['a', 'b'].map((target) => ({ ...shared, kind: 'tellAuthor', target })),
    ]);
  });

  const letters: [string, CaseAct, Case, boolean][] = [
    ['for a deletion', 'delete', one, true],
    ['for no second deletion', 'delete', having(done('tellAuthor', 'a')), false],
    ['again after a letter that did not arrive', 'delete', having(actOf('tellAuthor', 'a', { state: 'failed' })), true],
    ['again before a ban', 'ban', having(done('tellAuthor', 'a')), true],
    ['again before a kick', 'kick', having(done('tellAuthor', 'a')), true],
    ['not for an undo', 'unban', having(done('ban', 'a')), false],
    ['not for trust', 'trust', one, false],
  ];
  for (const [what, kind, of, expected] of letters)
    test(`a letter is owed ${what}`, () => {
      const targets = kind === 'delete' ? ['1'] : ['a'];
      const acts = actsOf(of, { ...confirmed, kind, targets }, press);
      assert.equal(
        acts.some((act) => act.kind === 'tellAuthor'),
        expected,
      );
    });

  test('a letter is owed to nobody where the server tells nobody', () => {
    const acts = actsOf(one, { ...confirmed, kind: 'delete', targets: ['1'], tellsAuthor: false }, press);
    assert.deepEqual(
      acts.map(({ kind }) => kind),
      ['delete'],
    );
  });
});
