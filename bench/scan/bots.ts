import { fileURLToPath } from 'node:url';
import { REST } from 'discord.js';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { loadCommands } from '../../src/discord/gateway/load.ts';
import { register } from '../../src/discord/gateway/registration.ts';
import { systemClock } from '../../src/scan/clock.ts';
import { type BotProcess, spawnBot, type Variables } from '../../test/e2e/botProcess.ts';

/** A bot that is ready, in a process of its own. */
export interface ReadyBot {
  /** From the spawn to its word that it is ready, in ms. */
  readyAfter: number;
  end(signal?: NodeJS.Signals): Promise<void>;
}

export interface Limits {
  perMinute: number;
  perDay: number;
  perMonth: number;
}

/** Of a free key. */
export const freeKey: Limits = { perMinute: 4, perDay: 500, perMonth: 15_500 };

const commandFolder = fileURLToPath(new URL('../../commands', import.meta.url));
/** Loaded as vtscan is, so that the loader's time counts on both sides. */
const bareBot = [process.execPath, '--import', import.meta.resolve('tsx'), new URL('bareBot.ts', import.meta.url)].map(
  (word) => (word instanceof URL ? fileURLToPath(word) : word),
);

/** Processes that run. They lead groups of their own: an interrupted run would leave them behind. */
const running = new Set<BotProcess>();
process.on('exit', () => {
  for (const bot of running) bot.killAll('SIGKILL');
});

/** A sandbox in which the commands are registered already, as at every start but the first. */
export async function openSandbox(limits: Limits): Promise<Sandbox> {
  const sandbox = await startSandbox({ clock: systemClock, virusTotal: limits });
  const { apiUrl, token, world } = sandbox.discord;
  const commands = Array.from((await loadCommands(commandFolder)).values(), ({ data }) => data);
  const rest = new REST({ api: apiUrl, version: '10' }).setToken(token);
  await register(commands, rest, world.application.id, undefined);
  return sandbox;
}

export function startVtscan(sandbox: Sandbox, dataDir: string, limits: Limits): Promise<ReadyBot> {
  const { discord, virusTotal } = sandbox;
  return ready(() =>
    spawnTracked({
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      ATTACHMENT_HOSTS: discord.host,
      VIRUSTOTAL_API_KEY: virusTotal.key,
      VIRUSTOTAL_API_URL: virusTotal.url,
      VIRUSTOTAL_USER: virusTotal.userId,
      VIRUSTOTAL_PER_MINUTE: String(limits.perMinute),
      VIRUSTOTAL_PER_DAY: String(limits.perDay),
      VIRUSTOTAL_PER_MONTH: String(limits.perMonth),
      DATA_DIR: dataDir,
    }),
  );
}

export function startBareBot({ discord }: Sandbox): Promise<ReadyBot> {
  return ready(() => spawnTracked({ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl }, bareBot));
}

function spawnTracked(variables: Variables, command?: readonly string[]): BotProcess {
  const bot = spawnBot(variables, command && { command });
  running.add(bot);
  return bot;
}

async function ready(spawned: () => BotProcess): Promise<ReadyBot> {
  const begin = performance.now();
  const bot = spawned();
  await bot.says(/"msg":"ready"/);
  const readyAfter = performance.now() - begin;
  return {
    readyAfter,
    async end(signal = 'SIGTERM') {
      bot.kill(signal);
      await bot.exited();
      running.delete(bot);
    },
  };
}
