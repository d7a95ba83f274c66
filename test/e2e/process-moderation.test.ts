import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PermissionFlagsBits as Bits } from 'discord.js';
import { enUS } from '../../src/locales/en-US.ts';
import { ask, confirm, lineOf } from './alertCase.ts';
import { startProcessWorld } from './botProcess.ts';
import { marked } from './calls.ts';
import { silent, storeSettings, strict } from './watching.ts';
import { textOf } from './world.ts';

const patienceMs = 60_000;

describe('a bot killed after a moderator heard that a ban is under way bans exactly once and says so', {
  concurrency: 3,
}, () => {
  const places: [string, { method: string; path: RegExp; performed: boolean }][] = [
    ['before Discord hears of it', { method: 'PUT', path: /\/bans\/\d+$/, performed: false }],
    ['after Discord did it, before that is recorded', { method: 'PUT', path: /\/bans\/\d+$/, performed: true }],
    ['before the alert says so', { method: 'PATCH', path: /\/messages\/\d+$/, performed: false }],
  ];
  for (const [what, trouble] of places) {
    test(what, async (t) => {
      const world = await startProcessWorld(t);
      const { discord } = world;
      const { guild, alerts, owner, botRole } = discord.scene;
      discord.changeRole(botRole, BigInt(botRole.permissions) | Bits.BanMembers);
      await storeSettings(world.dataDir, guild.id, { watch: 'all', noise: 'silent', alertChannel: alerts.id });
      const bot = await world.start();
      const message = discord.post({ files: [{ name: 'tool.exe', content: marked('malicious') }] });
      const said = () => discord.messagesIn(alerts, owner);
      const [alert = assert.fail()] = await discord.waitFor(() => said().length > 0 && said(), patienceMs);
      const question = await ask({ discord, alert, message }, 'ban', owner).next();
      discord.fail({ ...trouble, status: 503, times: 1e6 });
      await confirm({ discord }, question, owner).next(({ content }) => content === enUS.alerts.noted);
      const isMet = () =>
        discord.requests.some(
          ({ method, path, status }) => method === trouble.method && trouble.path.test(path) && status === 503,
        );
      await discord.waitFor(isMet, patienceMs);
      bot.kill('SIGKILL');
      await bot.exited();
      discord.calm();
      await world.start();

      const isSaid = () =>
        textOf(discord.world.messages.get(alert.id)?.message ?? alert).includes(lineOf('ban', owner));
      await discord.waitFor(isSaid, patienceMs);
      const bans = discord.world.auditLog.filter(({ action_type }) => action_type === 22).length;
      assert.deepEqual([guild.bans.length, bans], [1, 1]);
    });
  }
});

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
      await discord.waitFor(() => said().some((message) => /Sent a private message/.test(textOf(message))), patienceMs);
      const count = (kind: number) => discord.world.auditLog.filter(({ action_type }) => action_type === kind).length;
      const letters = discord.messagesIn(discord.directChannel(member), member).length;
      assert.deepEqual([said().length, count(72), count(24), letters], [1, 1, 1, 1]);
    });
  }
});
