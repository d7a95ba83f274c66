import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { systemClock } from '../../src/scan/clock.ts';
import { scanStore } from '../../src/store/scanStore.ts';
import { openStore } from '../../src/store/store.ts';
import { vtscan } from '../../test/cli/world.ts';
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

/**
 * A campaign on the bot's own command and a new sandbox. What is malicious is marked, reported and deleted, and what is
 * suspicious is marked, replied to and reported.
 */
export async function attack({ dir, url, kills, said }: Place & Pick<Campaign, 'kills' | 'said'>): Promise<Outcome> {
  const processes: Pick<Bot, 'kill'>[] = [];
  const log = createWriteStream(join(dir, 'bots.log'));
  const sandbox = await startSandbox({ clock: systemClock, virusTotal: { analysisTime: () => 300, ...limits } });
  const variables = { ...variablesOf(sandbox, limits, dir), DATABASE_URL: url, SECRET_KEY: '00'.repeat(32) };
  const store = await openStore({ dir, url, clock: systemClock, log: (row) => log.write(`${JSON.stringify(row)}\n`) });
  try {
    const { guild, alerts } = sandbox.discord.scene;
    const policies = { ...strict, malicious: ['mark' as const, 'alert' as const, 'delete' as const] };
    const settings = { watch: 'all', upload: 'auto', alertChannel: alerts.id, policies } as const;
    await storeSettings({ dir, ...(url && { url }) }, guild.id, settings);
    const run = (command?: readonly string[]) => {
      const one = spawnBot(variables, { hear: (line) => log.write(`${line}\n`), ...(command && { command }) });
      const kill = () => one.killAll('SIGKILL');
      processes.push({ kill });
      return { ...one, kill };
    };
    return await campaign({
      sandbox,
      start() {
        const bot = run();
        const ready = bot.says(/"msg":"ready"/);
        ready.catch(() => {});
        return { ready, kill: bot.kill };
      },
      async scan({ name, content }) {
        await writeFile(join(dir, name), content);
        return run([process.execPath, ...vtscan, 'scan', join(dir, name)]);
      },
      unfinished: async () => (await scanStore(store, systemClock).unfinished('anybody')).length,
      kills,
      ...(said && { said }),
    });
  } finally {
    for (const { kill } of processes) kill();
    await store.close();
    await sandbox.close();
  }
}
