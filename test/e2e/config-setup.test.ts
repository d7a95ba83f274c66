import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PermissionFlagsBits as Bits } from 'discord.js';
import type { Channel, Member, Message } from '../../sandbox/discord/model.ts';
import { invitedPermissions } from '../../src/discord/permissions.ts';
import { setUpId } from '../../src/discord/setup/steps.ts';
import { marked } from './calls.ts';
import { panelOf } from './panel.ts';
import { says, startWorld, textOf, type World } from './world.ts';

/** A server that the bot has just joined, with a channel that only moderators see. */
async function joined(world: World, permissions = invitedPermissions) {
  const { discord } = world;
  const owner = discord.join('founder', { guild: discord.scene.secondGuild }).user;
  const guild = discord.openServer('new server', owner);
  const staff = discord.addChannel('staff', { guild });
  const everyone = guild.roles.find(({ id }) => id === guild.id) ?? assert.fail();
  discord.overwrite(staff, everyone, { deny: Bits.ViewChannel });
  const general = [...discord.world.channels.values()].find(({ id }) => id === guild.system_channel_id);
  const founder = guild.members.find(({ user }) => user.id === owner.id);
  if (!general || !founder) throw new Error('the server is incomplete');
  discord.inviteBot(guild, [], { by: founder, permissions });
  const botRole = guild.roles.find(({ tags }) => tags?.bot_id) ?? assert.fail();
  discord.overwrite(staff, botRole, { allow: Bits.ViewChannel });
  return { guild, staff, general, founder };
}

const greeting = /Thank you for adding me to \*\*`new server`\*\*/;

/** The messages of the bot in a channel or a private conversation. */
const said = ({ discord }: World, channel: Channel, member: Member) =>
  discord.messagesIn(channel, member).filter(({ author }) => author.id === discord.world.bot.id);

const welcomed = (world: World, channel: Channel, member: Member): Promise<Message> =>
  world.discord.waitFor(() => said(world, channel, member).find((message) => greeting.test(textOf(message))));

describe('a server that the bot joins', { concurrency: 4 }, () => {
  test('is set up from the private message to whoever added it, to the first alert', async (t) => {
    const world = await startWorld(t);
    const { discord } = world;
    const { guild, staff, general, founder } = await joined(world);
    const direct = discord.directChannel(founder);
    const welcome = await welcomed(world, direct, founder);
    assert.deepEqual(said(world, general, founder), []);

    const handle = discord.press(welcome, 'Set up', founder);
    let page = await handle.next();
    const to = async (next: ReturnType<typeof discord.press>) => {
      page = await next.next();
      return textOf(page);
    };
    assert.match(textOf(page), /1 of 3[\s\S]*Recommended: a channel that only moderators can see/);
    assert.match(await to(discord.press(page, 'Next', founder)), /2 of 3[\s\S]*new files a day/);
    assert.match(await to(discord.press(page, 'Next', founder)), /3 of 3/);
    const done = await to(discord.press(page, 'Switch on', founder));
    assert.match(
      done,
      new RegExp(`Watching:\\*\\* every channel[\\s\\S]*ask before each upload[\\s\\S]*Alerts:\\*\\* <#${staff.id}>`),
    );
    const tested = await to(discord.press(page, 'Send a test alert', founder));
    assert.match(tested, new RegExp(`A test alert stands in <#${staff.id}>`));
    assert.match(
      said(world, staff, founder).map(textOf).join(),
      /Test alert: nothing has happened[\s\S]*\*\*Delete\*\*/,
    );

    const message = discord.post({
      channel: general,
      member: founder,
      files: [{ name: 'a.exe', content: marked('malicious') }],
    });
    await discord.waitFor(() =>
      said(world, general, founder).find(({ message_reference: to }) => to?.message_id === message.id),
    );
    assert.equal(guild.id, staff.guild_id);
  });

  test('is told once a join, also when the bot is restarted; and again when it was removed in between', async (t) => {
    const world = await startWorld(t);
    const { discord } = world;
    const { guild, founder } = await joined(world);
    const direct = discord.directChannel(founder);
    await welcomed(world, direct, founder);
    await world.restart();
    await panelOf(world).open();
    assert.equal(said(world, direct, founder).length, 1);
    discord.removeBot(guild);
    discord.inviteBot(guild, [], { by: founder, permissions: invitedPermissions });
    await discord.waitFor(() => said(world, direct, founder).length === 2);
  });

  test('is welcomed exactly once when the bot stops before or after it was heard', async (t) => {
    for (const performed of [false, true]) {
      const world = await startWorld(t, { refusals: 'expected' });
      const { discord } = world;
      discord.fail({ method: 'POST', path: /messages$/, status: 503, times: 1e6, performed });
      const { founder } = await joined(world);
      await discord.waitFor(() =>
        discord.requests.some(({ path, status }) => /messages$/.test(path) && status === 503),
      );
      await world.stop();
      discord.calm();
      world.jump(20 * 60_000);
      await world.start();
      const direct = discord.directChannel(founder);
      await welcomed(world, direct, founder);
      assert.equal(said(world, direct, founder).length, 1);
    }
  });

  test('is told in the system channel where nobody can be told privately, and anywhere where there is none', async (t) => {
    const world = await startWorld(t, { refusals: 'expected' });
    const { general, founder } = await joined(world, invitedPermissions & ~Bits.ViewAuditLog);
    await welcomed(world, general, founder);

    const { discord } = world;
    const shy = discord.join('shy', { guild: discord.scene.secondGuild });
    discord.allowPrivateMessages(shy, false);
    const guild = discord.openServer('new server', shy.user);
    discord.changeServer(guild, { system_channel_id: null });
    discord.inviteBot(guild, [], { permissions: invitedPermissions });
    await discord.waitFor(() =>
      [...discord.world.channels.values()]
        .filter(({ guild_id }) => guild_id === guild.id)
        .some((channel) => said(world, channel, shy).length === 1),
    );
  });

  test('is set up only by those who manage it', async (t) => {
    const world = await startWorld(t);
    const { discord } = world;
    const { guild, general, founder } = await joined(world, invitedPermissions & ~Bits.ViewAuditLog);
    const welcome = await welcomed(world, general, founder);
    const member = discord.join('guest', { guild });
    const refused = discord.press(welcome, 'Set up', member);
    assert.match((await refused.next()).content, /Only members with \*\*Manage Server\*\*/);
    await says(discord.press(welcome, 'Set up', founder), /1 of 3/);
  });
});

