import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { REST } from 'discord.js';
import type { Act, ActKind, Done, Hindrance } from '../../../src/discord/moderation/actRecord.ts';
import { carryOut } from '../../../src/discord/moderation/carryOut.ts';
import type { Case, CasePost } from '../../../src/discord/moderation/case.ts';
import { createCases } from '../../../src/discord/moderation/cases.ts';
import type { Enforcer } from '../../../src/discord/moderation/enforcer.ts';
import type { Standing } from '../../../src/discord/moderation/people.ts';
import { defaultSettings, type GuildSettings } from '../../../src/discord/settings/settings.ts';
import { enUS } from '../../../src/locales/en-US.ts';
import { memoryCollection } from '../../fixtures/memoryStore.ts';
import { actOf, authorOf, blank, fileOf, postOf } from './cases.ts';

/** What happens to the acts of a case without an alert, when they end well, badly or not at all. */

type Author = CasePost['author']['kind'];
type Ending = Done | 'trouble';
const done: Done = { state: 'done' };
const failed = (why: Hindrance): Done => ({ state: 'failed', why });
const until = 5_000;
const post = (message: string, author: Author = 'member') =>
  postOf(message, { author: authorOf(`${message}0`, author) });
const stepsFor = (message: string): Act[] => [
  actOf('delete', message),
  actOf('timeOut', `${message}0`, { until }),
  actOf('tellAuthor', `${message}0`),
];
const member: Standing = {
  joinedAt: 0,
  timedOutUntil: undefined,
  manageable: true,
  administrator: false,
  moderates: false,
  roles: [],
  rank: 1,
  owner: false,
};

interface Start {
  posts?: CasePost[];
  acts?: Act[];
  people?: Record<string, Partial<Standing> | undefined>;
  settings?: Partial<GuildSettings>;
}

async function startCase({ posts = [post('1')], acts = stepsFor('1'), people = {}, settings = {} }: Start = {}) {
  const cases = createCases({ records: memoryCollection(), open: memoryCollection() });
  const one: Case = { ...blank, id: '1', files: [fileOf('a', 'x')], posts, acts, alert: { state: 'none' } };
  await cases.create(one);

  const endings: Partial<Record<ActKind, Ending>> = {};
  /** In their order: the act, and whose message or member it was about. */
  const calls: string[] = [];
  const again: boolean[] = [];
  const letters: string[] = [];
  const nonces: string[] = [];
  const act = async (kind: ActKind, about: string, how?: { again: boolean }): Promise<Done> => {
    calls.push(`${kind} ${about}`);
    again.push(how?.again ?? false);
    const ending = endings[kind] ?? done;
    if (ending === 'trouble') throw new Error('for a moment');
    return ending;
  };
  const enforcer: Enforcer = {
    deleteMessage: (_, message, how) => act('delete', message, how),
    timeOut: (_, user, end, how) => act(end ? 'timeOut' : 'endTimeOut', user, how),
    kick: (_, user, how) => act('kick', user, how),
    ban: (_, user, seconds, how) => act('ban', `${user} ${seconds}`, how),
    unban: (_, user, how) => act('unban', user, how),
    addRole: (_, user, role, how) => act('quarantine', `${user} ${role}`, how),
    removeRole: (_, user, role, how) => act('endQuarantine', `${user} ${role}`, how),
    tell(user, letter) {
      letters.push(letter.message.content);
      nonces.push(letter.nonce);
      return act('tellAuthor', user, letter);
    },
  };
  const chosen: GuildSettings = { ...defaultSettings, ...settings };
  const run = () =>
    carryOut('1', {
      cases,
      enforcer,
      people: {
        member: async (_, user) => (user in people && !people[user] ? undefined : { ...member, ...people[user] }),
        may: () => true,
        isIn: () => true,
      },
      settings: { read: async () => chosen, change: async (_guild, _who, alter) => alter(chosen) },
      replies: {
        async withdraw({ message }) {
          calls.push(`withdraw ${message}`);
        },
      },
      fallback: { async tell() {}, async mended() {} },
      rest: new REST(),
      self: () => '3',
      now: () => 0,
      note() {},
      serverName: () => 'a server',
      languages: { ofServer: async () => 'en-US', ofMember: async () => 'en-US' },
    });
  const ends = async () => (await cases.get('1'))?.acts.map(({ state, why }) => why ?? state) ?? [];
  return { cases, endings, calls, again, letters, nonces, run, ends };
}

const all = ['delete 1', 'withdraw 1', 'timeOut 10', 'tellAuthor 10'];

