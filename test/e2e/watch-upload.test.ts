import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SandboxFile } from '../../sandbox/discord/storedFile.ts';
import { knownServerSchema } from '../../src/app/servers.ts';
import { systemClock } from '../../src/scan/clock.ts';
import { openStore } from '../../src/store/store.ts';
import { callsTo, marked } from './calls.ts';
import { startWatching } from './watching.ts';
import { labelIn, says, textOf, tokensIn } from './world.ts';

const malicious: SandboxFile = { name: 'tool.exe', content: marked('malicious') };
const button = 'Upload to VirusTotal?';

describe('uploading is a decision', { concurrency: 4 }, () => {
  test('a watched file that VirusTotal has never seen waits for its author or a moderator, also after a restart', async (t) => {
    const world = await startWatching(t, { upload: 'ask' });
    const { discord, virusTotal } = world;
    const message = discord.post({ files: [malicious] });
    const question = await world.repliedTo(message, /An upload is shared with its partners/);
    await world.marked(message, '🆕');
    assert.equal(callsTo(virusTotal, 'POST /files'), 0);

    const stranger = discord.join('stranger');
    const refused = discord.press(question, button, stranger);
    assert.match((await refused.next()).content, /Only the person who shared that file/);
    assert.ok(refused.isEphemeral());
    await world.restart();
    discord.press(question, button, discord.scene.moderator);
    await world.repliedTo(message, /⛔ Malicious/);
    await world.marked(message, '⛔');
    await world.alerts(1, /tool\.exe/);
    assert.equal(callsTo(virusTotal, 'POST /files'), 1);
    assert.equal(world.saidIn(discord.scene.files).length, 1);
  });

  test('without uploads an unknown file stays unknown, and says so', async (t) => {
    const world = await startWatching(t, { upload: 'hash-only', noise: 'verbose' });
    const message = world.discord.post({ files: [malicious] });
    await world.repliedTo(message, /🆕 Unknown[\s\S]*never seen it, and it was not uploaded/);
    await world.marked(message, '🆕');
    await says(world.scan(malicious), /🆕 Unknown[\s\S]*it was not uploaded/);
    assert.equal(callsTo(world.virusTotal, 'POST /files'), 0);
  });

  test('`/vtscan` asks whoever shared the file, and Scan attachments does not ask a bystander', async (t) => {
    const world = await startWatching(t, { upload: 'ask', watch: 'none' });
    const { discord } = world;
    const handle = world.scan([malicious, { name: 'b.exe', content: marked('clean', 1) }]);
    const asked = await handle.next(({ components }) => components.some((row) => row.components.length === 2));
    discord.press(asked, `${button} · tool.exe`);
    await says(handle, /⛔ Malicious[\s\S]*🆕 \*\*b\.exe\*\* Unknown/);

    const shared = discord.post({ files: [{ name: 'c.exe', content: marked('clean', 2) }] });
    const bystander = discord.join('bystander');
    const other = discord.invokeOnMessage({ command: 'Scan attachments', message: shared, member: bystander });
    const question = await other.next((message) => labelIn(message, /^Upload/) !== '');
    assert.match((await discord.press(question, button, bystander).next()).content, /Only the person who shared/);
    discord.press(question, button);
    await says(other, /✅/);
  });

  test('a member is told once a server that files are shared', async (t) => {
    const world = await startWatching(t);
    const told = /it shares them with its partners/;
    const seen = async (handle: ReturnType<typeof world.scan>) => told.test(textOf(await says(handle, /⛔|✅/)));
    assert.equal(await seen(world.scan(malicious)), true);
    await world.restart();
    assert.equal(await seen(world.scan(malicious)), false);
    assert.equal(await seen(world.scan(malicious, { member: world.discord.scene.moderator })), true);
  });
});

describe('what is kept', { concurrency: 4 }, () => {
  test('a member deletes their own scan, and nobody else does', async (t) => {
    const world = await startWatching(t);
    const { discord } = world;
    const [token = ''] = tokensIn(await says(world.scan(malicious), /Malicious/));
    const others = await says(world.result(token, discord.scene.moderator), /Malicious/);
    assert.ok(!JSON.stringify(others.components).includes('Delete this scan'));
    const own = await says(world.result(token), /Malicious/);
    assert.match((await discord.press(own, 'Delete this scan').next()).content, /deleted here/);
    assert.match((await world.result(token).next()).content, /Unknown token/);
  });

  test('a server that the bot has left while it was down is forgotten at the next start, and no other is', async (t) => {
    const world = await startWatching(t, { noise: 'verbose' });
    const { discord } = world;
    const { guild, botRole, owner, visitor } = discord.scene;
    const [token = ''] = tokensIn(await says(world.scan(malicious), /Malicious/));
    await world.restart();
    await says(world.result(token), /Malicious/);
    await world.stop();
    discord.removeBot(guild);
    await world.start();
    const answer = async () => (await world.result(token, visitor).next()).content;
    while (!/Unknown token/.test(await answer()));
    discord.inviteBot(guild, [botRole]);
    const panel = async () => textOf(await discord.invoke({ command: 'vtconfig', member: owner }).next());
    while (!/nothing yet/.test(await panel()));
  });

  test('a server with an outage while the bot starts is not forgotten, and is caught up when the outage ends', async (t) => {
    const world = await startWatching(t);
    const { discord } = world;
    const { guild, secondGuild, owner } = discord.scene;
    const [token = ''] = tokensIn(await says(world.scan(malicious), /Malicious/));
    await world.stop();
    discord.removeBot(secondGuild);
    const missed = discord.post({ files: [{ name: 'b.exe', content: marked('clean', 1) }] });
    discord.setOutage(guild, true);
    await world.start();
    const store = await openStore({ dir: world.dataDir, clock: systemClock, log: () => {} });
    const known = store.collection('servers', knownServerSchema);
    while (await known.get(secondGuild.id));
    await store.close();
    await says(world.result(token), /Malicious/);
    discord.setOutage(guild, false);
    await world.marked(missed, '✅');
    assert.match(textOf(await discord.invoke({ command: 'vtconfig', member: owner }).next()), /every channel/);
  });

  test('a server that the bot has left is forgotten: settings, scans, messages and cases', async (t) => {
    // A ring may be on its way to a reply when the bot is removed.
    const world = await startWatching(t, { noise: 'verbose' }, { refusals: 'expected' });
    const { discord } = world;
    const { guild, botRole } = discord.scene;
    discord.post({ files: [malicious] });
    await world.alerts();
    const [token = ''] = tokensIn(await says(world.scan(malicious), /Malicious/));
    discord.removeBot(guild);
    const { visitor, owner } = discord.scene;
    const answer = async () => (await world.result(token, visitor).next()).content;
    while (!/Unknown token/.test(await answer()));
    discord.inviteBot(guild, [botRole]);
    const panel = async () => textOf(await discord.invoke({ command: 'vtconfig', member: owner }).next());
    while (!/nothing yet/.test(await panel()));
  });
});
