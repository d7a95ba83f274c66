import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ChannelType, type Client, Routes, type TextChannel } from 'discord.js';
import { movableClock } from '../../sandbox/clock.ts';
import { type SandboxDiscord, startDiscord } from '../../sandbox/discord/server.ts';
import { connect, next, refusedWith } from './discordBot.ts';

describe('messages that a bot sends, and the history that it reads', () => {
  let discord: SandboxDiscord;
  let client: Client<true>;

  before(async () => {
    discord = await startDiscord({ clock: movableClock() });
    client = await connect(discord);
  });
  after(async () => {
    await client.destroy();
    await discord.close();
  });

  function textChannel(id: string): TextChannel {
    const channel = client.channels.cache.get(id);
    assert(channel?.type === ChannelType.GuildText);
    return channel;
  }

  test('a channel’s history is read in every direction, newest first, and not at all without the permission', async () => {
    const place = discord.addChannel('log');
    const ids = ['a', 'b', 'c', 'd', 'e'].map((content) => discord.post({ channel: place, content }).id);
    const channel = await client.channels.fetch(place.id);
    assert(channel?.isTextBased());
    const read = async (query: object) => [...(await channel.messages.fetch({ ...query, cache: false })).values()];
    const texts = async (query: object) => (await read(query)).map(({ content }) => content).join('');
    assert.equal(await texts({}), 'edcba');
    assert.equal(await texts({ limit: 2 }), 'ed');
    assert.equal(await texts({ limit: 2, before: ids[3] }), 'cb');
    assert.equal(await texts({ limit: 2, after: ids[1] }), 'dc');
    assert.equal(await texts({ limit: 3, around: ids[2] }), 'dcb');
    discord.overwrite(place, discord.scene.guild.roles[0] ?? discord.scene.botRole, { deny: 1n << 16n });
    assert.equal(await texts({}), '');
    await assert.rejects(channel.messages.fetch({ message: ids[0] ?? '', force: true }), refusedWith(50013));
  });

  test('a nonce is told when the message is created and never again, and one that was deleted is not sent anew', async () => {
    const channel = textChannel(discord.scene.alerts.id);
    const alert = { content: 'alert', nonce: 'n1', enforceNonce: true };
    const created = next(client, 'messageCreate');
    const message = await channel.send(alert);
    assert.equal((await created)[0].nonce, 'n1');
    const listed = await client.rest.get(Routes.channelMessages(channel.id));
    assert.doesNotMatch(JSON.stringify(listed), /nonce/);
    assert.equal((await textChannel(discord.scene.general.id).send(alert)).id, message.id);
    await message.delete();
    await assert.rejects(channel.send(alert), refusedWith(10008));
  });

  test('a role is pinged if it is mentionable and allowed, or if the bot may ping all', async () => {
    const { alerts, botRole } = discord.scene;
    const channel = textChannel(alerts.id);
    const open = discord.addRole('On call', 0n, { mentionable: true });
    const closed = discord.addRole('Staff', 0n);
    const content = `<@&${open.id}> <@&${closed.id}>`;
    const roles = [open.id, closed.id];
    const pinged = async (options: object) => [...(await channel.send({ content, ...options })).mentions.roles.keys()];
    assert.deepEqual(await pinged({ allowedMentions: { roles } }), [open.id]);
    assert.deepEqual(await pinged({ allowedMentions: { parse: [] } }), []);
    discord.changeRole(botRole, BigInt(botRole.permissions) | (1n << 17n));
    assert.deepEqual(await pinged({ allowedMentions: { roles } }), roles);
    await assert.rejects(pinged({ allowedMentions: { parse: ['roles'], roles } }), refusedWith(50035));
  });

  test('without Embed Links an embed is refused', async () => {
    const channel = textChannel(discord.scene.alerts.id);
    for (const role of discord.scene.guild.roles) discord.changeRole(role, BigInt(role.permissions) & ~(1n << 14n));
    await assert.rejects(channel.send({ embeds: [{ title: 'x' }] }), refusedWith(50013));
    await channel.send('x');
  });
});
