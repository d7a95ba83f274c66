import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { callsTo, marked } from './calls.ts';
import { askedBy, enter, ownKey, quotas, withKey } from './ownKey.ts';
import { panelOf } from './panel.ts';
import { startWatching, type WatchedWorld } from './watching.ts';
import { says, type WorldOptions } from './world.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const file = (number: number) => ({ name: `${number}.exe`, content: marked('clean', number) });
const notices = ({ saidIn, discord }: WatchedWorld) =>
  saidIn(discord.scene.alerts)
    .map(({ content }) => content)
    .filter((content) => !content.startsWith('🔑') && content !== '');
const told = (world: WatchedWorld, what: RegExp) => notices(world).filter((content) => what.test(content)).length;
const sharing = (sharedKey: 'watching-needs-own' | 'off'): WorldOptions => ({
  configure: (config) => ({ ...config, sharedKey }),
});

describe("a watched server's own key", { concurrency: 4 }, () => {
  test('is needed for watched channels where the operator lends commands only: that is told once, and once that it is over', async (t) => {
    const world = await startWatching(t, {}, sharing('watching-needs-own'));
    const { discord, virusTotal } = world;
    withKey(world);
    const panel = panelOf(world);
    await panel.open();
    assert.match(await panel.go('key'), /To watch channels, this server needs a key of its own/);

    await world.marked(discord.post({ files: [file(1)] }), '❌');
    await discord.waitFor(() => told(world, /this server needs its own VirusTotal key/) === 1);
    assert.equal(callsTo(virusTotal, 'GET /files/{id}'), 0);
    // A command uses the operator's key. That makes no watched file a scanned one.
    await says(world.scan(file(2)), /No engine flagged it/);
    assert.ok(askedBy(world, virusTotal.userId) > 0);
    await world.marked(discord.post({ files: [file(3)] }), '❌');
    await world.restart();
    await world.marked(discord.post({ files: [file(4)] }), '❌');
    assert.equal(notices(world).length, 1);

    await enter(world, ownKey);
    await world.marked(discord.post({ files: [file(5)] }), '✅');
    await discord.waitFor(() => told(world, /Files in watched channels are scanned again/) === 1);
    await world.marked(discord.post({ files: [file(6)] }), '✅');
    assert.equal(notices(world).length, 2);
    assert.ok(askedBy(world, 'own') > 0);
  });

  test('that is refused is told once, also over a restart, and once that it works again', async (t) => {
    const world = await startWatching(t);
    const { discord, virusTotal } = world;
    const key = withKey(world);
    await enter(world, ownKey);
    key.revoke();
    const messages = [1, 2].map((number) => discord.post({ files: [file(number)] }));
    await discord.waitFor(() => told(world, /This server's VirusTotal key does not work/) === 1);
    await world.restart();
    messages.push(discord.post({ files: [file(3)] }));
    await world.marked(messages[2] ?? assert.fail(), '⏳');
    await says(world.scan(file(4)), /this server's VirusTotal key does not work[\s\S]*Tell the moderators/i);
    key.restore();
    world.jump(3 * minute);
    for (const message of messages) await world.marked(message, '✅');
    await discord.waitFor(() => told(world, /Files in watched channels are scanned again/) === 1);
    await world.marked(discord.post({ files: [file(5)] }), '✅');
    assert.equal(notices(world).length, 2);
    assert.equal(askedBy(world, virusTotal.userId), 0);
  });

  test("that is refused does not work again because the bot's key steps in", async (t) => {
    const world = await startWatching(t);
    const { discord, virusTotal } = world;
    const key = withKey(world);
    await enter(world, ownKey);
    key.revoke();
    const first = discord.post({ files: [file(1)] });
    await discord.waitFor(() => told(world, /does not work/) === 1);
    const panel = panelOf(world);
    await panel.open();
    await panel.go('key');
    await panel.press("If it is refused or used up, use the bot's key: off");
    await world.marked(first, '✅');
    await world.marked(discord.post({ files: [file(2)] }), '✅');
    assert.ok(askedBy(world, virusTotal.userId) > 0);
    assert.equal(notices(world).length, 1);
  });

  test('that is used up is told once a day, with the time, and the files continue by themselves', async (t) => {
    const limits = { perMinute: 1_000, perDay: 100, perMonth: 10_000 };
    const world = await startWatching(t);
    const { discord, virusTotal } = world;
    const key = withKey(world, limits);
    await enter(world, ownKey);
    key.setUsed({ day: limits.perDay });
    const messages = [1, 2].map((number) => discord.post({ files: [file(number)] }));
    await discord.waitFor(() => told(world, /Today's VirusTotal quota is used up.*<t:\d+:R>/) === 1);
    await says(world.scan(file(3)), /VirusTotal's daily quota is used up/);
    assert.equal(askedBy(world, virusTotal.userId), 0);
    world.jump(day);
    for (const message of messages) await world.marked(message, '✅');
    assert.equal(notices(world).length, 1);
    assert.equal(key.account.model.refused, 0);
  });

  test("an answer by a server's own key does not mean that the operator's works", async (t) => {
    const world = await startWatching(t);
    const { discord, virusTotal } = world;
    const { lobby, secondGuild, visitor } = discord.scene;
    virusTotal.revokeKey();
    const waiting = discord.post({ files: [file(1)] });
    await discord.waitFor(() => told(world, /refuses the API key of this bot/) === 1);
    withKey(world);
    const owner = secondGuild.members.find(({ user }) => user.id === secondGuild.owner_id) ?? assert.fail();
    await enter(world, ownKey, { member: owner });
    const done = discord.invoke({ command: 'vtscan', member: visitor, channel: lobby, options: { file: file(2) } });
    await says(done, /No engine flagged it/);
    await world.marked(waiting, '⏳');
    virusTotal.restoreKey();
    world.jump(3 * minute);
    await world.marked(waiting, '✅');
    await discord.waitFor(() => told(world, /accepts the API key of this bot again/) === 1);
    assert.equal(notices(world).length, 2);
    assert.ok(virusTotal.requests.some(({ endpoint }) => endpoint === quotas));
  });
});
