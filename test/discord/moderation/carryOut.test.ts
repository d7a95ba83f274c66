import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { REST } from 'discord.js';
import type { Acts, Done } from '../../../src/discord/moderation/acts.ts';
import { carryOut } from '../../../src/discord/moderation/carryOut.ts';
import type { Case, CasePost, Step, StepKind } from '../../../src/discord/moderation/case.ts';
import { createCases } from '../../../src/discord/moderation/cases.ts';
import { defaultSettings } from '../../../src/discord/settings/settings.ts';
import { enUS } from '../../../src/locales/en-US.ts';
import { tokenSchema } from '../../../src/scan/token.ts';
import { memoryCollection } from '../../fixtures/memoryStore.ts';

/** What happens to the steps of a case without an alert, when the acts end well, badly or not at all. */

type Author = CasePost['author']['kind'];
type Ending = Done | 'trouble';
const done: Done = { state: 'done' };
const failed = (why: Extract<Done, { state: 'failed' }>['why']): Done => ({ state: 'failed', why });
const until = 5_000;
const todo: Step[] = [
  { kind: 'delete', state: 'todo' },
  { kind: 'timeOut', state: 'todo', until },
  { kind: 'tellAuthor', state: 'todo' },
];
const post = (message: string, author: Author = 'member', steps = todo): CasePost => ({
  channel: '9',
  message,
  author: { id: `${message}0`, name: 'somebody', kind: author },
  steps,
});

async function startCase(posts: CasePost[]) {
  const cases = createCases({ records: memoryCollection(), open: memoryCollection() });
  const one: Case = {
    kind: 'case',
    id: '1',
    guild: '2',
    lastAt: 0,
    files: [
      {
        name: 'a.exe',
        token: tokenSchema.parse('a'.repeat(64)),
        verdict: 'malicious',
        blocked: false,
        flagged: 50,
        opinions: 70,
        detections: [],
      },
    ],
    posts,
    flaggedBefore: 0,
    alert: { state: 'none' },
    deeds: [],
    revision: 0,
    shown: -1,
  };
  await cases.create(one);

  const endings: Partial<Record<StepKind, Ending>> = {};
  /** In their order: the act, and whose message or member it was about. */
  const calls: string[] = [];
  const again: boolean[] = [];
  const act = async (kind: StepKind, about: string): Promise<Done> => {
    calls.push(`${kind} ${about}`);
    const ending = endings[kind] ?? done;
    if (ending === 'trouble') throw new Error('for a moment');
    return ending;
  };
  const acts: Acts = {
    deleteMessage: (_, message) => act('delete', message),
    timeOut: (_, user, end) => act('timeOut', `${user} ${end}`),
    ban: () => assert.fail('nobody is banned by itself'),
    tell(user, letter) {
      again.push(letter.again);
      return act('tellAuthor', user);
    },
  };
  const run = () =>
    carryOut('1', {
      cases,
      acts,
      people: { member: async () => undefined, may: () => true },
      settings: { read: async () => defaultSettings },
      rest: new REST(),
      self: () => '3',
      serverName: () => 'a server',
      locale: enUS,
    });
  const steps = async () =>
    (await cases.get('1'))?.posts.map(({ steps: all }) => all.map(({ state, why }) => why ?? state)) ?? [];
  return { cases, endings, calls, again, run, steps };
}

describe('the author is told of a deletion that happened, and of no other', () => {
  const rows: {
    what: string;
    author?: Author;
    steps?: Step[];
    deletion?: Ending;
    timeOut?: Ending;
    letter?: Ending;
    calls: string[];
    ends: string[][];
  }[] = [
    {
      what: 'all goes well',
      calls: ['delete 1', 'timeOut 10 5000', 'tellAuthor 10'],
      ends: [['done', 'done', 'done']],
    },
    {
      what: 'somebody else has deleted it, or a try before a crash',
      deletion: { state: 'done', already: true },
      calls: ['delete 1', 'timeOut 10 5000', 'tellAuthor 10'],
      ends: [['done', 'done', 'done']],
    },
    ...(['lacksManageMessages', 'noAccess', 'refused'] as const).map((why) => ({
      what: `the deletion fails: ${why}`,
      deletion: failed(why),
      calls: ['delete 1', 'timeOut 10 5000'],
      ends: [[why, 'done', 'needless']],
    })),
    {
      what: 'no deletion was wanted',
      steps: todo.filter(({ kind }) => kind !== 'delete'),
      calls: ['timeOut 10 5000'],
      ends: [['done', 'needless']],
    },
    {
      what: 'the time-out fails',
      timeOut: failed('outranked'),
      calls: ['delete 1', 'timeOut 10 5000', 'tellAuthor 10'],
      ends: [['done', 'outranked', 'done']],
    },
    {
      what: 'the letter is not taken',
      letter: failed('closed'),
      calls: ['delete 1', 'timeOut 10 5000', 'tellAuthor 10'],
      ends: [['done', 'done', 'closed']],
    },
    {
      what: 'a webhook is no member',
      author: 'webhook',
      calls: ['delete 1'],
      ends: [['done', 'notAMember', 'needless']],
    },
    {
      what: 'a bot reads no letters',
      author: 'bot',
      calls: ['delete 1', 'timeOut 10 5000'],
      ends: [['done', 'done', 'needless']],
    },
  ];
  for (const { what, author, steps, deletion = done, timeOut = done, letter = done, calls, ends } of rows) {
    test(what, async () => {
      const one = await startCase([post('1', author, steps)]);
      Object.assign(one.endings, { delete: deletion, timeOut, tellAuthor: letter });
      await one.run();
      assert.deepEqual(one.calls, calls);
      assert.deepEqual(await one.steps(), ends);
      // What has ended well or badly is not tried again.
      await one.run();
      assert.deepEqual(one.calls, calls);
      assert.deepEqual(await one.cases.open(), []);
    });
  }
});

describe('after trouble that passes', () => {
  const all = ['delete', 'timeOut', 'tellAuthor'] as const;
  const callOf = { delete: 'delete 1', timeOut: `timeOut 10 ${until}`, tellAuthor: 'tellAuthor 10' };
  for (const [at, kind] of all.entries()) {
    test(`with ${kind}, what was done before is not repeated, and what follows waits`, async () => {
      const one = await startCase([post('1')]);
      one.endings[kind] = 'trouble';
      await assert.rejects(one.run(), /for a moment/);
      const begun = all.slice(0, at + 1).map((name) => callOf[name]);
      assert.deepEqual(one.calls, begun);
      assert.deepEqual(await one.steps(), [all.map((_, index) => (index < at ? 'done' : 'todo'))]);
      assert.deepEqual(await one.cases.open(), ['1']);

      one.endings[kind] = done;
      await one.run();
      assert.deepEqual(one.calls, [...begun, ...all.slice(at).map((name) => callOf[name])]);
      assert.deepEqual(await one.steps(), [['done', 'done', 'done']]);
      assert.deepEqual(await one.cases.open(), []);
    });
  }

  test('with a letter, the next try knows that it may have been sent', async () => {
    const one = await startCase([post('1')]);
    one.endings.tellAuthor = 'trouble';
    await assert.rejects(one.run());
    await assert.rejects(one.run());
    assert.deepEqual(one.again, [false, true]);
  });

  test('with one message, the others are dealt with all the same', async () => {
    const one = await startCase([post('1'), post('2')]);
    one.endings.timeOut = 'trouble';
    await assert.rejects(one.run());
    assert.deepEqual(one.calls, ['delete 1', 'timeOut 10 5000', 'delete 2', 'timeOut 20 5000']);
  });
});
