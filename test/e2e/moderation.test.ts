import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { PermissionFlagsBits as Bits } from 'discord.js';
import type { Member, Message } from '../../sandbox/discord/model.ts';
import type { SandboxFile } from '../../sandbox/discord/storedFile.ts';
import { markOf } from '../../src/discord/cards/mark.ts';
import { defaultPolicies } from '../../src/discord/settings/policies.ts';
import { ask, confirm, startCase, use } from './alertCase.ts';

import { costOf, marked } from './calls.ts';
import { startWatching, storeSettings, strict, type WatchedWorld } from './watching.ts';
import { textOf } from './world.ts';

const malicious = (number = 0): SandboxFile => ({ name: `tool${number}.exe`, content: marked('malicious', number) });
const suspicious: SandboxFile = { name: 'maybe.exe', content: marked('one-detection') };
const clean: SandboxFile = { name: 'setup.exe', content: marked('clean') };
const hashOf = ({ content }: SandboxFile) => createHash('sha256').update(String(content)).digest('hex');
const minute = 60_000;

const kinds = { delete: 72, timeOut: 24, ban: 22 };
/** How often the bot did something, as the audit log has it. */
const done = ({ discord }: WatchedWorld, kind: keyof typeof kinds) =>
  discord.world.auditLog.filter((entry) => entry.action_type === kinds[kind] && entry.user_id === discord.world.bot.id);
const letters = ({ discord }: WatchedWorld, member: Member = discord.scene.member) =>
  discord.messagesIn(discord.directChannel(member), member);
const isThere = ({ discord }: WatchedWorld, message: Message) => discord.world.messages.has(message.id);
const first = <One>([one]: readonly One[]): One => one ?? assert.fail('there is none');

