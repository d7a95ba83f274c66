import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { type Client, GatewayIntentBits, PermissionFlagsBits, Routes } from 'discord.js';
import { WebSocket } from 'ws';
import { movableClock } from '../../sandbox/clock.ts';
import { type SandboxDiscord, startDiscord } from '../../sandbox/discord/server.ts';
import { connect, newClient, next } from './discordBot.ts';

const withoutContent = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages];

describe('the gateway of the loopback Discord, frame by frame', () => {
  let discord: SandboxDiscord;
  before(async () => {
    discord = await startDiscord({ clock: movableClock(), messageContent: false });
  });
  after(() => discord.close());

  // discord.js waits five seconds before it identifies anew, hence no client here.
  const identify = (more = {}) => ({ op: 2, d: { token: discord.token, intents: 1, ...more } });

  test('identifying without the right token, or with intents that are off or unknown, ends the connection', async () => {
    assert.equal((await talk(discord, identify({ token: 'wrong' }))).at(-1), 4004);
    assert.equal((await talk(discord, identify({ intents: 1 << 15 }))).at(-1), 4014);
    assert.equal((await talk(discord, identify({ intents: 1 << 30 }))).at(-1), 4013);
    assert.equal((await talk(discord, { op: 99 })).at(-1), 4003);
    assert.equal((await talk(discord, identify(), { op: 99 })).at(-1), 4001);
  });

  test('a session that begins less than five seconds after another one is invalid, if that is checked', async () => {
    const clock = movableClock();
    const strict = await startDiscord({ clock, sessionsEvery: 5_000, token: discord.token });
    const begin = () => talk(strict, identify(), { op: 99 });
    try {
      assert.equal((await begin()).at(-1), 4001);
      assert.deepEqual(await begin(), [10, 9, 4003]);
      clock.jump(5_000);
      assert.equal((await begin()).at(-1), 4001);
      assert.deepEqual(
        strict.refusals.map(({ method, body }) => [method, body]),
        [['IDENTIFY', { shard: [0, 1] }]],
      );
    } finally {
      await strict.close();
    }
  });

  test('a heartbeat is acknowledged, and a session that is forgotten is invalid', async () => {
    const resume = { op: 6, d: { token: discord.token, session_id: 'forgotten', seq: 3 } };
    assert.deepEqual(await talk(discord, { op: 1, d: null }, resume, { op: 99 }), [10, 11, 9, 4003]);
  });
});

