import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { systemClock } from '../../src/scan/clock.ts';
import { spawnBot, variablesOf } from '../../test/e2e/botProcess.ts';
import { storeSettings, strict } from '../../test/e2e/watching.ts';
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
  const log = createWriteStream(join(dir, 'bots.log'));
  const sandbox = await startSandbox({ clock: systemClock, virusTotal: { analysisTime: () => 300, ...limits } });
  try {
    const { guild, alerts } = sandbox.discord.scene;
    const policies = { ...strict, malicious: ['mark' as const, 'alert' as const, 'delete' as const] };
    const settings = { watch: 'all', upload: 'auto', alertChannel: alerts.id, policies } as const;
    await storeSettings({ dir, ...(url && { url }) }, guild.id, settings);
    const start = () => {
      const bot = startBot(sandbox, { dir, url }, (line) => log.write(`${line}\n`));
      bots.push(bot);
      return bot;
    };
    return await campaign({ sandbox, start, kills, ...(said && { said }) });
  } finally {
    for (const bot of bots) bot.kill();
    await sandbox.close();
  }
}

function startBot(sandbox: Sandbox, { dir, url }: Place, hear: (line: string) => void): Bot {
  const variables = { ...variablesOf(sandbox, limits, dir), DATABASE_URL: url, SECRET_KEY: '00'.repeat(32) };
  const bot = spawnBot(variables, { hear });
  const ready = bot.says(/"msg":"ready"/);
  ready.catch(() => {});
  return { ready, kill: () => bot.killAll('SIGKILL') };
}
