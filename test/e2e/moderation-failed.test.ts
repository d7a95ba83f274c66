import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { PermissionFlagsBits as Bits } from 'discord.js';
import type { Member } from '../../sandbox/discord/model.ts';
import { enUS } from '../../src/locales/en-US.ts';
import { alertSays, performed, startCase, stateOf, use } from './alertCase.ts';
import { marked } from './calls.ts';
import { startWatching, strict, type WatchedWorld } from './watching.ts';
import { textOf } from './world.ts';

/** What Discord refuses: the alert says so, and the author hears of no deletion that did not happen. */

const { alerts: words } = enUS;
const malicious = (number = 0) => ({ name: 'tool.exe', content: marked('malicious', number) });
const deletion = { method: 'DELETE', path: /\/messages\/\d+$/ };

const start = (t: TestContext) => startWatching(t, { policies: strict, timeOut: 'day' }, { refusals: 'expected' });
/** What a member has been told privately. */
const letters = ({ discord }: WatchedWorld, member = discord.scene.member) =>
  discord.messagesIn(discord.directChannel(member), member);
/** How lines of the alert begin: what was done, what could not be, and that the author was told. */
const did = (kind: 'delete' | 'timeOut' | 'tellAuthor') =>
  words.acts[kind].did(undefined, '', '', '').split('.')[0] ?? '';
const couldNot = (kind: 'delete' | 'timeOut') =>
  `❌ ${words.couldNot(undefined, words.acts[kind].plain, '').slice(0, -1)}`;
const told = did('tellAuthor');

/** The alert about a message, once everything about it has ended well or badly. */
const ended = (world: WatchedWorld, line: string, { id } = { id: '' }) =>
  world.discord.waitFor(() =>
    world
      .saidIn(world.discord.scene.alerts)
      .map(textOf)
      .find((text) => text.includes(id) && text.includes(line) && !text.includes('⏳')),
  );

/** One bad file by somebody new, in a world in which others were posted before. */
function postAnew({ discord }: WatchedWorld, number: number) {
  const member = discord.join(`author${number}`);
  return { member, message: discord.post({ member, files: [malicious(number)] }) };
}

/** Discord is as it was. */
function mend({ discord }: WatchedWorld): void {
  discord.calm();
  discord.overwrite(discord.scene.files, discord.scene.botRole, {});
}

test('a deletion that fails', async (t) => {
  const world = await start(t);
  const { discord } = world;
  const rows: { what: string; why: keyof typeof words.hindrances; prepare(world: WatchedWorld): void }[] = [
    {
      what: 'the bot may not delete in that channel',
      why: 'lacksManageMessages',
      prepare: ({ discord }) =>
        discord.overwrite(discord.scene.files, discord.scene.botRole, { deny: Bits.ManageMessages }),
    },
    {
      what: 'the bot no longer sees that channel',
      why: 'noAccess',
      prepare: ({ discord }) => discord.fail({ ...deletion, status: 403, code: 50001, times: 99 }),
    },
    {
      what: 'Discord refuses it for another reason',
      why: 'refused',
      prepare: ({ discord }) => discord.fail({ ...deletion, status: 400, code: 50083, times: 99 }),
    },
  ];
  for (const [number, { what, why, prepare }] of rows.entries()) {
    await t.test(`${what}: the author is timed out, and told of that only`, async () => {
      prepare(world);
      const { member, message } = postAnew(world, number);
      const text = await ended(world, words.hindrances[why], message);
      assert.ok(text.includes(couldNot('delete')), text);
      assert.ok(discord.world.messages.has(message.id));
      assert.notEqual(member.communication_disabled_until, null);
      assert.deepEqual(
        letters(world, member).map(({ content }) => /deleted/.test(content)),
        [false],
      );
      assert.ok(!text.includes(did('delete')), text);
      mend(world);
    });
  }

  await t.test('for a while: the author is told once, after the deletion', async () => {
    discord.fail({ ...deletion, status: 503, times: 6 });
    const { member, message } = postAnew(world, 10);
    await ended(world, told, message);
    assert.equal(letters(world, member).length, 1);
    const at = (method: string, path: RegExp) =>
      discord.requests.findLastIndex((one) => one.method === method && path.test(one.path) && one.status < 300);
    const deleted = at('DELETE', deletion.path);
    assert.ok(deleted >= 0 && deleted < at('POST', /users\/@me\/channels$/));
    mend(world);
  });

  await t.test('is no time-out that Discord refuses: that hinders neither deletion nor letter', async () => {
    discord.fail({ method: 'PATCH', path: /\/members\/\d+$/, status: 403, code: 50013, times: 99 });
    const { member, message } = postAnew(world, 11);
    const text = await ended(world, told, message);
    assert.ok(text.includes(words.hindrances.outranked), text);
    assert.ok(text.includes(did('delete')), text);
    assert.ok(!discord.world.messages.has(message.id));
    assert.equal(letters(world, member).length, 1);
  });
});

