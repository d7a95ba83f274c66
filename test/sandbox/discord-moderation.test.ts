import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { PermissionFlagsBits as Bits, type Client, GatewayIntentBits, type Guild, Routes } from 'discord.js';
import { movableClock } from '../../sandbox/clock.ts';
import type { Member } from '../../sandbox/discord/model.ts';
import { type SandboxDiscord, startDiscord } from '../../sandbox/discord/server.ts';
import type { WorldEvent } from '../../sandbox/discord/world.ts';
import { openApiValidator } from '../fixtures/openapi.ts';
import { connect, next, refusedWith } from './discordBot.ts';

const document = process.env.DISCORD_OPENAPI;
const day = 24 * 60 * 60 * 1000;
const hour = 60 * 60 * 1000;
const intents = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.GuildMembers,
  GatewayIntentBits.GuildModeration,
];

describe('what a bot may do to members and their messages', () => {
  const clock = movableClock();
  let discord: SandboxDiscord;
  let client: Client<true>;
  let guild: Guild;

  before(async () => {
    const validate = document ? openApiValidator(document) : undefined;
    discord = await startDiscord({ clock, guildMembers: true, ...(validate && { validate }) });
    client = await connect(discord, intents);
    const { botRole } = discord.scene;
    discord.changeRole(botRole, BigInt(botRole.permissions) | Bits.BanMembers | Bits.KickMembers | Bits.ViewAuditLog);
    guild = await client.guilds.fetch(discord.scene.guild.id);
  });
  after(async () => {
    await client.destroy();
    await discord.close();
  });

  const fetched = (member: Member) => guild.members.fetch({ user: member.user.id, force: true });
  const until = (ms: number) => ({ body: { communication_disabled_until: new Date(clock.now() + ms).toISOString() } });
  const memberRoute = (member: Member) => Routes.guildMember(guild.id, member.user.id);

  test('a timeout keeps a member from writing until it is over, and is told to everybody with its reason', async () => {
    const seen: WorldEvent[] = [];
    const stop = discord.on((event) => event.type === 'memberTimedOut' && seen.push(event));
    const troubled = discord.join('troubled');
    const member = await fetched(troubled);
    const updated = next(client, 'guildMemberUpdate');
    const logged = next(client, 'guildAuditLogEntryCreate');
    await member.timeout(hour, 'malware: tool.exe');
    assert.equal((await updated)[1].communicationDisabledUntilTimestamp, Date.parse(timeoutOf(troubled)));
    assert.deepEqual([(await logged)[0].reason, (await logged)[0].targetId], ['malware: tool.exe', troubled.user.id]);
    assert.equal(seen.length, 1);
    assert.throws(() => discord.post({ member: troubled, content: 'x' }), /may not write/);
    clock.jump(hour + 1000);
    discord.post({ member: troubled, content: 'x' });

    await client.rest.patch(memberRoute(troubled), until(hour));
    await client.rest.patch(memberRoute(troubled), { body: { communication_disabled_until: null } });
    discord.post({ member: troubled, content: 'x' });
    stop();
  });

  test('28 days are the longest timeout', async () => {
    const troubled = discord.join('troubled for long');
    await client.rest.patch(memberRoute(troubled), until(28 * day));
    await assert.rejects(client.rest.patch(memberRoute(troubled), until(28 * day + 5000)), refusedWith(50035));
  });

  test('owner, administrators and who stands as high as the bot are out of reach', async () => {
    const { owner, botRole } = discord.scene;
    const administrator = discord.join('administrator', { roles: [discord.addRole('Low', Bits.Administrator)] });
    const equal = discord.join('equal', { roles: [botRole] });
    for (const member of [owner, administrator, equal]) {
      await assert.rejects(client.rest.patch(memberRoute(member), until(hour)), refusedWith(50013));
      assert.equal((await fetched(member)).moderatable, false);
    }
    for (const member of [owner, equal]) {
      await assert.rejects(guild.members.ban(member.user.id), refusedWith(50013));
      await assert.rejects(guild.members.kick(member.user.id), refusedWith(50013));
    }
    const high = discord.addRole('Higher', 0n, { position: 9 });
    discord.giveRole(equal, high);
    await assert.rejects(guild.members.ban(equal.user.id), refusedWith(50013));
  });

  test('who is not there is unknown: member, user, ban, server', async () => {
    const gone = discord.join('gone');
    const left = next(client, 'guildMemberRemove');
    await fetched(gone);
    discord.leave(gone);
    assert.equal((await left)[0].id, gone.user.id);
    await assert.rejects(client.rest.patch(memberRoute(gone), until(hour)), refusedWith(10007));
    await assert.rejects(fetched(gone), refusedWith(10007));
    const nobody = '123456789012345678';
    await assert.rejects(client.rest.get(Routes.guildMember(guild.id, nobody)), refusedWith(10013));
    await assert.rejects(guild.members.ban(nobody), refusedWith(10013));
    await assert.rejects(client.users.fetch(nobody), refusedWith(10013));
    await assert.rejects(guild.bans.fetch(gone.user.id), refusedWith(10026));
    await assert.rejects(client.rest.get(Routes.guild(nobody)), refusedWith(10004));
    assert.equal((await client.users.fetch(gone.user.id, { force: true })).username, 'gone');
  });

  test('a ban removes the member, the last messages too, and is the same done twice', async () => {
    const banned = discord.join('banned');
    const old = discord.post({ member: banned, content: 'old' });
    clock.jump(2 * hour);
    const recent = discord.post({ member: banned, content: 'recent' });
    await client.channels.fetch(discord.scene.files.id);
    const [told, removed, swept] = [
      next(client, 'guildBanAdd'),
      next(client, 'guildMemberRemove'),
      next(client, 'messageDeleteBulk'),
    ];
    await fetched(banned);
    for (const _ of 'twice') await guild.members.ban(banned.user.id, { reason: 'malware', deleteMessageSeconds: 3600 });
    assert.equal((await told)[0].user.id, banned.user.id);
    assert.equal((await removed)[0].id, banned.user.id);
    assert.deepEqual([...(await swept)[0].keys()], [recent.id]);
    assert(discord.world.messages.has(old.id));
    assert.equal((await guild.bans.fetch(banned.user.id)).reason, 'malware');
    assert.deepEqual(audited(22), [{ user_id: client.user.id, target_id: banned.user.id, reason: 'malware' }]);
    assert.throws(() => discord.join(banned.user), /banned/);
    assert.throws(() => discord.post({ member: banned, content: 'x' }), /does not see/);

    const tooFar = { body: { delete_message_seconds: 604_801 } };
    await assert.rejects(client.rest.put(Routes.guildBan(guild.id, banned.user.id), tooFar), refusedWith(50035));
    await guild.bans.remove(banned.user.id, 'a mistake');
    discord.join(banned.user);
  });

  test('deleting another’s message is in the audit log, one’s own is not, and what is gone is unknown', async () => {
    const message = discord.post({ content: 'x' });
    const deleted = next(client, 'messageDelete');
    const route = Routes.channelMessage(message.channel_id, message.id);
    const reason = 'Malware “töol.exe”';
    await client.channels.cache.get(message.channel_id)?.fetch();
    await client.rest.delete(route, { reason });
    assert.equal((await deleted)[0].id, message.id);
    await assert.rejects(client.rest.delete(route), refusedWith(10008));
    discord.remove(discord.post({ content: 'mine' }));
    discord.remove(discord.post({ content: 'theirs' }), discord.scene.moderator);
    const { member, moderator } = discord.scene;
    const target_id = member.user.id;
    assert.deepEqual(audited(72), [
      { user_id: client.user.id, target_id, reason },
      { user_id: moderator.user.id, target_id, reason: undefined },
    ]);
    const theirs = discord.post({ content: 'x', member: moderator });
    assert.throws(() => discord.remove(theirs, member), /may not delete/);
  });

  test('a reason counts as it travels, encoded: 512 characters', async () => {
    const remove = (reason: string) => {
      const { id, channel_id } = discord.post({ content: 'x' });
      return client.rest.delete(Routes.channelMessage(channel_id, id), { reason });
    };
    await remove('ü'.repeat(85));
    await assert.rejects(remove('ü'.repeat(86)), refusedWith(50035));
  });

  test('without the permission, each action is refused; a moderator does it by hand under the same rules', async () => {
    const { member, moderator, owner } = discord.scene;
    const permissions = new Map(discord.scene.guild.roles.map((role) => [role, BigInt(role.permissions)]));
    for (const [role, bits] of permissions) {
      discord.changeRole(role, bits & ~(Bits.ModerateMembers | Bits.BanMembers | Bits.ManageMessages));
    }
    const message = discord.post({ content: 'x' });
    const remove = client.rest.delete(Routes.channelMessage(message.channel_id, message.id));
    await assert.rejects(remove, refusedWith(50013));
    await assert.rejects(client.rest.patch(memberRoute(member), until(hour)), refusedWith(50013));
    await assert.rejects(guild.members.ban(member.user.id), refusedWith(50013));
    for (const [role, bits] of permissions) discord.changeRole(role, bits);

    discord.timeOut(member, hour, { by: moderator, reason: 'by hand' });
    assert.equal((await fetched(member)).isCommunicationDisabled(), true);
    discord.timeOut(member, 0, { by: moderator });
    assert.throws(() => discord.timeOut(owner, hour, { by: moderator }), /Missing Permissions/);
    assert.throws(() => discord.ban(moderator, { by: member }), /Missing Permissions/);
  });

  test('a role is given and taken by who may manage roles and stands above it, and the log says so', async () => {
    const { botRole } = discord.scene;
    const quarantine = discord.addRole('Quarantine', 0n, { position: 1 });
    const troubled = discord.join('quarantined');
    const member = await fetched(troubled);
    await assert.rejects(member.roles.add(quarantine.id), refusedWith(50013));
    discord.changeRole(botRole, BigInt(botRole.permissions) | Bits.ManageRoles);
    const updated = next(client, 'guildMemberUpdate');
    await member.roles.add(quarantine.id, 'malware');
    assert.deepEqual([...(await updated)[1].roles.cache.keys()].sort(), [guild.id, quarantine.id].sort());
    assert.deepEqual(discord.world.auditLog.at(-1)?.changes, [
      { key: '$add', new_value: [{ id: quarantine.id, name: 'Quarantine' }] },
    ]);
    await member.roles.remove(quarantine.id);
    assert.deepEqual(troubled.roles, []);
    await client.rest.patch(memberRoute(troubled), { body: { roles: [quarantine.id] } });
    assert.deepEqual(troubled.roles, [quarantine.id]);

    const high = discord.addRole('Above the bot', 0n, { position: 9 });
    await assert.rejects(member.roles.add(high.id), refusedWith(50013));
    await assert.rejects(member.roles.add(botRole.id), refusedWith(50028));
    await assert.rejects(
      client.rest.put(Routes.guildMemberRole(guild.id, troubled.user.id, '123456789012345678')),
      refusedWith(10011),
    );
  });

  test('several messages go at once, if none is older than two weeks and the bot may delete them', async () => {
    const { files, botRole } = discord.scene;
    const post = () => discord.post({ content: 'x' }).id;
    const remove = (...messages: string[]) =>
      client.rest.post(Routes.channelBulkDelete(files.id), { body: { messages }, reason: 'the same file' });
    const old = post();
    clock.jump(15 * day);
    const [one, two, three] = [post(), post(), post()];
    await assert.rejects(remove(one), refusedWith(50035));
    await assert.rejects(remove(one, old), refusedWith(50034));
    discord.overwrite(files, botRole, { deny: Bits.ManageMessages });
    await assert.rejects(remove(one, two), refusedWith(50013));
    discord.overwrite(files, botRole, {});
    const gone = post();
    const deleted = next(client, 'messageDeleteBulk');
    await client.rest.delete(Routes.channelMessage(files.id, gone));
    await remove(one, two, gone);
    assert.deepEqual([...(await deleted)[0].keys()].sort(), [one, two]);
    assert.deepEqual(
      [one, two, three].map((id) => discord.world.messages.has(id)),
      [false, false, true],
    );
    const { target_id, options } = discord.world.auditLog.at(-1) ?? {};
    assert.deepEqual([target_id, options], [files.id, { count: '2' }]);
  });

  test('bans are listed for who may ban', async () => {
    const banned = ['first', 'second'].map((name) => discord.join(name));
    for (const member of banned) await guild.members.ban(member.user.id, { reason: member.user.username });
    const listed = await guild.bans.fetch();
    for (const { user } of banned) assert.equal(listed.get(user.id)?.reason, user.username);
    const lifted = next(client, 'guildBanRemove');
    await guild.bans.remove(banned[0]?.user.id ?? '');
    assert.equal((await lifted)[0].user.id, banned[0]?.user.id);
    assert.equal((await guild.bans.fetch()).has(banned[0]?.user.id ?? ''), false);
  });

  test('a private message reaches who shares a server with the bot and wants it', async () => {
    const person = discord.join('person');
    const user = await client.users.fetch(person.user.id);
    await user.send('hello');
    assert.equal(discord.messagesIn(discord.directChannel(person), person).at(-1)?.content, 'hello');
    discord.allowPrivateMessages(person, false);
    await assert.rejects(user.send('hello'), refusedWith(50007));
    discord.allowPrivateMessages(person, true);
    discord.leave(person);
    await assert.rejects(user.send('hello'), refusedWith(50278));
    const helper = discord.join('Helper', { bot: true });
    await assert.rejects((await client.users.fetch(helper.user.id)).send('hello'), refusedWith(50007));
    const theirs = discord.post({ channel: discord.directChannel(discord.scene.member), content: 'mine' });
    await assert.rejects(client.rest.delete(Routes.channelMessage(theirs.channel_id, theirs.id)), refusedWith(50003));
  });

  const audited = (type: number) =>
    discord.world.auditLog
      .filter(({ action_type }) => action_type === type)
      .map(({ user_id, target_id, reason }) => ({ user_id, target_id, reason }));
});

function timeoutOf(member: Member): string {
  assert(member.communication_disabled_until);
  return member.communication_disabled_until;
}
