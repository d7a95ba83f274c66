import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Client, ComponentType, GatewayIntentBits, type Message, Routes } from 'discord.js';
import { movableClock } from '../../sandbox/clock.ts';
import { type SandboxDiscord, startDiscord } from '../../sandbox/discord/server.ts';
import { connect, next, refusedWith } from './discordBot.ts';

const intents = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.GuildMessageReactions,
  GatewayIntentBits.MessageContent,
];
const file = (name: string, content = name) => ({ name, content });

describe('what a bot hears of a channel that it watches', () => {
  let discord: SandboxDiscord;
  let client: Client<true>;

  before(async () => {
    discord = await startDiscord({ clock: movableClock() });
    client = await connect(discord, intents);
  });
  after(async () => {
    await client.destroy();
    await discord.close();
  });

  /** Does something that makes a message, and gives it as the client hears of it. */
  async function heard<T extends { id: string }>(act: () => T | Promise<T>): Promise<{ message: Message; done: T }> {
    const all: Message[] = [];
    const listen = (message: Message) => all.push(message);
    client.on('messageCreate', listen);
    const done = await act();
    while (!all.some(({ id }) => id === done.id)) await next(client, 'messageCreate');
    client.off('messageCreate', listen);
    const message = all.find(({ id }) => id === done.id);
    assert(message);
    return { done, message };
  }

  test('a forward has its files in snapshots, and so has a forward of it', async () => {
    const original = discord.post({ content: 'mine', files: [file('a.exe')], channel: discord.scene.general });
    const { message, done } = await heard(() => discord.forward(original, { channel: discord.scene.files }));
    assert.equal(message.attachments.size, 0);
    assert.equal(message.reference?.messageId, original.id);
    const again = await heard(() => discord.forward(done, { channel: discord.scene.general }));
    for (const forward of [message, again.message]) {
      const snapshot = forward.messageSnapshots.first();
      assert.equal(snapshot?.content, 'mine');
      assert.equal(await (await fetch(snapshot?.attachments.first()?.url ?? '')).text(), 'a.exe');
    }
  });

  test('files in components and embeds of another bot are not among its attachments', async () => {
    const { message } = await heard(() =>
      discord.postAs({
        bot: 'Helper',
        files: [file('a.exe'), file('b.png'), file('d.txt')],
        parts: [
          {
            type: 17,
            components: [
              { type: 13, file: { url: 'attachment://a.exe' } },
              { type: 12, items: [{ media: { url: 'attachment://b.png' } }] },
            ],
          },
        ],
      }),
    );
    const embeds = [{ type: 'rich', image: { url: 'attachment://c.jpg' } }];
    const embedding = await heard(() => discord.postAs({ bot: 'Helper', files: [file('c.jpg')], embeds }));
    assert.equal(embedding.message.attachments.size, 0);
    assert.equal(message.author.bot, true);
    assert.equal(message.member?.user.username, 'Helper');
    assert.deepEqual(
      [...message.attachments.values()].map(({ name }) => name),
      ['d.txt'],
    );
    const [container] = message.components;
    assert(container?.type === ComponentType.Container);
    const [shown, gallery] = container.components;
    assert(shown?.type === ComponentType.File && gallery?.type === ComponentType.MediaGallery);
    assert.equal(await (await fetch(shown.file.url)).text(), 'a.exe');
    assert.match(shown.file.data.attachment_id ?? '', /^\d{17,19}$/);
    assert.equal(await (await fetch(gallery.items[0]?.media.url ?? '')).text(), 'b.png');
    assert.equal(await (await fetch(embedding.message.embeds[0]?.image?.url ?? '')).text(), 'c.jpg');
  });

  test('a webhook is no member, and an attachment’s link in a text serves the file', async () => {
    const linked = discord.post({ files: [file('a.exe')], channel: discord.scene.general }).attachments[0]?.url;
    const { message } = await heard(() => discord.postAs({ webhook: 'Feed', content: `see ${linked}` }));
    assert.deepEqual([message.webhookId, message.member], [message.author.id, null]);
    assert.equal(await (await fetch(message.content.slice(4))).text(), 'a.exe');
    await assert.rejects(client.users.fetch(message.author.id, { force: true }), refusedWith(10013));
  });

  test('threads and forum posts are channels of a channel, and their messages are heard', async () => {
    const opened = next(client, 'threadCreate');
    const thread = discord.startThread({ channel: discord.scene.files, name: 'about it' });
    assert.equal((await opened)[0].parentId, discord.scene.files.id);
    const inThread = await heard(() => discord.post({ channel: thread, files: [file('a.exe')] }));
    assert.equal(inThread.message.channel.isThread() && inThread.message.channel.parentId, discord.scene.files.id);
    assert.equal(inThread.message.attachments.size, 1);

    const forum = discord.addChannel('samples', { type: 15 });
    const posted = await heard(() => discord.startThread({ channel: forum, name: 'odd', files: [file('b.exe')] }));
    assert.equal(posted.message.id, posted.message.channelId);
    assert.equal(posted.message.attachments.first()?.name, 'b.exe');
    await assert.rejects(client.rest.get(Routes.channelMessages(forum.id)), refusedWith(50024));
    const body = { content: 'x' };
    await assert.rejects(client.rest.post(Routes.channelMessages(forum.id), { body }), refusedWith(50008));
  });

  test('a later client learns of the active threads at once, and of the archived ones when it asks', async () => {
    const parent = discord.addChannel('talk');
    const active = discord.startThread({ channel: parent, name: 'active' });
    const hidden = discord.startThread({ channel: parent, name: 'private', isPrivate: true });
    const archived = discord.startThread({ channel: parent, name: 'archived' });
    discord.archive(archived);
    const later = await connect(discord, intents);
    const channel = await later.channels.fetch(parent.id);
    assert(channel?.isTextBased() && 'threads' in channel);
    assert.deepEqual([...channel.threads.cache.keys()], [active.id]);
    const fetched = await channel.threads.fetchArchived();
    assert.deepEqual([...fetched.threads.keys()], [archived.id]);
    await assert.rejects(later.rest.get(Routes.channel(hidden.id)), refusedWith(50001));
    await later.destroy();
  });

  test('an archived thread refuses reactions and edits, opens for a message, and stays closed when it is locked', async () => {
    const thread = discord.startThread({ channel: discord.scene.files, name: 'old', content: 'first' });
    const first = discord.messagesIn(thread)[0];
    assert(first);
    discord.archive(thread);
    const react = () =>
      client.rest.put(Routes.channelMessageOwnReaction(thread.id, first.id, encodeURIComponent('👀')));
    await assert.rejects(react(), refusedWith(50083));
    await client.rest.post(Routes.channelMessages(thread.id), { body: { content: 'hello' } });
    assert.equal(thread.thread?.archived, false);
    await react();
    discord.archive(thread, { locked: true });
    const say = client.rest.post(Routes.channelMessages(thread.id), { body: { content: 'hello' } });
    await assert.rejects(say, refusedWith(160005));
    assert.throws(() => discord.post({ channel: thread, content: 'x' }), /may not write/);
  });

  test('the bot replies; to what is gone only where it does not insist', async () => {
    const { message, done } = await heard(() => discord.post({ content: 'hi' }));
    const reply = await message.reply('hello');
    assert.equal(reply.mentions.repliedUser?.id, discord.scene.member.user.id);
    const answered = await heard(() => discord.post({ content: 'thanks', replyTo: lastIn(discord) }));
    assert.equal(answered.message.reference?.messageId, reply.id);
    assert.equal(answered.message.mentions.users.has(client.user.id), true);

    discord.remove(done, discord.scene.moderator);
    await assert.rejects(message.reply('still there?'), refusedWith(50035));
    const alone = await message.reply({ content: 'gone', failIfNotExists: false });
    assert.equal(alone.reference, null);
  });

  test('reactions come and go, others’ only by who may; unknown ones and too many are refused', async () => {
    const { message, done } = await heard(() => discord.post({ content: 'hi' }));
    await message.react('👀');
    await message.react('👀');
    const added = next(client, 'messageReactionAdd');
    discord.react(done, '👀', discord.scene.moderator);
    const [reaction, user] = await added;
    assert.deepEqual([reaction.emoji.name, user.id], ['👀', discord.scene.moderator.user.id]);
    const fetched = await message.fetch(true);
    assert.deepEqual([fetched.reactions.cache.first()?.count, fetched.reactions.cache.first()?.me], [2, true]);
    await fetched.reactions.cache.first()?.users.remove();
    const removed = next(client, 'messageReactionRemove');
    discord.unreact(done, '👀', discord.scene.moderator);
    await removed;
    assert.deepEqual(discord.world.messages.get(done.id)?.message.reactions, []);

    await assert.rejects(message.react('nothing'), refusedWith(10014));
    for (const one of [...'😀😁😂😃😄😅😆😇😈😉😊😋😌😍😎😏😐😑😒😓']) discord.react(done, one);
    await assert.rejects(message.react('👀'), refusedWith(30010));
    discord.overwrite(discord.scene.files, discord.scene.botRole, { deny: 1n << 6n });
    const other = await heard(() => discord.post({ content: 'again' }));
    await assert.rejects(other.message.react('👀'), refusedWith(50013));
    discord.overwrite(discord.scene.files, discord.scene.botRole, {});
  });
});

test('without the message content intent forwards and components are empty too', async () => {
  const discord = await startDiscord({ clock: movableClock(), messageContent: false });
  const client = await connect(discord, [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages]);
  try {
    const original = discord.post({ content: 'mine', files: [file('a.exe')] });
    const forward = discord.forward(original, {});
    const parts = [{ type: 13 as const, file: { url: 'attachment://b.exe' } }];
    const laidOut = discord.postAs({ bot: 'Helper', files: [file('b.exe')], parts });
    const channel = await client.channels.fetch(discord.scene.files.id);
    assert(channel?.isTextBased());
    const messages = await channel.messages.fetch();
    assert.equal(messages.get(forward.id)?.messageSnapshots.first()?.attachments.size, 0);
    assert.deepEqual(messages.get(laidOut.id)?.components, []);
  } finally {
    await client.destroy();
    await discord.close();
  }
});

function lastIn(discord: SandboxDiscord) {
  const last = discord.messagesIn(discord.scene.files).at(-1);
  assert(last);
  return last;
}