test('an author gets one letter', async (t) => {
  const world = await start(t);
  const { discord } = world;
  /** The path by which the bot writes to somebody. */
  const lettersTo = (member: Member) => new RegExp(`/channels/${discord.directChannel(member).id}/messages$`);
  const lost: [string, number][] = [
    ['the answer to it is an error', 503],
    ['the connection is cut before the answer', 0],
  ];
  for (const [number, [what, status]] of lost.entries()) {
    await t.test(`although ${what}, however often`, async () => {
      const member = discord.join(`author${number}`);
      discord.fail({ method: 'POST', path: lettersTo(member), status, performed: true, times: 6 });
      const message = discord.post({ member, files: [malicious(number)] });
      await ended(world, told, message);
      assert.equal(letters(world, member).length, 1);
      mend(world);
    });
  }

  await t.test('although its answer is lost and the conversation cannot be read', async () => {
    const member = discord.join('author10');
    const path = lettersTo(member);
    discord.fail({ method: 'POST', path, status: 503, performed: true, times: 2 });
    discord.fail({ method: 'GET', path, status: 403, code: 50001, times: 99 });
    const message = discord.post({ member, files: [malicious(10)] });
    await ended(world, told, message);
    assert.equal(letters(world, member).length, 1);
    mend(world);
  });

  await t.test('about copies of one file', async () => {
    const member = discord.join('author11');
    const [message = assert.fail()] = [1, 2, 3].map(() => discord.post({ member, files: [malicious(11)] }));
    await ended(world, words.copies(3), message);
    await ended(world, `${words.acts.delete.did(undefined, '3 messages', '', '').split('.')[0]}`, message);
    assert.equal(letters(world, member).length, 1);
  });

  await t.test('about each of two messages, when a stop held up both', async () => {
    const member = discord.join('author12');
    const path = lettersTo(member);
    discord.fail({ method: 'POST', path, status: 503, times: 1e6 });
    const messages = [12, 13].map((number) => discord.post({ member, files: [malicious(number)] }));
    // By their nonce: a try at each of the two.
    const tries = () => discord.requests.filter((one) => path.test(one.path)).map(({ body }) => JSON.stringify(body));
    await discord.waitFor(() => new Set(tries().map((body) => /"nonce":"\w+"/.exec(body)?.[0])).size === 2);
    await world.stop();
    discord.calm();
    world.jump(10 * 60_000);
    await world.start();
    for (const message of messages) await ended(world, told, message);
    assert.equal(letters(world, member).length, 2);
  });
});

test('a press that fails says why and works when it is repeated', async (t) => {
  const started = await startCase(t);
  const { discord, message } = started;
  const { moderator, files } = discord.scene;
  discord.overwrite(files, started.botRole, { deny: Bits.ManageMessages });
  await use(started, 'delete', moderator);
  await alertSays(started, words.hindrances.lacksManageMessages);
  assert.ok(
    stateOf(started).alert.includes(`❌ ${words.couldNot(`<@${moderator.user.id}>`, 'delete', '').slice(0, -1)}`),
  );
  assert.ok(discord.world.messages.has(message.id));
  assert.equal(stateOf(started).letters, 0);

  discord.overwrite(files, started.botRole, {});
  await use(started, 'delete', moderator);
  await performed(started, 'delete', moderator);
  assert.ok(!discord.world.messages.has(message.id));
  await alertSays(started, told);
  assert.equal(stateOf(started).letters, 1);
});
