import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startProcessWorld } from './botProcess.ts';
import { marked } from './calls.ts';
import { silent, storeSettings, strict } from './watching.ts';
import { textOf } from './world.ts';

const patienceMs = 60_000;

describe('a bot killed in the middle of its alert or time-out does each exactly once', {
  concurrency: 3,
}, () => {
  const places: [string, string, RegExp][] = [
    ['alert', 'POST', /messages$/],
    ['time-out', 'PATCH', /members/],
  ];
  for (const [what, method, path] of places) {
    test(`when the answer to its ${what} was lost`, async (t) => {
      const world = await startProcessWorld(t);
      const { discord } = world;
      const { guild, alerts, member, owner } = discord.scene;
      const policies = { ...silent.policies, malicious: strict.malicious.slice(2) };
      await storeSettings(world.dataDir, guild.id, {
        ...silent,
        watch: 'all',
        upload: 'auto',
        alertChannel: alerts.id,
        policies,
      });
      const bot = await world.start();
      discord.fail({ method, path, status: 503, times: 1e6, performed: true });
      discord.post({ files: [{ name: 'tool.exe', content: marked('malicious') }] });
      const isMet = () =>
        discord.requests.some((one) => one.method === method && path.test(one.path) && one.status === 503);
      await discord.waitFor(isMet, patienceMs);
      bot.kill('SIGKILL');
      await bot.exited();
      discord.calm();
      await world.start();

      const said = () => discord.messagesIn(alerts, owner);
      await discord.waitFor(() => said().some((message) => /Told the author/.test(textOf(message))), patienceMs);
      const count = (kind: number) => discord.world.auditLog.filter(({ action_type }) => action_type === kind).length;
      const letters = discord.messagesIn(discord.directChannel(member), member).length;
      assert.deepEqual([said().length, count(72), count(24), letters], [1, 1, 1, 1]);
    });
  }
});
