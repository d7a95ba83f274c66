import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { serverKeySchema } from '../../src/keys/storedKey.ts';
import { secretKeyOf } from '../../src/secrets/secretKey.ts';
import { openStore } from '../../src/store/store.ts';
import { callsTo, marked, nextCall } from './calls.ts';
import { askedBy, enter, ownKey, quotas, withKey } from './ownKey.ts';
import { panelOf } from './panel.ts';
import { says, startWorld, textOf, type World } from './world.ts';

const minute = 60_000;
const file = (number: number) => ({ name: `${number}.exe`, content: marked('malicious', number) });

async function withAlerts(world: World): Promise<void> {
  const panel = panelOf(world);
  await panel.open();
  await panel.go('alerts');
  await panel.set('alertChannel', [world.discord.scene.alerts.id]);
}

/** Every byte that the bot has written. */
async function written(dir: string): Promise<Buffer> {
  const names = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = names.filter((one) => one.isFile()).map((one) => readFile(join(one.parentPath, one.name)));
  return Buffer.concat(await Promise.all(files));
}

describe("a server's own VirusTotal key", { concurrency: 4 }, () => {
  test('is checked, serves the scans of its server, and is shown by its last four characters only', async (t) => {
    const world = await startWorld(t);
    withKey(world, { perMinute: 7, perDay: 70, perMonth: 700 });
    await withAlerts(world);
    const text = await enter(world, `  ${ownKey}\n`);
    assert.match(text, /ending in \*\*`cdef`\*\*, entered by <@\d+>/);
    assert.match(text, /7 requests a minute, 70 a day and 700 a month/);
    await world.discord.waitFor(() => /entered a VirusTotal key/.test(allTextIn(world)));

    await says(world.scan(file(1)), /Malicious/);
    assert.equal(askedBy(world, world.virusTotal.userId), 0);
    assert.ok(askedBy(world, 'own') > 0);
    const quota = textOf(await says(world.discord.invoke({ command: 'vtquota' }), /quota/i));
    assert.match(quota, /own key, ending in `cdef`/);
    assert.match(quota, /\/70 used/);

    const seen = JSON.stringify([world.discord.requests, world.log.lines, world.virusTotal.requests, allTextIn(world)]);
    assert.doesNotMatch(seen, new RegExp(ownKey));
    assert.equal((await written(world.dataDir)).indexOf(ownKey), -1);
    assert.equal((await stat(join(world.dataDir, 'secret.key'))).mode & 0o777, 0o600);
  });

  test('that VirusTotal refuses, and whatever is no key, changes nothing and is not stored', async (t) => {
    const world = await startWorld(t);
    const scanned = textOf(await says(world.scan(file(1)), /Malicious/));
    const token = /[0-9a-f]{64}/.exec(scanned)?.[0] ?? assert.fail(scanned);
    const before = world.virusTotal.requests.length;
    const botToken = `${'M'.repeat(24)}.GAbcde.${'x'.repeat(38)}`;
    for (const typed of ['a b', 'x', 'ключ'.repeat(16), botToken, token, `${ownKey} ${ownKey}`, '`'.repeat(200)])
      assert.match(await enter(world, typed), /That is no VirusTotal key|VirusTotal refuses that key/, typed);
    const sent = world.virusTotal.requests.slice(before).filter(({ endpoint }) => endpoint === quotas);
    assert.ok(sent.length <= 1, 'only what may be a key is sent to VirusTotal');
    assert.match(await enter(world, ownKey), /VirusTotal refuses that key/);
    world.virusTotal.fail({ endpoint: quotas, status: 503, times: 1 });
    assert.match(await enter(world, ownKey), /cannot be reached/);
    withKey(world);
    assert.match(await enter(world, ownKey), /ending in/);
  });

  test('survives a restart and a rotation of SECRET_KEY; without any of its secrets it is to be entered again', async (t) => {
    const [before, now] = [secretKeyOf(Buffer.alloc(32, 1)), secretKeyOf(Buffer.alloc(32, 2))];
    const world = await startWorld(t, { configure: (config) => ({ ...config, secretKeys: [before] }) });
    withKey(world);
    await enter(world, ownKey);
    for (const secretKeys of [[now, before], [now]]) {
      world.settings.secretKeys = secretKeys;
      await world.restart();
      const done = askedBy(world, 'own');
      await says(world.scan(file(secretKeys.length)), /Malicious/);
      assert.ok(askedBy(world, 'own') > done);
    }
    world.settings.secretKeys = [before];
    await world.restart();
    const waiting = world.scan(file(7));
    await says(waiting, /this server's VirusTotal key does not work/);
    const panel = panelOf(world);
    await panel.open();
    assert.match(await panel.go('key'), /no longer be decrypted/);
    assert.match(await enter(world, ownKey, { button: 'Replace it …' }), /ending in/);
    await says(waiting, /Malicious/);
  });

  test('that is refused waits with words, touches no other key, and falls back only if the server chose to', async (t) => {
    const world = await startWorld(t);
    const key = withKey(world);
    await enter(world, ownKey);
    key.revoke();
    const waiting = world.scan(file(1));
    await says(waiting, /this server's VirusTotal key does not work/);
    assert.equal(world.bot().overview().key, 'accepted');
    assert.equal(askedBy(world, world.virusTotal.userId), 0);

    const panel = panelOf(world);
    await panel.open();
    await panel.go('key');
    await panel.press("If it is refused or used up, use the bot's key: off");
    await says(waiting, /Malicious/);
    assert.ok(askedBy(world, world.virusTotal.userId) > 0);
    key.restore();
    const tried = nextCall(world.virusTotal, quotas);
    world.jump(3 * minute);
    await tried;
  });

  test('is removed by a moderator, and told, and erased when the server is left', async (t) => {
    const world = await startWorld(t);
    withKey(world);
    await withAlerts(world);
    await enter(world, ownKey);
    const panel = panelOf(world);
    await panel.open();
    await panel.go('key');
    assert.match(await panel.press('Remove it'), /uses the key of whoever runs this bot/);
    await world.discord.waitFor(() => /removed the VirusTotal key/.test(allTextIn(world)));
    await says(world.scan(file(1)), /Malicious/);
    assert.equal(askedBy(world, 'own'), 0);

    await enter(world, ownKey);
    const { guild } = world.discord.scene;
    world.discord.removeBot(guild);
    let tries = 0;
    while (await hasKey(world)) assert.ok(tries++ < 200, 'the key is still stored');
  });

  test('is needed where the operator lends none, and that is said', async (t) => {
    const world = await startWorld(t, { configure: (config) => ({ ...config, sharedKey: 'off' }) });
    withKey(world);
    const text = textOf(await says(world.scan(file(1)), /needs its own VirusTotal key/));
    assert.match(text, /moderator/);
    assert.equal(callsTo(world.virusTotal, 'GET /files/{id}'), 0);
    await enter(world, ownKey);
    await says(world.scan(file(1)), /Malicious/);
  });
});

const allTextIn = ({ discord }: World) =>
  discord.messagesIn(discord.scene.alerts, discord.scene.moderator).map(textOf).join('\n');

async function hasKey({ dataDir, clock }: World): Promise<boolean> {
  const store = await openStore({ dir: dataDir, clock, log: () => {} });
  const rows = await store.collection('serverKeys', serverKeySchema).all();
  await store.close();
  return rows.length > 0;
}
