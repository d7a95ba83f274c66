import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Message } from '../../sandbox/discord/model.ts';
import type { SandboxFile } from '../../sandbox/discord/storedFile.ts';
import { defaultPolicies } from '../../src/discord/settings/policies.ts';
import { confirm } from './alertCase.ts';
import { costOf } from './calls.ts';
import { startWatching, type WatchedWorld } from './watching.ts';
import { textOf } from './world.ts';

const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de', 'hex');
const picture = (number = 0) => ({ name: `image${number}.png`, content: Buffer.concat([png, Buffer.alloc(number)]) });

const spread = ({ discord }: WatchedWorld, count = 3, file: (number: number) => SandboxFile = () => picture()) =>
  Array.from({ length: count }, (_, number) =>
    discord.post({ channel: discord.addChannel(`room-${number}`), content: 'look', files: [file(number)] }),
  );

describe('a hijacked account', { concurrency: 4 }, () => {
  test('that posts the same image in three channels is one alert at once, without a request', async (t) => {
    const world = await startWatching(t);
    const messages = spread(world);
    const [alert] = await world.alerts(1, /Hijacked account\?/);
    assert.ok(alert);
    const channels = messages.map(({ channel_id }) => `<#${channel_id}>`);
    assert.match(textOf(alert), /posted an image with the same name and size in .* within \d+ s/);
    for (const channel of channels) assert.ok(textOf(alert).includes(channel), channel);
    for (const { id } of messages) assert.ok(textOf(alert).includes(id));
    assert.equal(costOf(world.virusTotal), 0);
  });

  test('that posts different images everywhere is one too, and what is posted in one or two channels is none', async (t) => {
    const world = await startWatching(t);
    const { discord } = world;
    for (let n = 0; n < 4; n++) discord.post({ member: discord.scene.moderator, files: [picture()] });
    spread(world, 3, picture);
    const [alert] = await world.alerts(1, /nothing but images/);
    assert.equal((await world.alerts()).length, 1);
    assert.ok(!textOf(alert ?? assert.fail()).includes(discord.scene.moderator.user.id));
  });

  test('loses all copies by one confirmed press, later ones included, and the author is told why', async (t) => {
    const world = await startWatching(t, {}, { refusals: 'expected' });
    const { discord } = world;
    const { owner, member } = discord.scene;
    const messages = spread(world, 4);
    const all = messages.map(({ id }) => `(?=[\\s\\S]*${id})`).join('');
    const [alert] = await world.alerts(1, new RegExp(all));
    const question = await discord.press(alert ?? assert.fail(), 'Delete…', owner).next();
    assert.match(textOf(question), /4 messages/);
    await confirm({ discord }, question, owner).next();
    await discord.waitFor(() => messages.every(({ id }) => !discord.world.messages.has(id)));
    const letter = () => discord.messagesIn(discord.directChannel(member), member).at(-1)?.content ?? '';
    await discord.waitFor(() => /change your Discord password/.test(letter()));
  });

  test('is quarantined or timed out where the policy says so, and staff are not', async (t) => {
    const policies = { ...defaultPolicies, hijacked: ['alert' as const, 'delete' as const, 'timeOut' as const] };
    const world = await startWatching(t, { policies }, { refusals: 'expected' });
    const { discord } = world;
    const { member, moderator } = discord.scene;
    const messages = spread(world);
    await discord.waitFor(() => member.communication_disabled_until !== null);
    await discord.waitFor(() => messages.every(({ id }) => !discord.world.messages.has(id)));
    const rooms = [4, 5, 6].map((n) => discord.addChannel(`staff-${n}`));
    const kept = rooms.map((channel) => discord.post({ channel, member: moderator, files: [picture(9)] }));
    await world.alerts(1, /Could not time out[^\n]*moderates here/);
    assert.ok(kept.every(({ id }) => discord.world.messages.has(id)));
  });

  test('is noticed also when the bot was down meanwhile, once', async (t) => {
    const world = await startWatching(t);
    const [first, ...others] = Array.from({ length: 3 }, (_, n) => world.discord.addChannel(`late-${n}`));
    world.discord.post({ channel: first ?? assert.fail(), files: [picture()] });
    await world.stop();
    for (const channel of others) world.discord.post({ channel, files: [picture()] });
    await world.start();
    await world.alerts(1, /an image with the same name/);
    await world.restart();
    await world.marked(world.discord.post({ files: [{ name: 'a.exe', content: 'x' }] }), '✅');
    assert.equal((await world.alerts()).length, 1);
  });
});

