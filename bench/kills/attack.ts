import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { systemClock } from '../../src/scan/clock.ts';
import { storeSettings, strict } from '../../test/e2e/watching.ts';
import { program, project } from '../../test/fixtures/program.ts';
import { type Bot, type Campaign, campaign, type Outcome } from './campaign.ts';

const limits = { perMinute: 100_000, perDay: 1_000_000, perMonth: 10_000_000 };

interface Place {
  /** The data directory. */
  dir: string;
  /** Of a PostgreSQL; undefined: SQLite in `dir`. */
  url?: string | undefined;
}

/** A campaign on the bot's own command and a new sandbox, in which everything malicious is marked, reported and deleted. */
export async function attack({ dir, url, kills, said }: Place & Omit<Campaign, 'sandbox' | 'start'>): Promise<Outcome> {
  const bots: Bot[] = [];
  const sandbox = await startSandbox({ clock: systemClock, virusTotal: { analysisTime: () => 300, ...limits } });
  try {
    const { guild, alerts } = sandbox.discord.scene;
    const policies = { ...strict, malicious: ['mark' as const, 'alert' as const, 'delete' as const] };
    const settings = { watch: 'all', upload: 'auto', alertChannel: alerts.id, policies } as const;
    await storeSettings({ dir, ...(url && { url }) }, guild.id, settings);
    const start = () => {
      const bot = startBot(sandbox, { dir, url });
      bots.push(bot);
      return bot;
    };
    return await campaign({ sandbox, start, kills, ...(said && { said }) });
  } finally {
    for (const bot of bots) bot.kill();
    await sandbox.close();
  }
}

function startBot({ discord, virusTotal }: Sandbox, { dir, url }: Place): Bot {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, program('src/main.ts'), {
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
      DATABASE_URL: url,
      SECRET_KEY: '00'.repeat(32),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.pipe(createWriteStream(join(dir, `bot-${child.pid}.log`)));
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
