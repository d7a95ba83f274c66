import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { PermissionFlagsBits as Bits, type Client, GatewayIntentBits, Routes } from 'discord.js';
import { movableClock } from '../../sandbox/clock.ts';
import { type SandboxDiscord, startDiscord } from '../../sandbox/discord/server.ts';
import { connect, newClient, next, refusedWith } from './discordBot.ts';

describe('what a bot knows of its servers', () => {
  let discord: SandboxDiscord;
  let client: Client<true>;

  beforeEach(async () => {
    discord = await startDiscord({ clock: movableClock() });
    client = await connect(discord);
  });
  afterEach(async () => {
    await client.destroy();
    await discord.close();
  });

  test('a server that removes the bot is gone for it, and comes back when the bot is invited again', async () => {
    const { secondGuild, lobby, visitor } = discord.scene;
    const heard: string[] = [];
    client.on('messageCreate', ({ content }) => heard.push(content));
    const gone = next(client, 'guildDelete');
    discord.removeBot(secondGuild);
    assert.equal((await gone)[0].id, secondGuild.id);
    discord.post({ channel: lobby, member: visitor, content: 'unheard' });
    await assert.rejects(client.rest.get(Routes.guild(secondGuild.id)), refusedWith(50001));
    await assert.rejects(client.rest.get(Routes.channelMessages(lobby.id)), refusedWith(50001));
    const user = await client.users.fetch(visitor.user.id);
    await assert.rejects(user.send('hello'), refusedWith(50278));

    const back = next(client, 'guildCreate');
    discord.inviteBot(secondGuild);
    assert.equal((await back)[0].channels.cache.has(lobby.id), true);
    const message = next(client, 'messageCreate');
    discord.post({ channel: lobby, member: visitor, content: 'heard' });
    await message;
    assert.deepEqual(heard, ['heard']);
  });

  test('a bot leaves a server by itself', async () => {
    const gone = next(client, 'guildDelete');
    await client.guilds.cache.get(discord.scene.secondGuild.id)?.leave();
    assert.equal((await gone)[0].id, discord.scene.secondGuild.id);
  });

  test('channels and roles come, change and go', async () => {
    const [created, updated, deleted] = [
      next(client, 'channelCreate'),
      next(client, 'channelUpdate'),
      next(client, 'channelDelete'),
    ];
    const channel = discord.addChannel('quarantine', { parent: discord.addChannel('staff', { type: 4 }) });
    assert.equal((await created)[0].name, 'staff');
    discord.overwrite(channel, discord.scene.member, { deny: Bits.SendMessages });
    assert.equal((await updated)[1].id, channel.id);
    assert.throws(() => discord.post({ channel, content: 'x' }), /may not write/);
    discord.removeChannel(channel);
    assert.equal((await deleted)[0].id, channel.id);
    await assert.rejects(client.rest.get(Routes.channel(channel.id)), refusedWith(10003));

    const [made, removed] = [next(client, 'roleCreate'), next(client, 'roleDelete')];
    const role = discord.addRole('Trusted', 0n);
    assert.equal((await made)[0].name, 'Trusted');
    discord.removeRole(role);
    assert.equal((await removed)[0].id, role.id);
    await assert.rejects(client.rest.get(Routes.guildRole(discord.scene.guild.id, role.id)), refusedWith(10011));
  });

  test('a channel that the bot may not view has no name for it, until it may', async () => {
    const { guild, files } = discord.scene;
    const everyone = guild.roles[0];
    assert(everyone);
    const hidden = next(client, 'channelUpdate');
    discord.overwrite(files, everyone, { deny: Bits.ViewChannel });
    await hidden;
    const known = client.channels.cache.get(files.id);
    assert(known && 'name' in known && known.isTextBased() && 'permissionsFor' in known);
    assert.equal(known.name, '___hidden___');
    assert.equal(known.permissionsFor(client.user)?.has('ViewChannel'), false);
    const listed = await client.guilds.cache.get(guild.id)?.channels.fetch();
    assert.equal(listed?.has(files.id), false);
    await assert.rejects(client.rest.get(Routes.channel(files.id)), refusedWith(50001));

    const shown = next(client, 'channelUpdate');
    discord.changeRole(discord.scene.botRole, Bits.Administrator);
    await shown;
    assert.equal(known.name, 'files');
    assert.equal(known.permissionsFor(client.user)?.has('ViewChannel'), true);
  });

  test('a new role of its own changes what the bot may do, also without the intent for members', async () => {
    const self = client.guilds.cache.get(discord.scene.guild.id)?.members.me;
    assert.equal(self?.permissions.has('BanMembers'), false);
    const role = discord.addRole('Bans', Bits.BanMembers, { position: 4 });
    const member = discord.world.guilds.get(discord.scene.guild.id)?.members.find(({ user }) => user.id === self?.id);
    assert(member);
    const updated = next(client, 'guildMemberUpdate');
    discord.giveRole(member, role);
    await updated;
    assert.equal(self?.permissions.has('BanMembers'), true);
    const again = next(client, 'guildMemberUpdate');
    discord.takeRole(member, role);
    await again;
    assert.equal(self?.permissions.has('BanMembers'), false);
  });

  test('a member has a name, roles, and the day of joining and of making the account', async () => {
    const { moderator, moderatorRole, guild } = discord.scene;
    const member = await client.guilds.cache.get(guild.id)?.members.fetch({ user: moderator.user.id, force: true });
    assert.equal(member?.joinedTimestamp, Date.parse(moderator.joined_at));
    assert(Math.abs((member?.user.createdTimestamp ?? 0) - Date.parse(moderator.joined_at)) < 5000);
    assert.equal(member?.roles.cache.has(moderatorRole.id), true);
    const application = await client.application.fetch();
    assert.equal(application.owner?.id, discord.world.application.owner.id);
  });

  test('the intent for members is privileged, and off by default', async () => {
    const other = newClient(discord, [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMembers]);
    await assert.rejects(other.login(discord.token), /disallowed intents/i);
  });
});