describe('a member is told of what befell them, and of nothing else', () => {
  interface Row extends Start {
    what: string;
    deletion?: Ending;
    timeOut?: Ending;
    letter?: Ending;
    calls: string[];
    ends: string[];
  }
  const rows: Row[] = [
    { what: 'all goes well', calls: all, ends: ['done', 'done', 'done'] },
    {
      what: 'somebody else has deleted it',
      deletion: { state: 'done', already: true },
      calls: all,
      ends: ['done', 'done', 'done'],
    },
    ...(['lacksManageMessages', 'noAccess', 'refused'] as const).map((why) => ({
      what: `the deletion fails (${why}): of the time-out`,
      deletion: failed(why),
      calls: ['delete 1', 'timeOut 10', 'tellAuthor 10'],
      ends: [why, 'done', 'done'],
    })),
    {
      what: 'all fails: of nothing',
      deletion: failed('refused'),
      timeOut: failed('outranked'),
      calls: ['delete 1', 'timeOut 10'],
      ends: ['refused', 'outranked', 'needless'],
    },
    { what: 'nothing was wanted', acts: [actOf('tellAuthor', '10')], calls: [], ends: ['needless'] },
    { what: 'the time-out fails', timeOut: failed('outranked'), calls: all, ends: ['done', 'outranked', 'done'] },
    { what: 'the letter is not taken', letter: failed('closed'), calls: all, ends: ['done', 'done', 'closed'] },
    {
      what: 'a webhook is no member',
      posts: [post('1', 'webhook')],
      calls: ['delete 1', 'withdraw 1'],
      ends: ['done', 'notAMember', 'needless'],
    },
    {
      what: 'a bot reads no letters',
      posts: [post('1', 'bot')],
      calls: ['delete 1', 'withdraw 1', 'timeOut 10'],
      ends: ['done', 'done', 'needless'],
    },
    {
      what: 'an earlier letter has told of it',
      acts: [
        actOf('delete', '1', { state: 'done' }),
        actOf('tellAuthor', '10', { state: 'done' }),
        actOf('tellAuthor', '10', { press: '2' }),
      ],
      calls: [],
      ends: ['done', 'done', 'needless'],
    },
    {
      what: 'an earlier letter that was not taken has told of nothing',
      acts: [
        actOf('delete', '1', { state: 'done' }),
        actOf('tellAuthor', '10', { state: 'failed', why: 'closed' }),
        actOf('tellAuthor', '10', { press: '2' }),
      ],
      calls: ['tellAuthor 10'],
      ends: ['done', 'closed', 'done'],
    },
  ];
  for (const { what, deletion = done, timeOut = done, letter = done, calls, ends, ...start } of rows) {
    test(what, async () => {
      const one = await startCase(start);
      Object.assign(one.endings, { delete: deletion, timeOut, tellAuthor: letter });
      await one.run();
      assert.deepEqual(one.calls, calls);
      assert.deepEqual(await one.ends(), ends);
      // What has ended well or badly is not tried again.
      await one.run();
      assert.deepEqual(one.calls, calls);
      assert.deepEqual(await one.cases.open(), []);
    });
  }

  const pressed = { by: '8', press: '9', at: 1 };
  for (const kind of ['kick', 'ban'] as const) {
    const about = kind === 'ban' ? '10 0' : '10';
    const acts = [actOf(kind, '10', pressed), actOf('tellAuthor', '10', { press: '9', at: 1 })];

    test(`before a ${kind}, as no message arrives after it, in the server's words`, async () => {
      const people = { '8': { rank: 2 } };
      const one = await startCase({ acts, people, settings: { appeal: 'Write to appeals@example.org' } });
      await one.run();
      assert.deepEqual(one.calls, ['tellAuthor 10', `${kind} ${about}`]);
      const [letter = ''] = one.letters;
      assert.ok(letter.includes(kind === 'ban' ? enUS.alerts.toAuthor.banned : enUS.alerts.toAuthor.kicked), letter);
      assert.match(letter, /^> Write to appeals@example\.org$/m);
    });

    test(`of no ${kind} that cannot happen`, async () => {
      const one = await startCase({ acts, people: { '8': { rank: 1 } } });
      await one.run();
      assert.deepEqual(one.calls, []);
      assert.deepEqual(await one.ends(), ['outranked', 'needless']);
    });
  }

  test('a ban with a purge takes the last hour with it', async () => {
    const one = await startCase({
      acts: [actOf('ban', '10', { ...pressed, choice: 'purge' })],
      people: { '8': { rank: 2 } },
    });
    await one.run();
    assert.deepEqual(one.calls, ['ban 10 3600']);
  });
});

