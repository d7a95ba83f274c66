import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PermissionFlagsBits as Bits } from 'discord.js';
import { z } from 'zod';
import { startBot } from '../src/app/bot.ts';
import { createLog } from '../src/app/log.ts';
import { movableClock } from './clock.ts';
import { gallery } from './gallery/gallery.ts';
import { knownFiles } from './page/samples.ts';
import { scanLog } from './page/scanLog.ts';
import { startPage } from './page/server.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';

/** `npm run sandbox`: the bot between a Discord and a VirusTotal of its own, on one page. */

const count = z.coerce.number().int().positive();
const environment = z.object({
  DATA_DIR: z.string().optional(),
  SANDBOX_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  /** Faster than a free key's 4, so that the first verdict is there at once. `VIRUSTOTAL_PER_MINUTE=4` shows the queue. */
  VIRUSTOTAL_PER_MINUTE: count.default(30),
  VIRUSTOTAL_PER_DAY: count.default(500),
  VIRUSTOTAL_PER_MONTH: count.default(15_500),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('warn'),
});
const set = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value?.trim()));
const settings = environment.parse(set);
const { values: flags } = parseArgs({ options: { 'no-open': { type: 'boolean', default: false } } });

const limits = {
  perMinute: settings.VIRUSTOTAL_PER_MINUTE,
  perDay: settings.VIRUSTOTAL_PER_DAY,
  perMonth: settings.VIRUSTOTAL_PER_MONTH,
};
const clock = movableClock();
const dataDir = settings.DATA_DIR ?? (await mkdtemp(join(tmpdir(), 'vtscan-sandbox-')));
const sandbox = await startSandbox({
  clock,
  virusTotal: { analysisTime: () => 8_000, known: knownFiles, ...limits },
});
sandbox.virusTotal.addKey({ key: '5e7e'.repeat(16), ...limits });
hideAlerts(sandbox.discord);
const scans = scanLog(clock);
const log = createLog(settings.LOG_LEVEL, []);
const bot = await startBot(sandbox.config(dataDir, { pollSeconds: 3, limits }), { clock, log, watch: scans.tell });
const page = await startPage({
  sandbox,
  clock,
  port: settings.SANDBOX_PORT,
  insight: { scans, waiting: () => bot.overview().waiting },
  gallery,
  invite: bot.invite,
});

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
if (process.env.npm_lifecycle_event) whenOrphaned(() => void stop());

process.stdout.write(
  `vtscan sandbox: ${page.url}\nNothing leaves this machine, and the verdicts are made up. Ctrl+C ends it.\n${page.url}gallery shows all that the bot can say.\n`,
);
if (!flags['no-open']) open(page.url);

/** Only moderators see #mod-alerts, so that set-up can recommend it. */
function hideAlerts({ scene, overwrite }: Sandbox['discord']): void {
  const { guild, alerts, moderatorRole, botRole } = scene;
  for (const role of guild.roles.filter(({ id }) => id === guild.id))
    overwrite(alerts, role, { deny: Bits.ViewChannel });
  for (const role of [moderatorRole, botRole]) overwrite(alerts, role, { allow: Bits.ViewChannel });
}

async function stop(): Promise<never> {
  if (stopping) process.exit(1);
  stopping = true;
  await page.close();
  await bot.stop();
  await sandbox.close();
  if (!settings.DATA_DIR) await rm(dataDir, { recursive: true, force: true });
  process.exit(0);
}

/** The shell between npm and us passes no SIGTERM on: when it is gone, whoever stopped npm meant us. */
function whenOrphaned(then: () => void): void {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && then(), 500).unref();
}

/** Shows the page where there is a display; the address is printed in any case. */
function open(url: string): void {
  const { platform, env, stdout } = process;
  const hasDisplay = platform === 'darwin' || platform === 'win32' || env.DISPLAY || env.WAYLAND_DISPLAY;
  if (!stdout.isTTY || !hasDisplay) return;
  const [command, ...args] =
    platform === 'darwin' ? ['open', url] : platform === 'win32' ? ['cmd', '/c', 'start', '', url] : ['xdg-open', url];
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
