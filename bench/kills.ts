import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startSandbox } from '../sandbox/sandbox.ts';
import { systemClock } from '../src/scan/clock.ts';
import { storeSettings, strict } from '../test/e2e/watching.ts';
import { postgresServer } from '../test/fixtures/postgres.ts';
import { type Bot, campaign, type Outcome } from './kills/campaign.ts';
import { isClean } from './kills/work.ts';
import { table } from './quota/table.ts';

/**
 * `npm run kills -- --kills 500 --seed 1 [--database postgres]`: starts the bot by its own command against the sandbox and kills
 * it at random points, while people use it. At the end it says what was lost, what was done twice, and how soon work went on.
 * Ends with 1 if anything was.
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    database: { type: 'string', default: 'sqlite' },
  },
});
const limits = { perMinute: 100_000, perDay: 1_000_000, perMonth: 10_000_000 };
const project = fileURLToPath(new URL('..', import.meta.url));
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

const dir = await mkdtemp(join(tmpdir(), 'vtscan-kills-'));
const sandbox = await startSandbox({ clock: systemClock, virusTotal: { analysisTime: () => 300, ...limits } });
const postgres = values.database === 'postgres' ? await postgresServer() : undefined;
try {
  await postgres?.start();
  const place = { dir, ...(postgres && { url: postgres.url }) };
  const { guild, alerts } = sandbox.discord.scene;
  const policies = { ...strict, malicious: ['mark' as const, 'alert' as const, 'delete' as const] };
  await storeSettings(place, guild.id, { watch: 'all', upload: 'auto', alertChannel: alerts.id, policies });
  const outcome = await campaign({ sandbox, start, kills: Number(values.kills), random: seeded(values.seed), said });
  report(outcome);
} finally {
  await sandbox.close();
  await postgres?.remove();
  await rm(dir, { recursive: true, force: true });
}

function start(): Bot {
  const { discord, virusTotal } = sandbox;
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), main], {
    cwd: project,
    env: {
      PATH,
      HOME,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      ATTACHMENT_HOSTS: discord.host,
      VIRUSTOTAL_API_KEY: virusTotal.key,
      VIRUSTOTAL_API_URL: virusTotal.url,
      VIRUSTOTAL_USER: virusTotal.userId,
      VIRUSTOTAL_PER_MINUTE: String(limits.perMinute),
      VIRUSTOTAL_PER_DAY: String(limits.perDay),
      VIRUSTOTAL_PER_MONTH: String(limits.perMonth),
      VIRUSTOTAL_POLL_SECONDS: '0.1',
      DATA_DIR: dir,
      DATABASE_URL: postgres?.url,
      SECRET_KEY: '00'.repeat(32),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const ready = new Promise<void>((resolve, reject) => {
    let last = '';
    lines.on('line', (line) => {
      last = line;
      if (line.includes('"msg":"ready"')) resolve();
    });
    child.on('exit', () => reject(new Error(`The bot ended before it was ready: ${last}`)));
  });
  ready.catch(() => {});
  return { ready, kill: () => child.kill('SIGKILL') };
}

function said(line: string): void {
  process.stderr.write(`${line}\n`);
}

function report({ faults, recoveries, anyMoment }: Outcome): void {
  const rows = [...recoveries]
    .map(([name, times]) => ({ name, times: times.toSorted((a, b) => a - b) }))
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .map(({ name, times }) => [name, String(times.length), ms(at(times, 0.5)), ms(at(times, 1))]);
  const all = [...recoveries.values()].flat().toSorted((a, b) => a - b);
  console.log(
    `${values.kills} kills, seed ${values.seed}, ${values.database}; ${anyMoment} at no point but at any moment\n`,
  );
  console.log(table(['Killed at', 'followed by open work', 'work went on after ready: median, ms', 'worst, ms'], rows));
  console.log(
    `\nWork went on: median ${ms(at(all, 0.5))} ms, p95 ${ms(at(all, 0.95))} ms, worst ${ms(at(all, 1))} ms after ready.`,
  );
  const { lost, doubledReplies, doubledAlerts, doubledUploads, doubledActs } = faults;
  console.log(
    `Lost ${lost.length}, doubled replies ${doubledReplies.length}, alerts ${doubledAlerts.length}, uploads ${doubledUploads.length}, acts ${doubledActs.length}.`,
  );
  for (const what of Object.values(faults).flat()) console.log(`- ${what}`);
  if (!isClean(faults)) process.exitCode = 1;
}

function at(sorted: number[], share: number): number | undefined {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

function ms(value: number | undefined): string {
  return value === undefined ? '' : value.toFixed(0);
}

/** Mulberry32: small, and the same everywhere. */
function seeded(seed: string): () => number {
  let state = Number(seed) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