describe('the gateway of the loopback Discord, with a real client', () => {
  let discord: SandboxDiscord;
  let client: Client;

  beforeEach(async () => {
    discord = await startDiscord({ clock: movableClock() });
  });
  afterEach(async () => {
    await client.destroy();
    await discord.close();
  });

  test('a client becomes ready in both servers, and hears of messages, their edits and deletion', async () => {
    client = await connect(discord);
    assert.deepEqual(client.guilds.cache.map((guild) => guild.name).sort(), [
      'vtscan sandbox',
      'vtscan sandbox, second server',
    ]);
    const created = next(client, 'messageCreate');
    const posted = discord.post({ content: 'hello', files: [{ name: 'a.txt', content: 'abc' }] });
    const [message] = await created;
    assert.equal(message.content, 'hello');
    assert.equal(message.member?.user.username, 'member');
    assert.equal(await (await fetch(message.attachments.first()?.url ?? '')).text(), 'abc');

    const edited = next(client, 'messageUpdate');
    discord.edit(posted, 'hello again');
    assert.equal((await edited)[1].content, 'hello again');
    const deleted = next(client, 'messageDelete');
    discord.remove(posted);
    assert.equal((await deleted)[0].id, posted.id);
  });

  test('what happened while the connection was cut is replayed once on resuming', async () => {
    client = await connect(discord);
    const seen: string[] = [];
    client.on('messageCreate', (message) => seen.push(message.content));
    const resumed = next(client, 'shardResume');
    discord.dropGateway({ resumable: true });
    discord.post({ content: 'meanwhile' });
    await resumed;
    assert.deepEqual(seen, ['meanwhile']);
  });

  test('a client that is asked to reconnect resumes', async () => {
    client = await connect(discord);
    const resumed = next(client, 'shardResume');
    discord.requestReconnect();
    await resumed;
    assert.equal(await discord.waitFor(() => discord.connections() || undefined), 1);
    assert.deepEqual(discord.messagesIn(discord.scene.files), []);
  });

  test('a session with the message content intent ends with 4014 when it is switched off', async () => {
    client = await connect(discord);
    const ended = next(client, 'shardDisconnect');
    discord.revokeIntent();
    assert.equal((await ended)[0].code, 4014);
    await assert.rejects(newClient(discord).login(discord.token), /disallowed intents/i);
  });

  test('a wrong token is refused', async () => {
    client = newClient(discord);
    await assert.rejects(client.login('wrong'), { message: /token/i });
    assert.equal(discord.refusals[0]?.status, 401);
  });

  test('without the message content intent other people’s messages are empty, unless they mention the bot', async () => {
    await discord.close();
    discord = await startDiscord({ clock: movableClock(), messageContent: false });
    client = await connect(discord, withoutContent);
    const file = { name: 'a.txt', content: 'abc' };
    const first = next(client, 'messageCreate');
    const posted = discord.post({ content: 'secret', files: [file] });
    const [empty] = await first;
    assert.deepEqual([empty.content, empty.attachments.size], ['', 0]);
    const [fetched] = await Promise.all([empty.channel.messages.fetch({ message: posted.id, force: true })]);
    assert.equal(fetched.attachments.size, 0);

    const second = next(client, 'messageCreate');
    discord.post({ content: `<@${client.user?.id}> look`, files: [file] });
    assert.equal((await second)[0].attachments.size, 1);
  });

  test('a message with an enforced nonce is created once, also when the first answer was lost', async () => {
    client = await connect(discord);
    discord.fail({ method: 'POST', path: /messages$/, status: 503, performed: true });
    const channel = await client.channels.fetch(discord.scene.alerts.id);
    assert(channel?.isSendable());
    const sent = await channel.send({ content: 'alert', nonce: '7', enforceNonce: true });
    const again = await channel.send({ content: 'alert', nonce: '7', enforceNonce: true });
    assert.equal(again.id, sent.id);
    assert.equal(discord.world.messages.size, 1);
    assert.deepEqual(discord.refusals, []);
  });

  test('missing permissions are refused with the codes of Discord', async () => {
    client = await connect(discord);
    const { botRole, guild, alerts } = discord.scene;
    const say = () => client.rest.post(Routes.channelMessages(alerts.id), { body: { content: 'x' } });
    for (const role of guild.roles) discord.changeRole(role, PermissionFlagsBits.ViewChannel);
    await assert.rejects(say(), { code: 50013, status: 403 });
    for (const role of guild.roles) discord.changeRole(role, 0n);
    await assert.rejects(say(), { code: 50001, status: 403 });
    discord.changeRole(botRole, PermissionFlagsBits.Administrator);
    await say();
  });

  test('a bot deletes its own messages, and others’ only with Manage Messages; it edits none but its own', async () => {
    client = await connect(discord);
    const { id, channel_id } = discord.post({ content: 'x' });
    const route = Routes.channelMessage(channel_id, id);
    await assert.rejects(client.rest.patch(route, { body: { content: 'y' } }), { code: 50005 });
    await client.rest.delete(route, { reason: 'malware, “quoted”' });
    await assert.rejects(client.rest.get(route), { code: 10008 });
    assert.equal(discord.requests.find((one) => one.method === 'DELETE')?.reason, 'malware, “quoted”');
  });

  test('a 429 is waited for and tried again, and an unknown route is refused and reported', async () => {
    client = await connect(discord);
    discord.fail({ path: /users\/@me$/, status: 429, retryAfter: 0.05 });
    await client.rest.get(Routes.user());
    assert.deepEqual(
      discord.requests.filter((one) => one.path === '/users/@me').map((one) => one.status),
      [429, 200],
    );
    const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
    await assert.rejects(client.rest.get('/nowhere'), { status: 404, code: 0 });
    assert.match((await warned).message, /no route GET \/nowhere/);
  });
});

/** Sends the frames and gives the opcodes that came back, with the close code at the end. */
function talk(discord: SandboxDiscord, ...frames: object[]): Promise<number[]> {
  const heard: number[] = [];
  const socket = new WebSocket(`ws://${discord.host}/gateway`);
  socket.on('open', () => {
    for (const frame of frames) socket.send(JSON.stringify(frame));
  });
  socket.on('message', (raw) => heard.push(JSON.parse(String(raw)).op));
  return new Promise((resolve) => socket.on('close', (code) => resolve([...heard, code])));
}
