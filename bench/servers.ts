import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Channel, Message } from '../sandbox/discord/model.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { systemClock } from '../src/scan/clock.ts';
import { type BotProcess, spawnBot, type Variables } from '../test/e2e/botProcess.ts';
import { processorTime, tick } from './processorTime.ts';
import { addServers } from './servers/crowdedDiscord.ts';

/**
 * What many servers cost one process: its memory, and its processor time for a message in a channel that is not watched, which
 * most messages are. A bare client of discord.js gets the same in the same run. It reads `/proc`, so it needs Linux.
 */
const { values } = parseArgs({
  options: {
    servers: { type: 'string', default: '2500' },
    channels: { type: 'string', default: '100' },
    messages: { type: 'string', default: '50000' },
  },
});
const [servers, channels, messages] = [values.servers, values.channels, values.messages].map(Number);
if (!servers || !channels || !messages) throw new Error('servers, channels and messages are numbers above 0');

const quiet = 1_000;
const bareClient = [
  process.execPath,
  '--import',
  import.meta.resolve('tsx'),
  fileURLToPath(new URL('servers/bareClient.ts', import.meta.url)),
];

interface Cost {
  /** MiB when all servers are known, after the messages, and at most. */
  ready: number;
  after: number;
  peak: number;
  /** Processor time of one message, in microseconds. */
  message: number;
}

const dataDir = mkdtempSync(join(tmpdir(), 'vtscan-bench-'));
const sandbox = await startSandbox({ clock: systemClock });
const all = addServers(sandbox.discord, servers, channels);
const example = sandbox.discord.post({
  content: 'Have a look at https://example.com/a and tell me what you think of it.',
  files: [{ name: 'notes.txt', content: 'x'.repeat(1_000) }],
});

const { apiUrl, token, host } = sandbox.discord;
const discord = { DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl };
const key = { VIRUSTOTAL_API_KEY: sandbox.virusTotal.key, VIRUSTOTAL_API_URL: sandbox.virusTotal.url };
const ours = { ...discord, ...key, ATTACHMENT_HOSTS: host, DATA_DIR: dataDir };
console.log(`${servers} servers of ${channels} channels, ${messages} messages with a file and a link, none watched`);
print('bare client', await costOf(sandbox, discord, bareClient));
print('vtscan', await costOf(sandbox, ours));
await sandbox.close();
await rm(dataDir, { recursive: true, force: true });

async function costOf(world: Sandbox, variables: Variables, command?: string[]): Promise<Cost> {
  const bot = spawnBot(variables, command && { command });
  process.once('exit', () => bot.killAll('SIGKILL'));
  await bot.says(/"msg":"ready"/);
  await rest(bot);
  const ready = (await memoryOf(bot)).now;
  const before = await processorTime(bot);
  await post(world, all, messages ?? 0);
  await rest(bot);
  const spent = (await processorTime(bot)) - before;
  const { now: after, peak } = await memoryOf(bot);
  bot.kill('SIGTERM');
  await bot.exited().catch(() => {});
  return { ready, after, peak, message: (spent * 1_000) / (messages ?? 1) };
}

function print(who: string, { ready, after, peak, message }: Cost): void {
  const [mib, us] = [(size: number) => `${size.toFixed(0)} MiB`, `${message.toFixed(1)} us`];
  console.log(`${who.padEnd(12)} ready ${mib(ready)}, after ${mib(after)}, peak ${mib(peak)}, a message ${us}`);
}

/** Each message in another channel, as in a large bot. */
async function post({ discord: { world } }: Sandbox, places: readonly Channel[], count: number): Promise<void> {
  for (let number = 0; number < count; number++) {
    const channel = places[(number * 7919) % places.length];
    if (!channel) return;
    const message: Message = { ...example, id: world.newId(), channel_id: channel.id };
    world.emit({ type: 'messageCreated', message, visibleTo: undefined });
    if (number % 200 === 0) await systemClock.sleep(1);
  }
}

/** Resolves when the process has had nothing to do for a while. */
async function rest(bot: BotProcess): Promise<void> {
  for (let [before, now] = [-1, 0]; now - before > tick; ) {
    await systemClock.sleep(quiet);
    [before, now] = [now, await processorTime(bot)];
  }
}

/** In MiB. */
async function memoryOf({ pid }: BotProcess): Promise<{ now: number; peak: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const of = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1_024;
  return { now: of('VmRSS'), peak: of('VmHWM') };
}
