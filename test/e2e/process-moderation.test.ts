import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PermissionFlagsBits as Bits } from 'discord.js';
import { enUS } from '../../src/locales/en-US.ts';
import { ask, confirm, lineOf } from './alertCase.ts';
import { type BotProcess, startProcessWorld } from './botProcess.ts';
import { marked } from './calls.ts';
import { silent, storeSettings } from './watching.ts';
import { textOf } from './world.ts';

const patienceMs = 60_000;

interface Fault {
  method: string;
  path: RegExp;
  /** Discord does it, and only the answer is lost. */
  performed: boolean;
}

/** Deletion and time-out, and every other act, are interrupted at each step in one process: `discord/moderation/crash.test.ts`. */
test('a bot that is killed at the alert and at a press does everything exactly once, and says so', async (t) => {
  const world = await startProcessWorld(t);
  const { discord } = world;
  const { guild, alerts, member, owner, botRole } = discord.scene;
  discord.changeRole(botRole, BigInt(botRole.permissions) | Bits.BanMembers);
  const malicious = ['alert' as const, 'delete' as const, 'timeOut' as const];
  const policies = { ...silent.policies, malicious };
  const chosen = { ...silent, watch: 'all', upload: 'auto', alertChannel: alerts.id, policies } as const;
  await storeSettings(world.dataDir, guild.id, chosen);

  const said = () => discord.messagesIn(alerts, owner).filter(({ embeds }) => embeds.length > 0);
  const says = (text: string) => discord.waitFor(() => said().some((one) => textOf(one).includes(text)), patienceMs);
  const isMet = ({ method, path }: Fault) =>
    discord.requests.some((one) => one.method === method && path.test(one.path) && one.status === 503);
  const fault = (one: Fault) => discord.fail({ ...one, status: 503, times: 1e6 });
  async function kill(bot: BotProcess, met: Fault): Promise<void> {
    await discord.waitFor(() => isMet(met), patienceMs);
    bot.kill('SIGKILL');
    await bot.exited();
    discord.calm();
  }

  const alert: Fault = { method: 'POST', path: new RegExp(`channels/${alerts.id}/messages$`), performed: true };
  fault(alert);
  let bot = await world.start();
  const message = discord.post({ files: [{ name: 'tool.exe', content: marked('malicious') }] });
  await kill(bot, alert);

  bot = await world.start();
  await says(enUS.alerts.acts.tellAuthor.did(undefined, '', '', ''));
  const [shown = assert.fail('there is no alert')] = said();
  const question = await ask({ discord, alert: shown, message }, 'ban', owner).next();
  const ban: Fault = { method: 'PUT', path: /\/bans\/\d+$/, performed: true };
  fault(ban);
  // The moderator has heard that the ban is under way.
  await confirm({ discord }, question, owner).next(({ content }) => content === enUS.alerts.noted);
  await kill(bot, ban);
  await world.start();
  await says(lineOf('ban', owner));

  const count = (kind: number) => discord.world.auditLog.filter(({ action_type }) => action_type === kind).length;
  const letters = discord.messagesIn(discord.directChannel(member), member).length;
  assert.deepEqual(
    { alerts: said().length, deleted: count(72), timedOut: count(24), banned: count(22), letters },
    { alerts: 1, deleted: 1, timedOut: 1, banned: 1, letters: 2 },
  );
});
