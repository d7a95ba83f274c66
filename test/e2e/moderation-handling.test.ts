import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { PermissionFlagsBits as Bits } from 'discord.js';
import type { Message } from '../../sandbox/discord/model.ts';
import { customId } from '../../src/discord/controls/ids.ts';
import { enUS } from '../../src/locales/en-US.ts';
import { tokenSchema } from '../../src/scan/token.ts';
import { alertSays, nextCase, performed, type Started, startCase, stateOf, tool, use, words } from './alertCase.ts';
import { forged } from './forged.ts';
import { refused } from './people.ts';
import { startWatching, storeSettings, strict, type WatchedWorld } from './watching.ts';
import { textOf, tokensIn } from './world.ts';

/** What becomes of a case, of its alert and of what was replied in public. */

const alertsOf = ({ discord, saidIn }: WatchedWorld) =>
  saidIn(discord.scene.alerts).filter(({ embeds }) =>
    embeds.some(({ title }) => title?.includes(words.title.malicious)),
  );

test('a copy within a minute makes a new alert', async (t) => {
  const rows: [string, (started: Started) => Promise<void> | void][] = [
    ['after the first was dismissed', (started) => use(started, 'dismiss', started.discord.scene.owner)],
    ['after the first was resolved', (started) => use(started, 'resolve', started.discord.scene.owner)],
    [
      'after a moderator has deleted the first message',
      async (started) => {
        await use(started, 'delete', started.discord.scene.owner);
        await performed(started, 'delete', started.discord.scene.owner);
      },
    ],
    [
      'after somebody has deleted the first alert',
      async (started) => {
        const { discord, alert } = started;
        // The bot has heard that its alert stands there.
        await use(started, 'claim', discord.scene.owner);
        await performed(started, 'claim', discord.scene.owner);
        discord.remove(alert, discord.scene.owner);
      },
    ],
  ];
  const first = await startCase(t, { copies: true });
  const { world, discord } = first;
  for (const [number, [what, handle]] of rows.entries()) {
    await t.test(what, async () => {
      const started = await nextCase(first, number + 1);
      const { message } = started;
      await handle(started);
      const before = alertsOf(world).length;
      const copy = discord.post({ files: [tool(number + 1)] });
      await discord.waitFor(() => alertsOf(world).length === before + 1);
      const [alert = assert.fail()] = alertsOf(world).slice(-1);
      assert.ok(textOf(alert).includes(copy.id) && !textOf(alert).includes(message.id));
    });
  }

  await t.test('but not after it was only claimed', async () => {
    const started = await nextCase(first, 10);
    const before = alertsOf(world).length;
    await use(started, 'claim', discord.scene.owner);
    discord.post({ files: [tool(10)] });
    await world.alerts(1, /Posted 2 times/);
    assert.equal(alertsOf(world).length, before);
  });

  await t.test('also when it is the same message that gets another bad file', async () => {
    const started = await nextCase(first, 11);
    const { message } = started;
    await use(started, 'dismiss', discord.scene.owner);
    discord.edit(
      message,
      discord.post({ files: [tool(12)], channel: discord.scene.general }).attachments[0]?.url ?? '',
    );
    await discord.waitFor(() =>
      alertsOf(world).some((one) => one.id !== started.alert.id && textOf(one).includes(message.id)),
    );
  });
});

test('an alert that was deleted unseen by the bot comes back with the copies that nobody has seen', async (t) => {
  const started = await startCase(t, { copies: true });
  const { world, discord, alert } = started;
  discord.world.messages.delete(alert.id);
  discord.post({ files: [tool()] });
  const [again = assert.fail()] = await world.alerts(1, /Posted 2 times/);
  assert.notEqual(again.id, alert.id);
});

describe('the scan of a file that moderators still look into', { concurrency: 4 }, () => {
  test('is not deleted by the author before they are done', async (t) => {
    const started = await startCase(t);
    const { world, discord, message, author } = started;
    const reply = await world.repliedTo(message, /Malicious/);
    const token = tokenSchema.parse(tokensIn(reply)[0]);
    const id = customId({ kind: 'forget', token });
    const press = () => discord.press(forged(discord, reply, id), id, author);
    await refused(press(), enUS.forget.needed);
    await use(started, 'resolve', discord.scene.owner, 'falseAlarm');
    await performed(started, 'resolve', discord.scene.owner);
    assert.equal((await press().next()).content, enUS.forget.done);
  });
});

describe('the public reply to a message', { concurrency: 4 }, () => {
  const replies = ({ discord, saidIn }: WatchedWorld) => saidIn(discord.scene.files).length;

  test('goes when a moderator deletes the message by the alert, and the author is told once', async (t) => {
    const started = await startCase(t);
    const { world, discord, message } = started;
    await world.repliedTo(message, /Malicious/);
    await use(started, 'delete', discord.scene.owner);
    await alertSays(started, words.acts.tellAuthor.did(undefined, '', '', ''));
    await discord.waitFor(() => replies(world) === 0);
    assert.equal(stateOf(started).letters, 1);
  });

  test('goes, or never comes, when the bot deletes the message by itself', async (t) => {
    const policies = { ...strict, malicious: ['mark' as const, 'reply' as const, 'alert' as const, 'delete' as const] };
    // Stopped right after a deletion, the bot deletes once more at its next start, and Discord knows no such message.
    const world = await startWatching(t, { policies }, { refusals: 'expected' });
    const { discord } = world;
    for (const number of [1, 2, 3]) discord.post({ files: [tool(number)] });
    await discord.waitFor(
      () => alertsOf(world).filter((one) => /Sent a private message/.test(textOf(one))).length === 3,
    );
    await discord.waitFor(() => replies(world) === 0);
    await world.restart();
    assert.equal(replies(world), 0);
  });

  test('stays when the deletion fails', async (t) => {
    const started = await startCase(t);
    const { world, discord, message } = started;
    await world.repliedTo(message, /Malicious/);
    discord.overwrite(discord.scene.files, started.botRole, { deny: Bits.ManageMessages });
    await use(started, 'delete', discord.scene.owner);
    await alertSays(started, words.hindrances.lacksManageMessages);
    assert.equal(replies(world), 1);
  });
});

