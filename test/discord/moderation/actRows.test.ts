import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actRows } from '../../../src/discord/moderation/actRows.ts';
import { actOf, authorOf, blank, fileOf, postOf } from './cases.ts';

test('the record says of each act who did what to whom, when, why, and what came of it, oldest first', () => {
  const posts = [postOf('1', { author: authorOf('10') }), postOf('2', { author: authorOf('w', 'webhook') })];
  const pressed = { by: '8', byName: 'mod', press: '9' };
  const acts = [
    actOf('ban', '10', { ...pressed, at: 3_000, choice: 'purge', state: 'failed', why: 'outranked' }),
    actOf('delete', '1', { at: 1_000, state: 'done' }),
    actOf('delete', '2', { at: 1_000, state: 'done', already: true }),
    actOf('timeOut', '10', { at: 2_000, until: 60_000 }),
    actOf('trust', 'x', { ...pressed, at: 4_000, state: 'done' }),
  ];
  const one = { ...blank, posts, acts, files: [fileOf('a', 'x'), { ...fileOf('b'), outcome: 'malicious' as const }] };
  const rows = actRows([one]).map(({ at, who, name, act, target, member, how, result, why }) =>
    [at.slice(17, 19), who, name, act, target, member, how, result, why].join(' | '),
  );
  assert.deepEqual(rows, [
    '01 | policy |  | delete | 1 | 10 |  | done | ',
    '01 | policy |  | delete | 2 |  |  | done by somebody else | ',
    '02 | policy |  | timeOut | 10 | 10 | until 1970-01-01T00:01:00.000Z | under way | ',
    '03 | 8 | mod | ban | 10 | 10 | purge | failed | outranked',
    '04 | 8 | mod | trust | x |  |  | done | ',
  ]);
  assert.deepEqual(actRows([one]).map(({ because, files }) => [because, files])[0], ['malicious', 'a.exe, b.exe']);
});
