import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { AuditLogEvent, PermissionFlagsBits as Bits, type Client, GatewayIntentBits, SnowflakeUtil } from 'discord.js';
import { movableClock } from '../../sandbox/clock.ts';
import { type SandboxDiscord, startDiscord } from '../../sandbox/discord/server.ts';
import { connect, next, refusedWith } from './discordBot.ts';

const day = 24 * 60 * 60 * 1000;
const intents = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent];

describe('a bot that joins a server', () => {
  const clock = movableClock();
  let discord: SandboxDiscord;
  let client: Client<true>;
  before(async () => {
    discord = await startDiscord({ clock });
    client = await connect(discord, intents);
  });
  after(async () => {
    await client.destroy();
    await discord.close();
  });

  test('hears of it while it runs: who owns the server, where Discord writes, and what its own role permits', async () => {
    const { member } = discord.scene;
    const guild = discord.openServer('Book club', member.user);
    const joined = next(client, 'guildCreate');
    discord.inviteBot(guild, [], { permissions: Bits.BanMembers | Bits.ViewAuditLog });
    const [arrived] = await joined;
    assert.deepEqual(
      [arrived.name, arrived.ownerId, arrived.systemChannel?.name, arrived.mfaLevel],
      ['Book club', member.user.id, 'general', 0],
    );
    assert.equal(arrived.members.me?.permissions.has(Bits.BanMembers), true);
    assert.equal(arrived.members.me?.permissions.has(Bits.KickMembers), false);
    assert.equal(arrived.members.me?.roles.botRole?.managed, true);
    const heard = next(client, 'messageCreate');
    discord.post({ member: guild.members[0], content: 'welcome' });
    assert.equal((await heard)[0].guildId, guild.id);
  });

  test('reads in the audit log who added it, if it may', async () => {
    const { member, moderator } = discord.scene;
    const closed = discord.openServer('Closed', member.user);
    const open = discord.openServer('Open', member.user);
    const helper = discord.join(moderator.user, {
      guild: open,
      roles: [discord.addRole('Manager', Bits.ManageGuild, { guild: open })],
    });
    discord.inviteBot(closed, [], { permissions: 0n });
    discord.inviteBot(open, [], { permissions: Bits.ViewAuditLog, by: helper });
    await assert.rejects((await client.guilds.fetch(closed.id)).fetchAuditLogs(), refusedWith(50013));
    const logs = await (await client.guilds.fetch(open.id)).fetchAuditLogs({ type: AuditLogEvent.BotAdd, limit: 1 });
    const entry = logs.entries.first();
    assert.deepEqual([entry?.executorId, entry?.targetId], [moderator.user.id, client.user.id]);
  });

  test('is added by nobody who does not manage the server', () => {
    const guild = discord.openServer('Mine', discord.scene.owner.user);
    const guest = discord.join(discord.scene.member.user, { guild });
    assert.throws(() => discord.inviteBot(guild, [], { by: guest }), /manages/);
  });

  test('gets what its link asks for when it is used once more', async () => {
    const { secondGuild } = discord.scene;
    const guild = await client.guilds.fetch(secondGuild.id);
    const updated = next(client, 'guildMemberUpdate');
    discord.authorizeBot(secondGuild, Bits.BanMembers);
    await updated;
    assert.equal(guild.members.me?.permissions.has(Bits.BanMembers), true);
    discord.authorizeBot(secondGuild, Bits.KickMembers);
    await next(client, 'roleUpdate');
    assert.equal(guild.members.me?.permissions.has(Bits.BanMembers), false);
  });

  test('a server that comes to demand two factors of its moderators says so', async () => {
    const { guild } = discord.scene;
    const updated = next(client, 'guildUpdate');
    discord.changeServer(guild, { mfa_level: 1, system_channel_id: discord.scene.general.id });
    const [, { mfaLevel, systemChannelId }] = await updated;
    assert.deepEqual([mfaLevel, systemChannelId], [1, discord.scene.general.id]);
    assert.equal((await client.guilds.fetch({ guild: guild.id, force: true })).mfaLevel, 1);
  });

  test('sees by its id when an account was made, and one person in several servers', async () => {
    const { guild, secondGuild, lobby, files } = discord.scene;
    const yesterday = clock.now() - day;
    const young = discord.join('young', { madeAt: yesterday });
    assert.equal(SnowflakeUtil.timestampFrom(young.user.id), Math.floor(yesterday));
    const there = discord.join(young.user, { guild: secondGuild });
    for (const [member, channel, id] of [
      [young, files, guild.id],
      [there, lobby, secondGuild.id],
    ] as const) {
      const heard = next(client, 'messageCreate');
      const message = discord.post({ member, channel, content: 'x' });
      const [{ guildId, author }] = await heard;
      assert.deepEqual([guildId, author.id], [id, young.user.id]);
      const gone = next(client, 'messageDelete');
      discord.remove(message);
      assert.equal((await gone)[0].id, message.id);
    }
  });
});
