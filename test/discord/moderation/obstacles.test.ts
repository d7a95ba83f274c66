import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CaseAct } from '../../../src/discord/controls/ids.ts';
import type { Hindrance } from '../../../src/discord/moderation/actRecord.ts';
import { obstacleTo } from '../../../src/discord/moderation/obstacles.ts';
import type { Standing } from '../../../src/discord/moderation/people.ts';
import { defaultSettings } from '../../../src/discord/settings/settings.ts';
import { actOf, authorOf, blank, postOf } from './cases.ts';

/** Whom nobody gets the bot to act upon: the whole table of ranks. */

const [author, presser] = ['10', '8'];
const one = { ...blank, posts: [postOf('1', { author: authorOf(author) })] };
const plainMember: Standing = {
  joinedAt: 0,
  timedOutUntil: undefined,
  manageable: true,
  administrator: false,
  moderates: false,
  roles: [],
  rank: 1,
  owner: false,
};

type People = Record<string, Partial<Standing> | undefined>;

function obstacle(kind: CaseAct, by: string | undefined, people: People, mayAct = true) {
  const target = kind === 'delete' ? '1' : author;
  const act = { ...actOf(kind, target, { by }), kind };
  return obstacleTo(act, one, {
    people: {
      member: async (_, user) => people[user] && { ...plainMember, ...people[user] },
      may: () => mayAct,
      isIn: () => true,
    },
    settings: { read: async () => defaultSettings },
  });
}

describe('ranks', () => {
  interface Row {
    what: string;
    author: Partial<Standing>;
    presser: Partial<Standing>;
    why: Hindrance | undefined;
  }
  const rows: Row[] = [
    { what: 'somebody below', author: { rank: 1 }, presser: { rank: 2 }, why: undefined },
    { what: 'a peer', author: { rank: 2 }, presser: { rank: 2 }, why: 'outranked' },
    { what: 'somebody above', author: { rank: 2 }, presser: { rank: 1 }, why: 'outranked' },
    { what: 'the owner', author: { owner: true, manageable: false }, presser: { rank: 2 }, why: 'outranked' },
    { what: 'the owner, of the lowest rank', author: { owner: true, rank: 0 }, presser: { rank: 2 }, why: 'outranked' },
    {
      what: 'anybody below the bot, for the owner',
      author: { rank: 2 },
      presser: { owner: true, rank: 0 },
      why: undefined,
    },
    { what: 'somebody above the bot', author: { manageable: false }, presser: { rank: 9 }, why: 'outranked' },
    {
      what: 'somebody above the bot, even for the owner',
      author: { manageable: false },
      presser: { owner: true },
      why: 'outranked',
    },
  ];
  for (const act of ['timeOut', 'kick', 'ban', 'quarantine'] as const) {
    for (const { what, author: theirs, presser: own, why } of rows) {
      test(`${act}: ${what}: ${why ?? 'yes'}`, async () => {
        assert.equal(await obstacle(act, presser, { [author]: theirs, [presser]: own }), why);
      });
    }
  }

  test('count for members only: a message may be deleted whoever wrote it', async () => {
    assert.equal(await obstacle('delete', presser, { [author]: { rank: 9 }, [presser]: { rank: 1 } }), undefined);
  });
});

test('who has left can still be banned', async () => {
  assert.equal(await obstacle('ban', presser, { [presser]: {} }), undefined);
});

test('a moderator who is no longer there has no say', async () => {
  for (const act of ['delete', 'ban', 'dismiss'] as const)
    assert.equal(await obstacle(act, presser, { [author]: {} }), 'presserLeft', act);
});

test('what the bot lacks is named before Discord is asked', async () => {
  const rows: [CaseAct, Hindrance][] = [
    ['timeOut', 'lacksModerateMembers'],
    ['kick', 'lacksKickMembers'],
    ['ban', 'lacksBanMembers'],
    ['quarantine', 'lacksManageRoles'],
  ];
  for (const [act, why] of rows)
    assert.equal(await obstacle(act, presser, { [author]: {}, [presser]: { rank: 2 } }, false), why);
});
