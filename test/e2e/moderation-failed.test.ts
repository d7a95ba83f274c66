import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { PermissionFlagsBits as Bits } from 'discord.js';
import type { Message } from '../../sandbox/discord/model.ts';
import { enUS } from '../../src/locales/en-US.ts';
import { alertSays, performed, startCase, stateOf, use } from './alertCase.ts';
import { marked } from './calls.ts';
import { lettersOf, startWatching, strict, type WatchedWorld } from './watching.ts';
import { textOf } from './world.ts';

/** What Discord refuses: the alert says so, and the author hears of no deletion that did not happen. */

const { alerts: words } = enUS;
const malicious = { name: 'tool.exe', content: marked('malicious') };
const deletion = { method: 'DELETE', path: /\/messages\/\d+$/ };

const start = (t: TestContext) => startWatching(t, { policies: strict, timeOut: 'day' }, { refusals: 'expected' });
/** What the member has been told privately. */
const letters = ({ discord }: WatchedWorld) =>
  discord.messagesIn(discord.directChannel(discord.scene.member), discord.scene.member);
/** How lines of the alert begin: what was done, what could not be, and that the author was told. */
const did = (kind: 'delete' | 'timeOut' | 'tellAuthor') =>
  words.acts[kind].did(undefined, '', '', '').split('.')[0] ?? '';
const couldNot = (kind: 'delete' | 'timeOut') =>
  `❌ ${words.couldNot(undefined, words.acts[kind].plain, '').slice(0, -1)}`;
const told = did('tellAuthor');

/** The alert, once everything about it has ended well or badly. */
const ended = (world: WatchedWorld, line: string) =>
  world.discord.waitFor(() =>
    world
      .saidIn(world.discord.scene.alerts)
      .map(textOf)
      .find((text) => text.includes(line) && !text.includes('⏳')),
  );

describe('a deletion that fails', { concurrency: 4 }, () => {
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
  for (const { what, why, prepare } of rows) {
    test(`${what}: the author is timed out, and told of that only`, async (t) => {
      const world = await start(t);
      const { discord } = world;
      prepare(world);
      const message = discord.post({ files: [malicious] });
      const text = await ended(world, words.hindrances[why]);
      assert.ok(text.includes(couldNot('delete')), text);
      assert.ok(discord.world.messages.has(message.id));
      assert.notEqual(discord.scene.member.communication_disabled_until, null);
      assert.deepEqual(
        letters(world).map(({ content }) => /deleted/.test(content)),
        [false],
      );
      assert.ok(!text.includes(did('delete')), text);
    });
  }

  test('for a while: the author is told once, after the deletion', async (t) => {
    const world = await start(t);
    const { discord } = world;
    discord.fail({ ...deletion, status: 503, times: 6 });
    discord.post({ files: [malicious] });
    await ended(world, told);
    assert.equal(letters(world).length, 1);
    const at = (method: string, path: RegExp) =>
      discord.requests.findLastIndex((one) => one.method === method && path.test(one.path) && one.status < 300);
    const deleted = at('DELETE', deletion.path);
    assert.ok(deleted >= 0 && deleted < at('POST', /users\/@me\/channels$/));
  });
});

test('a time-out that Discord refuses is told as such, and hinders neither deletion nor letter', async (t) => {
  const world = await start(t);
  const { discord } = world;
  discord.fail({ method: 'PATCH', path: /\/members\/\d+$/, status: 403, code: 50013, times: 99 });
  const message = discord.post({ files: [malicious] });
  const text = await ended(world, told);
  assert.ok(text.includes(words.hindrances.outranked), text);
  assert.ok(text.includes(did('delete')), text);
  assert.ok(!discord.world.messages.has(message.id));
  assert.equal(letters(world).length, 1);
});

describe('an author gets one letter', { concurrency: 4 }, () => {
  const lost: [string, number][] = [
    ['the answer to it is an error', 503],
    ['the connection is cut before the answer', 0],
  ];
  for (const [what, status] of lost) {
    test(`although ${what}, however often`, async (t) => {
      const world = await start(t);
      const { discord } = world;
      const path = lettersOf(world);
      discord.fail({ method: 'POST', path, status, performed: true, times: 6 });
      discord.post({ files: [malicious] });
      await ended(world, told);
      assert.equal(letters(world).length, 1);
    });
  }

  test('although its answer is lost and the conversation cannot be read', async (t) => {
    const world = await start(t);
    const { discord } = world;
    const path = lettersOf(world);
    discord.fail({ method: 'POST', path, status: 503, performed: true, times: 2 });
    discord.fail({ method: 'GET', path, status: 403, code: 50001, times: 99 });
    discord.post({ files: [malicious] });
    await ended(world, told);
    assert.equal(letters(world).length, 1);
  });

  test('about each of two messages, when a stop held up both', async (t) => {
    const world = await start(t);
    const { discord } = world;
    const path = lettersOf(world);
    discord.fail({ method: 'POST', path, status: 503, times: 1e6 });
    for (const number of [1, 2])
      discord.post({ files: [{ name: `${number}.exe`, content: marked('malicious', number) }] });
    // By their nonce: a try at each of the two.
    const tries = () => discord.requests.filter((one) => path.test(one.path)).map(({ body }) => JSON.stringify(body));
    await discord.waitFor(() => new Set(tries().map((body) => /"nonce":"\w+"/.exec(body)?.[0])).size === 2);
    await world.stop();
    discord.calm();
    world.jump(10 * 60_000);
    await world.start();
    const isTold = (message: Message) => textOf(message).includes(told);
    await discord.waitFor(() => world.saidIn(discord.scene.alerts).filter(isTold).length === 2);
    assert.equal(letters(world).length, 2);
  });

  test('about copies of one file', async (t) => {
    const world = await start(t);
    const { discord } = world;
    for (let copy = 0; copy < 3; copy++) discord.post({ files: [malicious] });
    await ended(world, words.copies(3));
    await ended(world, words.acts.delete.did(undefined, '3 messages', '', '').split('.')[0] ?? '');
    assert.equal(letters(world).length, 1);
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