test('a letter carries the words of the server', async (t) => {
  const started = await startCase(t, { settings: { appeal: 'Appeal in #help' } });
  const { discord, author } = started;
  await use(started, 'ban', discord.scene.owner);
  await performed(started, 'ban', discord.scene.owner);
  const [letter] = discord.messagesIn(discord.directChannel(author), author);
  assert.match(letter?.content ?? '', /the moderators are banning you[\s\S]*^> Appeal in #help$/m);
});

test('an alert shows the text of the message as code, so that nothing in it works', async (t) => {
  const world = await startWatching(t);
  const { discord } = world;
  discord.post({ content: `free nitro <@${discord.scene.owner.user.id}> https://evil.example \`x\``, files: [tool()] });
  const [alert = assert.fail()] = await world.alerts();
  assert.match(textOf(alert), /^> `free nitro <@\d+> hxxps:\/\/evil\[\.\]example ˋxˋ`$/m);
});

describe('an alert that Discord refuses', { concurrency: 4 }, () => {
  const start = (t: TestContext, settings = {}) => startWatching(t, settings, { refusals: 'expected' });
  const lettersTo = ({ discord }: WatchedWorld): Message[] =>
    discord.messagesIn(discord.directChannel(discord.scene.owner), discord.scene.owner);

  test('is logged, told to the owner once, and comes when another channel is chosen', async (t) => {
    const world = await start(t);
    const { discord, dataDir } = world;
    const { alerts, botRole, guild, general } = discord.scene;
    discord.overwrite(alerts, botRole, { deny: Bits.SendMessages });
    for (const number of [1, 2]) discord.post({ files: [tool(number)] });
    const isRefused = ({ path, status }: (typeof discord.requests)[number]) =>
      path.includes(alerts.id) && status === 403;
    await discord.waitFor(() => discord.requests.filter(isRefused).length === 2);
    await discord.waitFor(() => lettersTo(world).length === 1);
    assert.ok(lettersTo(world)[0]?.content.includes(words.fallback.noAccess(`<#${alerts.id}>`)));

    await world.stop();
    await storeSettings(dataDir, guild.id, { alertChannel: general.id });
    await world.start();
    await discord.waitFor(() => world.saidIn(general).length === 2);
    assert.equal(lettersTo(world).length, 1);
    assert.equal(world.log.lines.filter((line) => line.includes('alert refused')).length, 2);
  });

  test('is told in the channel for system messages, if the server has one', async (t) => {
    const world = await start(t);
    const { discord } = world;
    const { alerts, botRole, guild, general } = discord.scene;
    discord.changeServer(guild, { system_channel_id: general.id });
    discord.overwrite(alerts, botRole, { deny: Bits.SendMessages });
    for (const number of [1, 2]) discord.post({ files: [tool(number)] });
    await discord.waitFor(() => discord.requests.filter(({ status }) => status === 403).length === 2);
    await discord.waitFor(() => world.saidIn(general).length === 1);
    assert.equal(world.saidIn(general)[0]?.content, words.fallback.noAccess(`<#${alerts.id}>`));
    assert.equal(lettersTo(world).length, 0);
  });

  test('comes by itself within two hours once the bot may write there again', async (t) => {
    const world = await start(t);
    const { discord } = world;
    const { alerts, botRole } = discord.scene;
    discord.overwrite(alerts, botRole, { deny: Bits.SendMessages });
    discord.post({ files: [tool()] });
    await discord.waitFor(() => lettersTo(world).length === 1);
    discord.overwrite(alerts, botRole, {});
    world.jump(61 * 60_000);
    await world.alerts();
  });

  test('because no channel was chosen is told, and comes when the panel names one', async (t) => {
    const world = await start(t, { alertChannel: undefined });
    const { discord } = world;
    discord.post({ files: [tool()] });
    await discord.waitFor(() => lettersTo(world).length === 1);
    assert.ok(lettersTo(world)[0]?.content.includes(words.fallback.noChannel('')));
    await world.stop();
    await storeSettings(world.dataDir, discord.scene.guild.id, { alertChannel: discord.scene.alerts.id });
    await world.start();
    await world.alerts();
  });

  test('does not hold up what the server wants done', async (t) => {
    const world = await start(t, {
      alertChannel: undefined,
      policies: { ...strict, malicious: ['alert', 'delete'] },
    });
    const message = world.discord.post({ files: [tool()] });
    await world.discord.waitFor(() => !world.discord.world.messages.has(message.id));
  });
});
