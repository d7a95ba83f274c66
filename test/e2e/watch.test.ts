import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SandboxFile } from '../../sandbox/discord/storedFile.ts';
import { defaultPolicies, type Policies } from '../../src/discord/settings/policies.ts';
import { costOf, marked } from './calls.ts';
import { silent, startWatching, storeSettings } from './watching.ts';
import { startWorld, textOf } from './world.ts';

const malicious = (number = 0): SandboxFile => ({ name: `tool${number}.exe`, content: marked('malicious', number) });
const clean = { name: 'setup.exe', content: marked('clean') };
const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de', 'hex');

describe('a watched channel', { concurrency: 4 }, () => {
  test('stays quiet about a clean file but for a reaction', async (t) => {
    const world = await startWatching(t);
    const { discord } = world;
    const message = discord.post({ files: [clean] });
    await world.marked(message, '⏳');
    await world.marked(message, '✅');
    assert.deepEqual([world.saidIn(discord.scene.files), world.saidIn(discord.scene.alerts)], [[], []]);
  });

  test('hears of what VirusTotal tells after the verdict: moderators are told of what looked fine', async (t) => {
    const world = await startWatching(t, silent);
    const odd = world.discord.post({ files: [{ name: 'rat.exe', content: marked('clean malware-config') }] });
    await world.alerts(1, /Suspicious file[\s\S]*configuration of known malware/);
    assert.deepEqual(world.marksOn(odd), []);
  });

  test('bears another mark when VirusTotal tells of something after the verdict', async (t) => {
    const world = await startWatching(t);
    const message = world.discord.post({ files: [{ name: 'capture.pcap', content: marked('clean intrusions') }] });
    await world.marked(message, '🟡');
  });

  test('hears of a malicious file in a reply that accuses nobody', async (t) => {
    const world = await startWatching(t);
    const message = world.discord.post({ files: [malicious(), clean] });
    const reply = await world.repliedTo(message, /⛔ Malicious[\s\S]*✅/);
    assert.match(reply.content, /If you posted it: you may not have known/);
    assert.deepEqual(reply.mentions, []);
    await world.marked(message, '⛔');
    assert.equal(world.saidIn(world.discord.scene.files).length, 1);
  });

  test('shows every scanned file of a message in its reply, whichever is decided about first', async (t) => {
    const world = await startWatching(t);
    const { discord, virusTotal } = world;
    const late = { kind: 'stall', afterBytes: 0, times: 1 } as const;
    for (const content of [clean.content, malicious().content])
      virusTotal.know({ content: Buffer.from(String(content)) });
    const orders: SandboxFile[][] = [
      [malicious(), { ...clean, misbehaviour: late }],
      [clean, { ...malicious(), misbehaviour: late }],
    ];
    for (const files of orders) {
      const message = discord.post({ files });
      const reply = textOf(await world.repliedTo(message, /⛔ 1 malicious, ✅ 1 without findings/));
      for (const { name } of files) assert.ok(reply.includes(name));
      await world.marked(message, '⛔');
    }
  });

  test('is stricter with young accounts where the server wishes it: a suspicious file is answered like a malicious one', async (t) => {
    const policies = { ...defaultPolicies, suspicious: [], malicious: ['mark', 'reply', 'alert'] } satisfies Policies;
    const world = await startWatching(t, { policies, newAccountDays: 7 });
    const message = world.discord.post({ files: [{ name: 'odd.exe', content: marked('suspicious') }] });
    await world.repliedTo(message, /⚠️/);
    await world.marked(message, '⚠️');
    await world.alerts(1, /Suspicious file/);
  });

  test('finds a file wherever a message can hold one', async (t) => {
    const world = await startWatching(t);
    const { discord } = world;
    const { files, general, lobby, visitor, moderator } = discord.scene;
    const forum = discord.addChannel('uploads', { type: 15 });
    const elsewhere = discord.post({ member: visitor, channel: lobby, files: [malicious(1)] });
    const [kept] = elsewhere.attachments;
    assert.ok(kept);
    const forwarded = discord.post({ channel: files, files: [malicious(2)] });

    const hiding = [
      discord.forward(forwarded, { member: moderator, channel: general }),
      discord.post({ content: `look [here](${kept.url}) ||${kept.url}|| please.` }),
      discord.postAs({ webhook: 'news', files: [malicious(3)] }),
      discord.postAs({ bot: 'helper', files: [malicious(4)] }),
      discord.postAs({
        bot: 'helper',
        files: [malicious(5)],
        parts: [{ type: 17, components: [{ type: 13, file: { url: 'attachment://tool5.exe' } }] }],
      }),
      discord.postAs({
        bot: 'helper',
        files: [malicious(6)],
        embeds: [{ type: 'rich', image: { url: 'attachment://tool6.exe' } }],
      }),
    ];
    const thread = discord.startThread({ name: 'help', channel: files, content: 'see', files: [malicious(7)] });
    const posted = discord.startThread({ name: 'question', channel: forum, content: 'see', files: [malicious(8)] });
    for (const message of [forwarded, ...hiding]) await world.marked(message, '⛔');
    for (const channel of [thread, posted]) {
      const [message] = discord.messagesIn(channel);
      assert.ok(message);
      await world.marked(message, '⛔');
    }
  });

  test('scans the rest of a message of which one file is broken, and one is not harmless as it seems', async (t) => {
    const world = await startWatching(t);
    const message = world.discord.post({
      files: [
        { name: 'broken.exe', content: marked('clean', 1), misbehaviour: { kind: 'status', status: 404 } },
        { name: 'photo.png', content: Buffer.concat([Buffer.from('MZ'), Buffer.from(marked('malicious'))]) },
        { name: 'real.png', content: png },
      ],
    });
    const reply = await world.repliedTo(message, /⛔ Malicious/);
    assert.match(textOf(reply), /photo\.png/);
    await world.marked(message, '⛔');
    const all = textOf(await world.repliedTo(message, /❌/));
    assert.match(all, /broken\.exe/);
    assert.doesNotMatch(all, /real\.png/);
  });

  test('marks a message whose file could not be scanned as that, and never as safe', async (t) => {
    const world = await startWatching(t);
    const broken: SandboxFile = { name: 'a.exe', content: 'x', misbehaviour: { kind: 'status', status: 404 } };
    const message = world.discord.post({ files: [clean, broken] });
    await world.marked(message, '❌');
    assert.deepEqual(world.saidIn(world.discord.scene.files), []);
  });

  test('leaves genuine images and plain text alone, and /vtconfig says why', async (t) => {
    const world = await startWatching(t);
    const { discord, virusTotal } = world;
    const message = discord.post({
      files: [
        { name: 'real.png', content: png },
        { name: 'notes.txt', content: 'nothing to see' },
      ],
    });
    const panel = async () => {
      const opened = await discord.invoke({ command: 'vtconfig', member: discord.scene.moderator }).next();
      return textOf(await discord.select(opened, 'v1:config:show::', ['skipped'], discord.scene.moderator).next());
    };
    let shown = '';
    while (!/real\.png/.test(shown) || !/notes\.txt/.test(shown)) shown = await panel();
    assert.match(shown, /genuine image[\s\S]*/);
    assert.match(shown, /plain text/);
    assert.deepEqual(world.marksOn(message), []);
    assert.equal(virusTotal.requests.filter(({ cost }) => cost > 0).length, 0);
  });

  test('marks a link that Discord no longer serves as not scanned, and never as clean', async (t) => {
    const world = await startWatching(t);
    const { discord } = world;
    const { visitor, lobby } = discord.scene;
    const [kept] = discord.post({ member: visitor, channel: lobby, files: [clean] }).attachments;
    const gone = String(kept?.url).replace(/(?<=\/attachments\/\d+\/)\d+/, '1573827848173518848');
    assert.notEqual(gone, kept?.url);
    await world.marked(discord.post({ content: `see ${gone}` }), '❌');
    assert.equal(costOf(world.virusTotal), 0);
  });

  test('is not fooled by hostile names', async (t) => {
    const world = await startWatching(t);
    const names = [
      '@everyone `x` [y](https://example.com).exe',
      '\u202egpj.exe',
      '../../etc/passwd.exe',
      `${'é'.repeat(200)}.exe`,
    ];
    for (const [number, name] of names.entries()) {
      const message = world.discord.post({ files: [{ name, content: marked('malicious', number) }] });
      const reply = await world.repliedTo(message, /Malicious/);
      assert.ok(!reply.mention_everyone);
    }
    for (const alert of await world.alerts(names.length)) assert.ok(!alert.mention_everyone);
  });

  test('hears of nothing in silence, and of everything when that is wished', async (t) => {
    const quiet = await startWatching(t, silent);
    const unseen = quiet.discord.post({ files: [malicious()] });
    await quiet.alerts();
    const verbose = await startWatching(t, { noise: 'unmarked', markScanning: false });
    const message = verbose.discord.post({ files: [clean] });
    await verbose.repliedTo(message, /No engine flagged it/);
    assert.deepEqual(
      [quiet.marksOn(unseen), quiet.saidIn(quiet.discord.scene.files), verbose.marksOn(message)],
      [[], [], []],
    );
  });

  test('leaves out whoever and whatever is exempt', async (t) => {
    const world = await startWatching(t, { exemptBots: true, exemptWebhooks: true });
    const { discord } = world;
    const { general, moderatorRole, moderator } = discord.scene;
    await world.stop();
    await storeSettings(world.dataDir, discord.scene.guild.id, {
      exemptChannels: [general.id],
      exemptRoles: [moderatorRole.id],
    });
    await world.start();
    const exempt = [
      discord.postAs({ bot: 'helper', files: [malicious(1)] }),
      discord.postAs({ webhook: 'news', files: [malicious(2)] }),
      discord.post({ channel: general, files: [malicious(3)] }),
      discord.post({ member: moderator, files: [malicious(4)] }),
    ];
    await world.marked(discord.post({ files: [malicious(5)] }), '⛔');
    for (const message of exempt) assert.deepEqual(world.marksOn(message), []);
    assert.equal((await world.alerts()).length, 1);
  });

  test('is only watched where that was picked', async (t) => {
    const world = await startWatching(t, { watch: 'some' });
    const { discord } = world;
    await world.stop();
    await storeSettings(world.dataDir, discord.scene.guild.id, { watchedChannels: [discord.scene.files.id] });
    await world.start();
    const elsewhere = discord.post({ channel: discord.scene.general, files: [malicious(1)] });
    await world.marked(discord.post({ files: [malicious(2)] }), '⛔');
    assert.deepEqual(world.marksOn(elsewhere), []);
  });

  test('has each message handled once, whatever the gateway repeats, and hears of what it left out', async (t) => {
    const world = await startWatching(t);
    const { discord, virusTotal } = world;
    const message = discord.post({ content: 'see', files: [malicious()] });
    await world.marked(message, '⛔');
    discord.edit(message, 'see this');
    discord.dropGateway({ resumable: false });
    const missed = discord.post({ files: [clean] });
    await discord.waitFor(() => discord.connections() === 1);
    await world.marked(missed, '✅');
    assert.deepEqual([world.saidIn(discord.scene.files).length, (await world.alerts()).length], [1, 1]);
    assert.ok(Array.from(virusTotal.model.files.values()).every(({ timesSubmitted }) => timesSubmitted === 1));
  });

  test('finds a link that is edited into a message', async (t) => {
    const world = await startWatching(t);
    const { discord } = world;
    const [kept] = discord.post({
      member: discord.scene.visitor,
      channel: discord.scene.lobby,
      files: [malicious()],
    }).attachments;
    const message = discord.post({ content: 'nothing here' });
    discord.edit(message, `or is there ${kept?.url}`);
    await world.marked(message, '⛔');
  });

  test('is caught up after a downtime: the last messages, at most an hour old', async (t) => {
    const world = await startWatching(t);
    const { discord } = world;
    const known = discord.post({ files: [malicious(1)] });
    await world.marked(known, '⛔');
    await world.stop();
    const old = discord.post({ files: [malicious(2)] });
    world.jump(2 * 60 * 60_000);
    const missed = [3, 4].map((number) => discord.post({ files: [malicious(number)] }));
    const thread = discord.startThread({ name: 'talk', content: 'see', files: [malicious(5)] });
    await world.start();
    for (const message of missed) await world.marked(message, '⛔');
    const [inThread] = discord.messagesIn(thread);
    assert.ok(inThread);
    await world.marked(inThread, '⛔');
    assert.deepEqual(world.marksOn(old), []);
    assert.equal((await world.alerts(4)).length, 4);
  });
});

test('without the message content intent the bot runs without watching, and says so', async (t) => {
  const world = await startWatching(t, {}, { discord: { messageContent: false } });
  const { discord } = world;
  assert.ok(world.log.lines.some((line) => /no channel is watched: switch Message Content Intent on/.test(line)));
  const message = discord.post({ files: [malicious()] });
  const panel = discord.invoke({ command: 'vtconfig', member: discord.scene.moderator });
  assert.match(textOf(await panel.next()), /Nothing can be watched/);
  const reply = world.scan(malicious());
  await reply.next((shown) => /Malicious/.test(textOf(shown)));
  assert.deepEqual(world.marksOn(message), []);
});

test('nothing is watched before somebody asks for it', async (t) => {
  const world = await startWorld(t);
  world.discord.post({ files: [malicious()] });
  const reply = world.scan(clean);
  await reply.next((shown) => /No engine/.test(textOf(shown)));
  assert.equal(world.virusTotal.requests.filter(({ endpoint }) => endpoint === 'POST /files').length, 1);
});
