import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { GatewayCloseCodes } from 'discord.js';
import { startProcessWorld } from './botProcess.ts';
import { textOf } from './world.ts';

const patienceMs = 60_000;
const verdict = /No engine flagged it/;
const scan = { command: 'vtscan', options: { file: { name: 'notes.txt', content: 'something new' } } };

describe('a bot that is asked to stop', { concurrency: 4 }, () => {
  for (const { signal, next } of [
    { signal: 'SIGTERM', next: ', and its next start goes on' },
    { signal: 'SIGINT', next: '' },
  ] as const) {
    test(`ends by itself at ${signal} while VirusTotal analyses${next}`, async (t) => {
      const world = await startProcessWorld(t, { virusTotal: { analysisTime: () => 2_500 } });
      const { discord, virusTotal } = world;
      const bot = await world.start();
      const handle = discord.invoke(scan);
      await handle.next((message) => /analyzing/.test(textOf(message)), patienceMs);
      bot.kill(signal);
      assert.deepEqual(await bot.exited(), { code: 0, signal: null });
      assert.match(bot.output(), new RegExp(`"reason":"${signal}","msg":"stopping"`));
      // Only that this Node may be out of support.
      assert.doesNotMatch(bot.output(), /"level":[456]0(?!.*security fixes)/);
      assert.equal(discord.connections(), 0);
      if (!next) return;

      const again = await world.start();
      assert.doesNotMatch(again.output(), /commands registered/);
      await handle.next((message) => verdict.test(textOf(message)), patienceMs);
      assert.equal(virusTotal.requests.filter(({ endpoint }) => endpoint === 'POST /files').length, 1);
      assert.deepEqual(discord.messagesIn(discord.scene.files).length, 1);
    });
  }

  test('ends while Discord cannot be reached, as it is still starting', async (t) => {
    const world = await startProcessWorld(t);
    const bot = world.spawn({ DISCORD_API_URL: 'http://127.0.0.1:1/api' });
    await bot.says(/cannot be reached, trying again/);
    bot.kill('SIGTERM');
    assert.deepEqual(await bot.exited(), { code: 0, signal: null });
  });

  test('ends although it was started by npm, whoever gets the signal', async (t) => {
    const world = await startProcessWorld(t);
    const byNpm = { command: ['npm', 'start', '--silent'] };
    const other = { DATA_DIR: join(world.dataDir, 'other') };
    const [told, interrupted] = await Promise.all([world.start({}, byNpm), world.start(other, byNpm)]);
    told.kill('SIGTERM');
    interrupted.killAll('SIGINT');
    for (const bot of [told, interrupted]) {
      await bot.exited();
      assert.match(bot.output(), /"msg":"stopping"/);
      assert.doesNotMatch(bot.output(), /stopped at once|stopped late/);
    }
    assert.equal(world.discord.connections(), 0);
  });
});

test('a bot that Discord shuts out while it runs ends with code 1 and the reason', async (t) => {
  const world = await startProcessWorld(t);
  const bot = await world.start();
  world.discord.dropGateway({ resumable: false, code: GatewayCloseCodes.AuthenticationFailed });
  assert.deepEqual(await bot.exited(), { code: 1, signal: null });
  assert.match(await bot.says(/"msg":"stopping"/), /refuses DISCORD_TOKEN/);
});
