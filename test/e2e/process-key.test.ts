import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startProcessWorld } from './botProcess.ts';
import { nextCall } from './calls.ts';
import { ownKey, quotas, withKey } from './ownKey.ts';
import { panelOf } from './panel.ts';
import { storeSettings } from './watching.ts';
import { textOf } from './world.ts';

const patienceMs = 60_000;

/** What happens between two writes is in test/discord/settings/serverKeys.test.ts. */
test('a bot that is killed while a key is checked has none; killed before it is told, it has the key and tells it once', async (t) => {
  const world = await startProcessWorld(t);
  const { discord, virusTotal, dataDir } = world;
  const { scene } = discord;
  await storeSettings(dataDir, scene.guild.id, { alertChannel: scene.alerts.id });
  withKey(world);
  const told = () => discord.messagesIn(scene.alerts, scene.moderator).filter((one) => one.content.includes('🔑'));
  const enter = async () => {
    const panel = panelOf(world);
    await panel.open();
    await panel.go('key');
    return panel.fill(panel.pressed('Enter a key …'), { key: ownKey });
  };
  const keyPage = async () => {
    const panel = panelOf(world);
    await panel.open();
    return panel.go('key');
  };

  const first = await world.start();
  const arrived = nextCall(virusTotal, quotas, 'arrived');
  virusTotal.slow(5_000);
  await enter();
  await arrived;
  first.kill('SIGKILL');
  await first.exited();
  virusTotal.calm();

  const second = await world.start();
  assert.match(await keyPage(), /uses the key of whoever runs this bot/);
  discord.fail({ path: /\/messages$/, method: 'POST', status: 500, times: 1_000 });
  const entered = await enter();
  await entered.next((message) => /ending in/.test(textOf(message)), patienceMs);
  await discord.waitFor(() => discord.requests.some(({ method, status }) => method === 'POST' && status === 500));
  second.kill('SIGKILL');
  await second.exited();
  discord.calm();
  assert.deepEqual(told(), []);

  await world.start();
  await discord.waitFor(() => told().length > 0, patienceMs);
  assert.match(await keyPage(), /ending in \*\*`cdef`\*\*/);
  assert.equal(told().length, 1);
});