describe('copies of a hijacked account that are no images', { concurrency: 4 }, () => {
  const policies = { ...defaultPolicies, hijacked: ['alert' as const, 'delete' as const, 'timeOut' as const] };
  /** Genuine text: nobody asks VirusTotal about it. */
  const text = (content = 'free gifts', more: Partial<SandboxFile> = {}) => ({ name: 'gifts.txt', content, ...more });
  const isThere = ({ discord }: WatchedWorld, { id }: Message) => discord.world.messages.has(id);

  test('lose all of them when their bytes are the same, without a request', async (t) => {
    const world = await startWatching(t, { policies }, { refusals: 'expected' });
    const { discord } = world;
    const messages = spread(world, 4, () => text());
    await discord.waitFor(() => !messages.some((message) => isThere(world, message)));
    await world.alerts(1, /posted the same file in[\s\S]*Deleted 4 messages[\s\S]*Timed out/);
    assert.equal(costOf(world.virusTotal), 0);
  });

  test('keep those that are not the same, or that are gone, and the alert says so', async (t) => {
    const world = await startWatching(t, { policies }, { refusals: 'expected' });
    const gone = { kind: 'status' as const, status: 404 };
    const files = [text(), text(), text('FREE GIFTS'), text('free gifts', { misbehaviour: gone }), text()];
    const messages = spread(world, files.length, (number) => files[number] ?? text());
    const [alert] = await world.alerts(1, /The bytes are not the same[\s\S]*Could not be compared[\s\S]*Timed out/);
    const left = messages.map((message) => isThere(world, message));
    assert.deepEqual(left, [false, false, true, true, false]);
    for (const at of [2, 3])
      assert.match(textOf(alert ?? assert.fail()), new RegExp(`❗[^\\n]*<#${messages[at]?.channel_id}>`));
  });

  test('keep all when fewer than three are the same', async (t) => {
    const world = await startWatching(t, { policies });
    const messages = spread(world, 3, (number) => text(`gifts ${number}`));
    await world.alerts(1, /a file with the same name and size[\s\S]*The bytes are not the same[^\n]*3 messages/);
    assert.ok(messages.every((message) => isThere(world, message)));
    assert.equal(world.discord.scene.member.communication_disabled_until, null);
  });

  test('are compared once, also when the bot is stopped in the middle', async (t) => {
    const world = await startWatching(t, { policies }, { refusals: 'expected' });
    const { discord } = world;
    const stall = { kind: 'stall' as const, afterBytes: 4, times: 3 };
    const messages = spread(world, 3, (number) => text('free gifts', number === 2 ? { misbehaviour: stall } : {}));
    await world.alerts(1, /Comparing the message/);
    await world.restart();
    await discord.waitFor(() => !messages.some((message) => isThere(world, message)));
    await world.alerts(1, /Deleted 3 messages[\s\S]*Timed out[\s\S]*Sent a private message/);
    const { member } = discord.scene;
    const count = (kind: number) => discord.world.auditLog.filter(({ action_type }) => action_type === kind).length;
    const letters = discord.messagesIn(discord.directChannel(member), member).length;
    assert.deepEqual([count(72), count(24), letters, (await world.alerts()).length], [3, 1, 1, 1]);
  });
});
