import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseAct } from '../../src/discord/controls/ids.ts';
import {
  ask,
  confirm,
  lineOf,
  nextCase,
  performed,
  type Started,
  startCase,
  stateOf,
  tool,
  unchanged,
  words,
} from './alertCase.ts';

/** A press that somebody was told is under way happens, exactly once, and the alert says so: wherever the bot stops. */

/** Longer than Discord remembers a nonce. */
const downtime = 10 * 60_000;

interface Trouble {
  method: string;
  path: RegExp;
  /** Discord does it, and only the answer is lost. */
  performed: boolean;
}

const requests: Record<'delete' | 'timeOut' | 'quarantine' | 'kick' | 'ban', Pick<Trouble, 'method' | 'path'>> = {
  delete: { method: 'DELETE', path: /\/messages\/\d+$/ },
  timeOut: { method: 'PATCH', path: /\/members\/\d+$/ },
  quarantine: { method: 'PUT', path: /\/members\/\d+\/roles\/\d+$/ },
  kick: { method: 'DELETE', path: /\/members\/\d+$/ },
  ban: { method: 'PUT', path: /\/bans\/\d+$/ },
};
const after: Record<keyof typeof requests, Partial<typeof unchanged>> = {
  delete: { isThere: false },
  timeOut: { timedOut: true },
  quarantine: { quarantined: true },
  kick: { isMember: false },
  ban: { isMember: false, banned: 1 },
};

/** Confirms, and stops the bot when it meets that trouble; then the bot comes back. */
async function stopAt(started: Started, act: CaseAct, trouble: Trouble): Promise<void> {
  const { world, discord } = started;
  const { owner } = discord.scene;
  const question = await ask(started, act, owner).next();
  discord.fail({ ...trouble, status: 503, times: 1e6 });
  const before = discord.requests.length;
  confirm(started, question, owner, act === 'timeOut' ? 'day' : undefined);
  await discord.waitFor(() =>
    discord.requests
      .slice(before)
      .some(({ method, path, status }) => method === trouble.method && trouble.path.test(path) && status === 503),
  );
  await world.stop();
  discord.calm();
  world.jump(downtime);
  await world.start();
  await performed(started, act, owner);
}

async function assertOnce(started: Started, act: keyof typeof requests, { acts, said, banned } = none): Promise<void> {
  const told = words.acts.tellAuthor.did(undefined, '', '', '');
  await started.discord.waitFor(() => stateOf(started).alert.includes(told));
  const { alert, ...state } = stateOf(started);
  const changes = after[act];
  const counts = { acts: acts + 1, letters: 1, said: said + 1, banned: banned + (changes.banned ?? 0) };
  assert.deepEqual(state, { ...unchanged, ...changes, ...counts });
  assert.equal(alert.split(lineOf(act, started.discord.scene.owner)).length, 2, alert);
}

/** What was done before in the same world. */
const none = { acts: 0, said: 0, banned: 0 };

test('a press happens once although the bot stops', async (t) => {
  const first = await startCase(t);
  let number = 0;
  const once = async (act: keyof typeof requests, trouble: Trouble) => {
    const before = stateOf(first);
    number += 1;
    const started = await nextCase(first, number);
    await stopAt(started, act, trouble);
    await assertOnce(started, act, before);
  };
  const places: [string, Trouble][] = [
    [
      'when it is stored, and nobody has heard of it',
      { method: 'POST', path: /\/interactions\/.*\/callback/, performed: false },
    ],
    ['when its acknowledgement was lost', { method: 'POST', path: /\/interactions\/.*\/callback/, performed: true }],
    ['before the member is told', { method: 'POST', path: /users\/@me\/channels$/, performed: false }],
    ['before Discord hears of it', { ...requests.ban, performed: false }],
    ['before the alert says so', { method: 'PATCH', path: /\/messages\/\d+$/, performed: false }],
  ];
  for (const [what, trouble] of places) await t.test(`ban: ${what}`, () => once('ban', trouble));
  for (const act of ['delete', 'timeOut', 'quarantine', 'kick', 'ban'] as const)
    await t.test(`${act}: after Discord did it, before that is recorded`, () =>
      once(act, { ...requests[act], performed: true }),
    );
});

test('a press that the bot never heard of does nothing, and works when it is repeated', async (t) => {
  const started = await startCase(t);
  const { world, discord } = started;
  const { owner } = discord.scene;
  const question = await ask(started, 'ban', owner).next();
  const before = stateOf(started);
  await world.stop();
  confirm(started, question, owner);
  await world.start();
  assert.deepEqual(stateOf(started), before);
  confirm(started, question, owner);
  await performed(started, 'ban', owner);
  await assertOnce(started, 'ban');
});

test("one member's trouble hides nobody else's result", async (t) => {
  const started = await startCase(t, { copies: true });
  const { world, discord, author } = started;
  const { owner } = discord.scene;
  const other = discord.join('other');
  discord.post({ member: other, files: [tool()] });
  await world.alerts(1, /Posted 2 times/);
  const question = await ask(started, 'ban', owner).next();
  discord.fail({ method: 'PUT', path: new RegExp(`/bans/${author.user.id}$`), status: 503, times: 1e6 });
  confirm(started, question, owner);
  const banned = () => discord.scene.guild.bans.map(({ user }) => user.id);
  await discord.waitFor(() => stateOf(started).alert.includes(`${lineOf('ban', owner)} <@${other.user.id}>`));
  assert.ok(
    stateOf(started).alert.includes(`⏳ ${words.underWay('ban', `<@${author.user.id}>`, `<@${owner.user.id}>`)}`),
  );
  assert.deepEqual(banned(), [other.user.id]);
  discord.calm();
  await discord.waitFor(() => banned().length === 2);
});
