import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { knownServerSchema } from '../../src/app/servers.ts';
import { serverKeySchema } from '../../src/keys/storedKey.ts';
import { secretKeyOf } from '../../src/secrets/secretKey.ts';
import { backUp } from '../../src/store/sqlite/backup.ts';
import { openStore } from '../../src/store/store.ts';
import { callsTo, marked, nextCall } from './calls.ts';
import { askedBy, enter, ownKey, quotas, traces, withKey, written } from './ownKey.ts';
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
    await backUp(join(world.dataDir, 'vtscan.sqlite'), join(world.dataDir, 'backup.sqlite'), world.clock);
    assert.deepEqual(await traces(world), []);
    await world.stop();
    assert.deepEqual(await traces(world), [], 'nor after a stop');
    assert.equal((await stat(join(world.dataDir, 'secret.key'))).mode & 0o777, 0o600);
  });

  test('that VirusTotal refuses, and whatever is no key, changes nothing and is not stored', async (t) => {
    const world = await startWorld(t);
    const scanned = textOf(await says(world.scan(file(1)), /Malicious/));
    const token = /[0-9a-f]{64}/.exec(scanned)?.[0] ?? assert.fail(scanned);
    const before = world.virusTotal.requests.length;
    const botToken = `${'M'.repeat(24)}.GAbcde.${'x'.repeat(38)}`;
    const webhook = `https://discord.com/api/webhooks/${'1'.repeat(18)}/${'y'.repeat(68)}`;
    const typed = ['a b', 'ключ'.repeat(16), botToken, webhook, token, `${ownKey}\n${ownKey}`, '`'.repeat(200)];
    for (const one of typed) assert.match(await enter(world, one), /That is not a VirusTotal key.*sent to nobody/, one);
    const sent = world.virusTotal.requests.slice(before).filter(({ endpoint }) => endpoint === quotas);
    assert.deepEqual(sent, [], 'only what may be a key is sent to VirusTotal');
    assert.match(await enter(world, ownKey), /VirusTotal refuses that key/);
    const seen = JSON.stringify([world.discord.requests, world.log.lines]);
    for (const one of [ownKey, botToken, webhook]) {
      assert.ok(!seen.includes(one));
      assert.equal((await written(world.dataDir)).indexOf(one), -1);
    }
    world.virusTotal.fail({ endpoint: quotas, status: 503, times: 1 });
    assert.match(await enter(world, ownKey), /cannot be reached/);
    withKey(world);
    assert.match(await enter(world, `\u200b${ownKey}\u200b`), /ending in/);
  });

  test('is taken unchecked by the v2 API, which says so, and waits with words if VirusTotal refuses it', async (t) => {
    const world = await startWorld(t, {
      configure: ({ virusTotal, ...config }) => ({
        ...config,
        virusTotal: { ...virusTotal, version: '2', url: virusTotal.url.replace('api/v3', 'vtapi/v2') },
      }),
    });
    const text = await enter(world, ownKey);
    assert.match(
      text,
      /does not tell this bot whether the key works.*4 requests a minute, 500 a day and 15,500 a month/,
    );
    assert.deepEqual(world.virusTotal.requests, []);
    const waiting = world.scan(file(1));
    await says(waiting, /this server's VirusTotal key does not work/);
    withKey(world);
    world.jump(3 * minute);
    await says(waiting, /Malicious/);
    assert.ok(!world.log.lines.some((line) => line.includes(ownKey)));
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
      if (secretKeys.length > 1) await logged(world, /"keys":1.*encrypted with the first SECRET_KEY now/);
    }
    world.settings.secretKeys = [before];
    await world.restart();
    const waiting = world.scan(file(7));
    await says(waiting, /this server's VirusTotal key does not work/);
    const panel = panelOf(world);
    await panel.open();
    assert.match(await panel.go('key'), /no longer be decrypted/);
    await logged(world, /"keys":1.*keys of servers cannot be decrypted/);
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
    await forgotten(world);
    assert.equal(await hasKey(world), false);

    world.discord.inviteBot(guild);
    await withAlerts(world);
    await enter(world, ownKey);
    await world.stop();
    world.discord.removeBot(guild);
    await world.start();
    await forgotten(world);
    assert.equal(await hasKey(world), false);
  });

  test('is not kept if the server is left while VirusTotal is asked about it', async (t) => {
    const world = await startWorld(t, { refusals: 'expected' });
    withKey(world);
    const panel = panelOf(world);
    await panel.open();
    await panel.go('key');
    world.virusTotal.slow(5_000);
    world.pause();
    const arrived = nextCall(world.virusTotal, quotas, 'arrived');
    const sent = await panel.fill(panel.pressed('Enter a key …'), { key: ownKey });
    await arrived;
    world.discord.removeBot(world.discord.scene.guild);
    await forgotten(world);
    world.resume();
    await says(sent, /uses the key of whoever runs this bot|Nothing was changed/);
    assert.equal(await hasKey(world), false);
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

/** Resolves when the log has a line that matches. */
async function logged({ log }: World, what: RegExp): Promise<void> {
  while (!log.lines.some((line) => what.test(line))) await new Promise((resolve) => setImmediate(resolve));
}

/** Resolves when the server that the bot has left is forgotten. */
async function forgotten(world: World): Promise<void> {
  const store = await openStore({ dir: world.dataDir, clock: world.clock, log: () => {} });
  const known = store.collection('servers', knownServerSchema);
  while (await known.get(world.discord.scene.guild.id));
  await store.close();
}

async function hasKey({ dataDir, clock }: World): Promise<boolean> {
  const store = await openStore({ dir: dataDir, clock, log: () => {} });
  const rows = await store.collection('serverKeys', serverKeySchema).all();
  await store.close();
  return rows.length > 0;
}