describe('members who moderate are told of, and not acted upon by itself', () => {
  const rows: [string, Partial<Standing>, string[]][] = [
    ['who may delete messages', { moderates: true }, ['staff', 'staff', 'needless']],
    ['an administrator', { administrator: true }, ['staff', 'staff', 'needless']],
    ['the owner', { owner: true }, ['staff', 'staff', 'needless']],
    ['who has the moderator role', { roles: ['77'] }, ['staff', 'staff', 'needless']],
    ['who has another role', { roles: ['78'] }, ['done', 'done', 'done']],
  ];
  for (const [what, standing, ends] of rows) {
    test(what, async () => {
      const one = await startCase({ people: { '10': standing }, settings: { moderatorRole: '77' } });
      await one.run();
      assert.deepEqual(await one.ends(), ends);
    });
  }

  test('but a moderator above them may', async () => {
    const acts = [
      actOf('delete', '1', { by: '8', press: '9' }),
      actOf('timeOut', '10', { by: '8', press: '9', until }),
    ];
    const one = await startCase({ acts, people: { '10': { moderates: true }, '8': { rank: 2 } } });
    await one.run();
    assert.deepEqual(await one.ends(), ['done', 'done']);
  });
});

describe('after trouble that passes', () => {
  const kinds = ['delete', 'timeOut', 'tellAuthor'] as const;
  const upTo = { delete: 1, timeOut: 3, tellAuthor: 4 };
  for (const [at, kind] of kinds.entries()) {
    test(`with ${kind}, what was done before is not repeated, and what follows waits`, async () => {
      const one = await startCase();
      one.endings[kind] = 'trouble';
      await assert.rejects(one.run(), /for a moment/);
      const begun = all.slice(0, upTo[kind]);
      assert.deepEqual(one.calls, begun);
      assert.deepEqual(
        await one.ends(),
        kinds.map((_, index) => (index < at ? 'done' : 'todo')),
      );
      assert.equal((await one.cases.open()).length, 1);

      one.endings[kind] = done;
      await one.run();
      assert.deepEqual(one.calls, [...begun, ...all.slice(upTo[kind] - 1)]);
      assert.deepEqual(await one.ends(), ['done', 'done', 'done']);
      assert.deepEqual(await one.cases.open(), []);
    });

    test(`with ${kind}, the next try knows that it may have happened`, async () => {
      const one = await startCase();
      one.endings[kind] = 'trouble';
      await assert.rejects(one.run());
      await assert.rejects(one.run());
      assert.deepEqual(one.again.slice(-2), [false, true]);
    });
  }

  test('a letter has the same nonce at each try, by which Discord shows it once, and every other letter another', async () => {
    const posts = [post('1'), post('2')];
    const acts = [...stepsFor('1'), ...stepsFor('2')];
    const one = await startCase({ posts, acts });
    one.endings.tellAuthor = 'trouble';
    for (let tries = 1; tries <= 2; tries++) await assert.rejects(one.run());
    const [first = '', second = '', ...again] = one.nonces;
    assert.deepEqual(again, [first, second]);
    assert.notEqual(first, second);
    assert.ok(first.length <= 25);
  });

  test('with one member, the others are dealt with all the same, and each has an end of its own', async () => {
    const posts = [post('1'), post('2'), post('3')];
    const shared = { by: '8', press: '9' };
    const acts = posts.map(({ author }) => actOf('ban', author.id, shared));
    const one = await startCase({ posts, acts, people: { '8': { rank: 2 }, '30': { rank: 5 } } });
    one.endings.ban = 'trouble';
    await assert.rejects(one.run());
    assert.deepEqual(one.calls, ['ban 10 0', 'ban 20 0']);
    assert.deepEqual(await one.ends(), ['todo', 'todo', 'outranked']);
    one.endings.ban = done;
    await one.run();
    assert.deepEqual(await one.ends(), ['done', 'done', 'outranked']);
  });
});

describe('a list of files', () => {
  const acts = [actOf('trust', 'x', { by: '8', press: '9' })];

  test('takes a file under its name, by whom it was trusted', async () => {
    const one = await startCase({ acts });
    await one.run();
    assert.deepEqual(await one.ends(), ['done']);
  });

  test('that is full is said to be full, and nothing is claimed', async () => {
    const trust = Array.from({ length: 500 }, (_, at) => ({ sha256: String(at), name: 'a', by: '1', at: 0 }));
    const one = await startCase({ acts, settings: { trust } });
    await one.run();
    assert.deepEqual(await one.ends(), ['listFull']);
  });
});