describe('an alert', { concurrency: 4 }, () => {
  test('says who, where, what, and how often before, and pings the role', async (t) => {
    const world = await startWatching(t);
    const { discord, dataDir } = world;
    const { guild, files, member } = discord.scene;
    await world.stop();
    const role = discord.addRole('Alarmed', 0n, { mentionable: true });
    await storeSettings(dataDir, guild.id, { pingRole: role.id });
    await world.start();
    await world.marked(discord.post({ files: [malicious(1)] }), markOf('malicious'));
    await world.alerts(1);
    const message = discord.post({ files: [malicious(2)] });
    const alert = (await world.alerts(2)).at(-1) ?? assert.fail();

    assert.deepEqual(alert.mention_roles, [role.id]);
    const text = textOf(alert);
    assert.ok(text.includes(`<@${member.user.id}>`));
    assert.ok(text.includes(`https://discord.com/channels/${guild.id}/${files.id}/${message.id}`));
    assert.match(text, /tool2\.exe[\s\S]*54 of 71 engines[\s\S]*Avast/);
    assert.match(text, /account created <t:\d+:d> · joined <t:\d+:d> · flagged here once before/);
    assert.match(text, /No action was taken automatically/);
  });

  test('is one for a message with several bad files, and one that counts for ten copies in a minute', async (t) => {
    const world = await startWatching(t, {}, { rate: 4 });
    const { discord } = world;
    await world.marked(discord.post({ files: [malicious(1), malicious(2), clean] }), markOf('malicious'));
    await world.alerts(1, /tool1\.exe[\s\S]*tool2\.exe|tool2\.exe[\s\S]*tool1\.exe/);

    const people = [discord.scene.member, discord.scene.moderator];
    for (let copy = 0; copy < 10; copy++) {
      const member = people[copy % 2] ?? discord.scene.member;
      discord.post({ member, files: [{ ...malicious(3), name: `copy${copy}.exe` }] });
    }
    const text = textOf(first(await world.alerts(1, /Posted 10 times/)));
    for (const { user } of people) assert.ok(text.includes(`<@${user.id}>`), 'each author is named');
    assert.equal(world.saidIn(discord.scene.alerts).length, 2);
  });

  test('follows only the thresholds and actions that the server chose', async (t) => {
    const world = await startWatching(t, {
      thresholds: { warn: 20, act: 20 },
      policies: { ...defaultPolicies, suspicious: ['mark', 'reply'] },
    });
    const few = world.discord.post({ files: [suspicious] });
    await world.marked(few, '❔');
    const many = world.discord.post({ files: [malicious()] });
    await world.marked(many, markOf('malicious'));
    assert.equal((await world.alerts()).length, 1);
  });

  test('tells what was deleted, timed out and told, with reasons in the audit log', async (t) => {
    const world = await startWatching(t, { policies: strict });
    const { discord } = world;
    const name = `${'é@'.repeat(120)}.exe`;
    const message = discord.post({ files: [{ ...malicious(), name }] });
    const text = textOf(first(await world.alerts(1, /Sent a private message/)));
    assert.match(text, /Deleted the message by <@\d+> in <#\d+>\. This cannot be undone/);
    assert.match(text, /Timed out <@\d+> until <t:\d+:f>\. To undo/);
    assert.ok(!isThere(world, message));
    assert.match(discord.scene.member.communication_disabled_until ?? '', /Z$/);
    for (const kind of ['delete', 'timeOut'] as const) {
      const { reason = '' } = first(done(world, kind));
      assert.match(reason, /^vtscan: malicious file/);
      assert.ok(encodeURIComponent(reason).length <= 512);
    }
    assert.match(first(letters(world)).content, /You may not have known/);
  });

  test('tells nobody privately where that is off or unwanted', async (t) => {
    const world = await startWatching(t, { policies: strict, tellAuthor: false });
    world.discord.post({ files: [malicious(1)] });
    await world.alerts(1, /Timed out/);
    assert.deepEqual(letters(world), []);

    const shy = await startWatching(t, { policies: strict }, { refusals: 'expected' });
    shy.discord.allowPrivateMessages(shy.discord.scene.member, false);
    shy.discord.post({ files: [malicious(1)] });
    await shy.alerts(1, /Could not message <@\d+>: they do not accept private messages/);
  });

  test('says why something could not be done', async (t) => {
    const world = await startWatching(t, { policies: strict }, { refusals: 'expected' });
    const { discord } = world;
    const { botRole, owner, member, files } = discord.scene;
    discord.post({ member: owner, files: [malicious(1)] });
    await world.alerts(1, /Could not delete[^\n]*moderates here[\s\S]*Could not time out[^\n]*moderates here/);

    discord.changeRole(botRole, BigInt(botRole.permissions) & ~Bits.ModerateMembers & ~Bits.ManageMessages);
    discord.post({ files: [malicious(2)] });
    await world.alerts(
      1,
      /Could not delete [^\n]*the bot needs \*\*Manage Messages\*\*[\s\S]*Could not time out [^\n]*the bot needs/,
    );
    discord.postAs({ webhook: 'news', channel: files, files: [malicious(3)] });
    await world.alerts(1, /the webhook `news`[\s\S]*a webhook posted it/);
    assert.equal(member.communication_disabled_until, null);
  });

  test('takes it well when somebody else was faster: the message is gone, the member has left', async (t) => {
    const world = await startWatching(t, { policies: strict }, { refusals: 'expected' });
    const { discord } = world;
    const message = discord.post({ files: [malicious()] });
    await world.marked(message, '⏳');
    discord.remove(message);
    discord.leave(discord.scene.member);
    const text = textOf(first(await world.alerts(1, /Could not time out <@\d+>: they are no longer a member/)));
    assert.match(text, /No need to delete the message/);
  });

  test('may time out for 28 days', async (t) => {
    const world = await startWatching(
      t,
      { policies: strict, timeOut: 'fourWeeks' },
      { rate: 1, virusTotal: { analysisTime: () => 0 }, bot: { pollSeconds: 0.1 } },
    );
    const { discord, now } = world;
    discord.post({ files: [malicious()] });
    await world.alerts(1, /Timed out/);
    const until = Date.parse(discord.scene.member.communication_disabled_until ?? '');
    assert.ok(Math.abs(until - now() - 28 * 24 * 60 * minute) < 2 * minute);
  });
});

describe('the controls of an alert', { concurrency: 4 }, () => {
  test('do what they say for those who may, say who it was, and work after a restart', async (t) => {
    const started = await startCase(t);
    const { world, discord } = started;
    const { moderator, member, guild } = discord.scene;
    await world.restart();
    const who = `<@${moderator.user.id}>`;

    await use(started, 'delete', moderator);
    await world.alerts(1, new RegExp(`${who} deleted the message by <@${member.user.id}> in`));
    assert.ok(!isThere(world, started.message));
    await use(started, 'timeOut', moderator, 'day');
    await world.alerts(1, new RegExp(`${who} timed out <@${member.user.id}> until <t:\\d+:f>`));
    assert.match(first(done(world, 'timeOut')).reason ?? '', /moderator pressed the button/);
    await use(started, 'ban', moderator);
    await world.alerts(1, new RegExp(`${who} banned <@${member.user.id}>`));
    assert.deepEqual(
      guild.bans.map(({ user }) => user.id),
      [member.user.id],
    );
    await use(started, 'dismiss', moderator);
    await world.alerts(1, /dismissed this alert/);
    assert.equal(world.saidIn(discord.scene.alerts).length, 1);
    // After the deletion, and once more before the ban.
    assert.equal(letters(world).length, 2);
  });

  test('trust a file: it raises no alert from then on', async (t) => {
    const started = await startCase(t);
    const { world } = started;
    const { discord, virusTotal } = world;
    const { moderator } = discord.scene;
    const question = await ask(started, 'trust', moderator).next();
    const really = await confirm(started, question, moderator).next();
    assert.match(really.content, /\d+ independent engines name malware in `tool0\.exe`/);
    confirm(started, really, moderator);
    await world.alerts(1, /trusted `tool0\.exe`/);
    await world.alerts(1, /Trusted files\*\*: added/);
    const asked = costOf(virusTotal);
    world.jump(2 * minute);
    const again = discord.post({ files: [malicious()] });
    await world.marked(again, markOf('trusted'));
    assert.equal(costOf(virusTotal), asked);
    assert.equal(world.saidIn(discord.scene.alerts).length, 2);
  });
});

test('a blocked file is acted upon without a request, whatever it is', async (t) => {
  const notes: SandboxFile = { name: 'notes.txt', content: 'an unwanted text' };
  const block = [{ sha256: hashOf(notes), name: 'unwanted', by: '12345678901234567', at: 0 }];
  const world = await startWatching(t, {
    block,
    policies: { ...defaultPolicies, malicious: ['alert', 'delete'] },
  });
  const message = world.discord.post({ files: [notes] });
  await world.alerts(1, /Blocked in this server[\s\S]*Deleted the message/);
  assert.ok(!isThere(world, message));
  assert.equal(costOf(world.virusTotal), 0);
});

test('a genuine image whose SHA-256 is blocked is found, though images are not scanned', async (t) => {
  const header = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de', 'hex');
  const [blocked, other] = ['lure', 'cat'].map((name) => ({
    name: `${name}.png`,
    content: Buffer.concat([header, Buffer.from(name)]),
  }));
  assert.ok(blocked && other);
  const sha256 = createHash('sha256').update(blocked.content).digest('hex');
  const world = await startWatching(t, { block: [{ sha256, name: 'lure', by: '12345678901234567', at: 0 }] });
  const harmless = world.discord.post({ files: [other] });
  await world.marked(world.discord.post({ files: [blocked] }), markOf('blocked'));
  await world.alerts(1, /Blocked in this server/);
  assert.deepEqual(world.marksOn(harmless), []);
  assert.equal(costOf(world.virusTotal), 0);
});

test('the alert channel hears once a day that files wait for the quota, and they are scanned after midnight', async (t) => {
  const limits = { perMinute: 100, perDay: 2, perMonth: 1_000 };
  const files = [1, 2, 3, 4, 5].map(malicious);
  const known = files.map(({ content }) => ({ content: Buffer.from(String(content)) }));
  const world = await startWatching(t, {}, { bot: { limits }, virusTotal: { ...limits, known } });
  const { discord, jump, restart } = world;
  const messages = files.map((file) => discord.post({ files: [file] }));
  const isMarked = (message: Message) => world.marksOn(message).includes(markOf('malicious'));
  const notices = () => world.saidIn(discord.scene.alerts).filter(({ content }) => /quota is used up/.test(content));

  await discord.waitFor(() => notices().length === 1 && messages.filter(isMarked).length === 2);
  await restart();
  jump(24 * 60 * minute);
  await discord.waitFor(() => notices().length === 2 && messages.filter(isMarked).length === 4);
  jump(24 * 60 * minute);
  for (const message of messages) await world.marked(message, markOf('malicious'));
  assert.equal(notices().length, 2);
  assert.equal(world.virusTotal.model.refused, 0);
});
