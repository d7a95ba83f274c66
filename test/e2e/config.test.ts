import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PermissionFlagsBits as Bits } from 'discord.js';
import { storedSettingsSchema } from '../../src/discord/settings/book.ts';
import { configId } from '../../src/discord/settings/controls.ts';
import { systemClock } from '../../src/scan/clock.ts';
import { openStore } from '../../src/store/store.ts';
import { marked } from './calls.ts';
import { alertsOf, panelOf } from './panel.ts';
import { says, startWorld, textOf } from './world.ts';

describe('the settings panel', { concurrency: 4 }, () => {
  test('every setting is changed by its own control, shown at once, and survives a restart', async (t) => {
    const world = await startWorld(t);
    const panel = panelOf(world);
    const { files, general, alerts, moderatorRole } = world.discord.scene;

    assert.match(await panel.open(), /Settings · Overview[\s\S]*Watching:\*\* nothing yet[\s\S]*Alerts:\*\* nowhere/);
    await panel.go('watching');
    assert.match(await panel.set('watch', ['all']), /\*\*Watched\*\*: every channel/);
    assert.match(await panel.set('watchedChannels', [files.id, general.id]), /Watched\*\*: only the picked channels/);
    await panel.set('exemptChannels', [general.id]);
    await panel.set('exemptRoles', [moderatorRole.id]);
    await panel.go('files');
    await panel.set('scope', ['all']);
    await panel.set('upload', ['hash-only']);
    for (const button of ['Private /vtscan: off', 'Links too: off', 'Bots are watched: on', 'Webhooks are watched: on'])
      await panel.press(button);
    await panel.go('flagged');
    await panel.set('malicious', ['ban', 'alert', 'delete']);
    await panel.set('suspicious', []);
    await panel.set('unwanted', ['reply']);
    await panel.set('misleading', ['quarantine']);
    await panel.go('unjudged');
    await panel.set('locked', ['kick']);
    await panel.set('failed', ['timeOut']);
    await panel.set('noise', ['verbose']);
    await panel.press('Mark while scanning: on');
    await panel.go('verdicts');
    await panel.set('warn', ['5']);
    assert.match(await panel.set('act', ['4']), /Suspicious from\*\*: 4 engines[\s\S]*Malicious from\*\*: 4 engines/);
    await panel.go('actions');
    await panel.set('timeOut', ['fourWeeks']);
    await panel.set('quarantineRole', [moderatorRole.id]);
    await panel.press('Tell the author: on');
    await panel.showing(await panel.fill(panel.pressed('How to appeal …'), { words: ' Write to @Mods ' }));
    await panel.go('accounts');
    await panel.set('hijacked', ['alert', 'quarantine']);
    await panel.set('newAccountDays', ['7']);
    await panel.go('alerts');
    await panel.set('alertChannel', [alerts.id]);
    await panel.set('pingRole', [moderatorRole.id]);
    await panel.set('moderatorRole', [moderatorRole.id]);
    await panel.set('digest', ['friday']);

    await world.restart();
    await panel.open();
    const sections = ['watching', 'files', 'flagged', 'unjudged', 'verdicts', 'actions', 'accounts', 'alerts'];
    let text = '';
    for (const section of sections) text += await panel.go(section);
    for (const line of [
      'Watched**: only the picked channels',
      `Picked channels**: <#${files.id}> <#${general.id}>`,
      `Not watched: channels**: <#${general.id}>`,
      `Not watched: roles**: <@&${moderatorRole.id}>`,
      'Scanned**: all files',
      'Unknown files**: never upload, only look up',
      'Links too**: on',
      'Weekly digest**: on Fridays',
      'Bots are watched**: off',
      'Webhooks are watched**: off',
      'Malicious**: alert, delete the message, ban the author',
      'Suspicious**: nothing',
      'Unwanted**: reply',
      'Misleading name**: quarantine the author',
      'Locked**: kick the author',
      'Could not be scanned**: time out the author',
      'Files without findings**: mark and reply',
      'Mark while scanning**: off',
      'Private /vtscan**: on',
      'Suspicious from**: 4 engines',
      'Malicious from**: 4 engines',
      'Hijacked account**: alert, quarantine the author',
      'Time-out**: 28 days',
      'Strict with new accounts**: younger than 7 days',
      `Quarantine role**: <@&${moderatorRole.id}>`,
      'Tell the author**: off',
      'How to appeal**: `Write to @Mods`',
      `Alert channel**: <#${alerts.id}>`,
      `Role to ping**: <@&${moderatorRole.id}>`,
      `Moderator role**: <@&${moderatorRole.id}>`,
    ])
      assert.ok(text.includes(line), `${line} in ${text}`);
  });

  test('a picker that is emptied clears its setting', async (t) => {
    const world = await startWorld(t);
    const panel = panelOf(world);
    await panel.open();
    await panel.go('alerts');
    await panel.set('alertChannel', [world.discord.scene.alerts.id]);
    assert.match(await panel.set('alertChannel', []), /\*\*Alert channel\*\*: none/);
  });

  test('without Manage Server nobody opens the panel, and an old one refuses', async (t) => {
    const world = await startWorld(t);
    const { discord } = world;
    const { member, moderator, moderatorRole, alerts } = discord.scene;
    assert.throws(() => discord.invoke({ command: 'vtconfig', member }), /may not use/);

    const panel = panelOf(world);
    await panel.open();
    await panel.go('alerts');
    await panel.set('alertChannel', [alerts.id]);
    await panel.go('files');
    world.jump(60_000);
    const before = await alertsOf(world, 1);
    discord.changeRole(moderatorRole, BigInt(moderatorRole.permissions) & ~Bits.ManageGuild);
    const attempts = [
      discord.press(panel.message(), 'Links too: off', moderator),
      discord.select(panel.message(), configId('set', 'upload'), ['hash-only'], moderator),
      discord.select(panel.message(), configId('show'), ['trust'], moderator),
    ];
    for (const attempt of attempts) {
      assert.match((await attempt.next()).content, /Only members with \*\*Manage Server\*\*/);
      assert.ok(attempt.isEphemeral());
    }

    // The same controls on a message that everybody sees: pressed by a member, as with an id that was copied.
    const stored = discord.world.messages.get(panel.message().id);
    assert.ok(stored);
    stored.visibleTo = undefined;
    for (const button of ['Links too: off', 'Bots are watched: on']) {
      const copied = discord.press(panel.message(), button, member);
      assert.match((await copied.next()).content, /Only members with \*\*Manage Server\*\*/);
    }
    assert.deepEqual(await alertsOf(world, 1), before);
  });

  test('the permission is asked for again when a form comes back', async (t) => {
    const world = await startWorld(t);
    const { moderatorRole } = world.discord.scene;
    const panel = panelOf(world);
    await panel.open();
    await panel.go('block');
    const form = panel.pressed('Add a file');
    await form.answered();
    world.discord.changeRole(moderatorRole, BigInt(moderatorRole.permissions) & ~Bits.ManageGuild);
    const submitted = await panel.fill(form, { sha256: 'a'.repeat(64), name: '' });
    assert.match((await submitted.next()).content, /Only members with/);
  });

  test('what one person changes within a minute is told as one change: who, from what to what', async (t) => {
    const world = await startWorld(t);
    const { discord } = world;
    const { alerts, general, moderator, owner } = discord.scene;
    const panel = panelOf(world);
    await panel.open();
    await panel.go('files');
    await panel.set('upload', ['ask']);
    await panel.go('alerts');
    await panel.set('alertChannel', [alerts.id]);
    await panel.go('unjudged');
    await panel.set('noise', ['verbose']);
    await panel.set('noise', ['silent']);
    for (const state of ['on', 'off']) await panel.press(`Mark while scanning: ${state}`);
    const other = panelOf(world, owner);
    await other.open();
    await other.go('files');
    await other.press('Links too: off');
    assert.deepEqual(discord.messagesIn(alerts, moderator), []);

    world.jump(60_000);
    const told = await alertsOf(world, 2);
    const one = told.find((text) => text.includes(`<@${moderator.user.id}>`)) ?? '';
    assert.match(one, /\*\*Unknown files\*\*: upload them to VirusTotal → ask before each upload/);
    assert.match(one, new RegExp(`\\*\\*Alert channel\\*\\*: none → <#${alerts.id}>`));
    assert.match(one, /\*\*Files without findings\*\*: mark → nothing/);
    assert.doesNotMatch(one, /Mark while scanning|Links/);
    assert.match(told.find((text) => text.includes(`<@${owner.user.id}>`)) ?? '', /\*\*Links too\*\*: off → on/);

    await panel.go('alerts');
    await panel.set('alertChannel', [general.id]);
    world.jump(60_000);
    const moved = new RegExp(`<#${alerts.id}> → <#${general.id}>`);
    assert.match((await alertsOf(world, 3))[2] ?? '', moved);
    const others = await discord.waitFor(() => discord.messagesIn(general).at(0));
    assert.match(textOf(others), moved);
    assert.deepEqual(others.mentions, []);
  });

  test('switches that are back where they were are not told', async (t) => {
    const world = await startWorld(t);
    const { alerts } = world.discord.scene;
    const panel = panelOf(world);
    await panel.open();
    await panel.go('alerts');
    await panel.set('alertChannel', [alerts.id]);
    world.jump(60_000);
    await alertsOf(world, 1);
    await panel.go('files');
    for (const state of ['off', 'on']) await panel.press(`Links too: ${state}`);
    world.jump(60_000);
    await panel.press('Bots are watched: on');
    world.jump(60_000);
    const told = await alertsOf(world, 2);
    assert.doesNotMatch(told.join(), /Links/);
  });

  test('an alert channel that cannot be written to stops no change, and the panel says why', async (t) => {
    const world = await startWorld(t, { refusals: 'expected' });
    const { discord } = world;
    const { alerts, botRole } = discord.scene;
    discord.overwrite(alerts, botRole, { deny: Bits.SendMessages });
    const panel = panelOf(world);
    await panel.open();
    await panel.go('alerts');
    const text = await panel.set('alertChannel', [alerts.id]);
    assert.match(text, new RegExp(`needs \\*\\*Send Messages\\*\\* in <#${alerts.id}>`));
    world.jump(60_000);
    await discord.waitFor(() => discord.refusals.length > 0);
    assert.match(await panel.open(), new RegExp(`Alerts:\\*\\* <#${alerts.id}>`));

    assert.ok(world.log.lines.some((line) => line.includes('alert channel not told')));

    discord.removeChannel(alerts);
    assert.match(await panel.open(), /No longer there/);
  });

  test('permissions that the bot lacks for what is switched on are shown with their channel', async (t) => {
    const world = await startWorld(t);
    const { discord } = world;
    const { botRole, files, alerts } = discord.scene;
    discord.overwrite(files, botRole, { deny: Bits.AddReactions });
    const panel = panelOf(world);
    await panel.open();
    await panel.go('alerts');
    await panel.set('alertChannel', [alerts.id]);
    await panel.go('watching');
    assert.match(
      await panel.set('watchedChannels', [files.id]),
      new RegExp(`needs \\*\\*Add Reactions\\*\\* in <#${files.id}>`),
    );
    await panel.go('unjudged');
    await panel.press('Mark while scanning: on');
    await panel.set('locked', []);
    await panel.set('failed', []);
    await panel.set('noise', ['silent']);
    await panel.go('flagged');
    for (const outcome of ['malicious', 'suspicious', 'misleading']) await panel.set(outcome, ['alert']);
    assert.doesNotMatch(await panel.set('unwanted', []), /Add Reactions/);
    assert.doesNotMatch(await panel.set('malicious', ['alert', 'delete', 'timeOut']), /The bot needs/);
    assert.match(await panel.set('malicious', ['ban']), /needs \*\*Ban Members\*\* in the whole server to ban members/);
  });

  test('alerts that everyone can read are pointed out, with the channel', async (t) => {
    const world = await startWorld(t);
    const { discord } = world;
    const { alerts, guild, botRole } = discord.scene;
    const panel = panelOf(world);
    await panel.open();
    await panel.go('alerts');
    assert.match(
      await panel.set('alertChannel', [alerts.id]),
      new RegExp(`Everyone can read the alerts in <#${alerts.id}>`),
    );
    const everyone = guild.roles.find(({ id }) => id === guild.id) ?? assert.fail();
    discord.overwrite(alerts, botRole, { allow: Bits.ViewChannel });
    discord.overwrite(alerts, everyone, { deny: Bits.ViewChannel });
    assert.doesNotMatch(await panel.open(), /Everyone can read/);
  });

  test('without the message content intent the panel says so, and how to turn it on', async (t) => {
    const world = await startWorld(t, { discord: { messageContent: false } });
    assert.match(await panelOf(world).open(), /Message Content Intent.*developers\/applications/);
  });

  test('files are put on a list by their SHA-256, shown with who and when, and taken off', async (t) => {
    const world = await startWorld(t);
    const { moderator, alerts } = world.discord.scene;
    const panel = panelOf(world);
    const sha256 = 'c0ffee'.padEnd(64, '0');
    await panel.open();
    await panel.go('alerts');
    await panel.set('alertChannel', [alerts.id]);
    await panel.go('block');
    const typo = await panel.fill(panel.pressed('Add a file'), { sha256: 'c0ffee', name: '' });
    assert.equal((await typo.next()).content, 'Not a SHA-256: 64 hex characters');

    const text = await panel.showing(
      await panel.fill(panel.pressed('Add a file'), { sha256: ` ${sha256.toUpperCase()}`, name: '`@everyone`.exe' }),
    );
    assert.match(
      text,
      new RegExp(`Blocked files[\\s\\S]*\`ˋ＠everyoneˋ\\.exe\` · \`c0ffee.*<@${moderator.user.id}> <t:\\d+:d>`),
    );
    world.jump(60_000);
    await alertsOf(world, 1);
    await world.restart();
    await panel.go('trust');
    await panel.showing(await panel.fill(panel.pressed('Add a file'), { sha256, name: 'setup.exe' }));
    assert.doesNotMatch(await panel.go('block'), /c0ffee/);
    await panel.go('trust');
    assert.doesNotMatch(await panel.removed('trust', [sha256]), /c0ffee/);

    world.jump(60_000);
    const told = await alertsOf(world, 2);
    assert.match(told[0] ?? '', new RegExp(`Blocked files.*added.*${sha256}`));
    assert.match(told[1] ?? '', /Blocked files.*removed/);
  });

  test('a reset asks first, keeps the lists, and is told where the alerts went', async (t) => {
    const world = await startWorld(t);
    const { alerts } = world.discord.scene;
    const panel = panelOf(world);
    await panel.open();
    await panel.go('alerts');
    await panel.set('alertChannel', [alerts.id]);
    await panel.go('trust');
    await panel.showing(await panel.fill(panel.pressed('Add a file'), { sha256: 'a'.repeat(64), name: 'a.exe' }));
    assert.match(await panel.open({ reset: true }), /Reset the settings\?/);
    world.jump(60_000);
    await alertsOf(world, 1);
    assert.match(await panel.press('Keep them'), /3 changes|2 changes/);
    assert.match(await panel.press('Reset to the defaults'), /Reset the settings\?/);
    assert.match(await panel.press('Reset'), /Alerts:\*\* nowhere[\s\S]*1 trusted, 0 blocked/);
    world.jump(60_000);
    assert.match((await alertsOf(world, 2))[1] ?? '', new RegExp(`<#${alerts.id}> → none`));
  });

  test('a damaged field falls back alone, and the log names it', async (t) => {
    const world = await startWorld(t, { asleep: true });
    const { guild } = world.discord.scene;
    const store = await openStore({ dir: world.dataDir, clock: systemClock, log: () => {} });
    await store
      .collection('settings', storedSettingsSchema)
      .set(guild.id, { noise: 'deafening', upload: 'ask', hat: 1 });
    await store.close();
    await world.start();

    const text = await panelOf(world).open();
    assert.match(text, /Unknown files:\*\* ask before each upload/);
    const line = world.log.lines.find((one) => one.includes('damaged settings')) ?? '';
    assert.deepEqual(JSON.parse(line).fields, ['noise', 'hat']);
  });

  test("a scan is as private as the server's default says, unless its option says otherwise", async (t) => {
    const world = await startWorld(t);
    const { discord, scan } = world;
    const panel = panelOf(world);
    await panel.open();
    await panel.go('files');
    await panel.press('Private /vtscan: off');

    const file = { name: 'a.txt', content: marked('clean') };
    const [quiet, open] = [scan(file), scan(file, { private: false })];
    const message = discord.post({ files: [file] });
    const menu = discord.invokeOnMessage({ command: 'Scan attachments', message });
    for (const handle of [quiet, open, menu]) await says(handle, /No engine flagged it/);
    assert.deepEqual(
      [quiet, open, menu].map((handle) => handle.isEphemeral()),
      [true, false, true],
    );
  });

  test('a control of another version is answered in words', async (t) => {
    const world = await startWorld(t);
    const { discord } = world;
    const panel = panelOf(world);
    await panel.open();
    await panel.go('files');
    const stored = discord.world.messages.get(panel.message().id);
    assert.ok(stored);
    const custom_ids = [
      configId('set', 'hat', 'on'),
      configId('set', 'links', 'maybe'),
      configId('show', 'attic'),
      configId('added', 'trust'),
    ];
    for (const custom_id of custom_ids) {
      const button = {
        type: 2,
        style: 2,
        label: 'old',
        custom_id,
        disabled: false,
        id: undefined,
        emoji: undefined,
        url: undefined,
      } as const;
      stored.message = { ...stored.message, components: [{ type: 1, id: undefined, components: [button] }] };
      const handle = discord.press(stored.message, 'old', discord.scene.moderator);
      assert.match((await handle.next()).content, /older version/);
    }
  });
});