describe('set-up from the panel', { concurrency: 4 }, () => {
  test('warns of a channel that everyone can read, by name, and lets one go on', async (t) => {
    const world = await startWorld(t);
    const { guild, general, alerts } = world.discord.scene;
    const panel = panelOf(world);
    await panel.open();
    assert.match(await panel.press('Set up'), /There is no channel that only moderators can see/);
    const warned = await panel.choose(setUpId('alerts', guild.id), [general.id]);
    assert.match(warned, new RegExp(`Everyone can read <#${general.id}>`));
    await panel.choose(setUpId('alerts', guild.id), [alerts.id]);
    assert.match(await panel.press('Continue anyway'), /2 of 3/);
    assert.match(await panel.choose(setUpId('watch', guild.id), ['some']), /Choose at least one channel/);
    assert.throws(() => panel.pressed('Next'));
    await panel.choose(setUpId('channels', guild.id), [general.id]);
    await panel.press('Next');
    await panel.choose(setUpId('upload', guild.id), ['hash-only']);
    assert.match(await panel.press('Back'), /2 of 3/);
    await panel.press('Next');
    assert.match(
      await panel.press('Switch on'),
      new RegExp(`Watching:\\*\\* <#${general.id}>[\\s\\S]*never upload[\\s\\S]*<#${alerts.id}>`),
    );
    world.jump(60_000);
    const told = await world.discord.waitFor(() => world.discord.messagesIn(alerts).at(0));
    assert.match(textOf(told), /Watched\*\*: no channel → only the picked channels/);
  });

  test('says why a test alert could not be posted', async (t) => {
    const world = await startWorld(t);
    const { discord } = world;
    const { guild, alerts, botRole } = discord.scene;
    const panel = panelOf(world);
    await panel.open();
    await panel.press('Set up');
    await panel.choose(setUpId('alerts', guild.id), [alerts.id]);
    for (const button of ['Continue anyway', 'Next', 'Switch on']) await panel.press(button);
    discord.overwrite(alerts, botRole, { deny: Bits.SendMessages });
    assert.match(await panel.press('Send a test alert'), /No test alert: the bot needs \*\*Send Messages\*\*/);
    discord.removeChannel(alerts);
    assert.match(await panel.press('Send a test alert'), /the alert channel is no longer there/);
  });

  test('posts one notice for members in each picked channel, and none twice', async (t) => {
    const world = await startWorld(t);
    const { discord } = world;
    const { guild, general, files, alerts } = discord.scene;
    const panel = panelOf(world);
    await panel.open();
    await panel.press('Set up');
    await panel.press('Continue without alerts');
    await panel.choose(setUpId('watch', guild.id), ['some']);
    await panel.choose(setUpId('channels', guild.id), [general.id, files.id]);
    for (const button of ['Next', 'Switch on']) await panel.press(button);
    for (let time = 0; time < 2; time++)
      assert.match(
        await panel.press('Post a notice for members'),
        new RegExp(`Posted a notice in <#${general.id}> <#${files.id}>`),
      );
    const notices = [general, files, alerts].map((channel) =>
      discord.messagesIn(channel).map(({ content }) => content),
    );
    assert.deepEqual(
      notices.map(({ length }) => length),
      [1, 1, 0],
    );
    assert.match(notices[0]?.[0] ?? '', /Files posted here are checked[\s\S]*only if its author or a moderator agrees/);
  });
});
