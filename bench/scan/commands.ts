import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { freeKey, openSandbox, type ReadyBot, startBareBot, startVtscan } from './bots.ts';
import { type Acknowledged, flood } from './crowd.ts';
import type { Findings } from './figures.ts';

const commands = 500;
/** Before them, so that both bots have their connections and have run this code: a bot meets a flood in mid-life. */
const before = 10;

/** Many slash commands at once, of the whole bot and of one that only defers. */
export async function compareCommands(dir: string, rounds: number): Promise<Findings> {
  const pairs: { ours: Acknowledged; other: Acknowledged }[] = [];
  for (let round = 0; round < rounds; round++) {
    const dataDir = await mkdtemp(join(dir, 'commands-'));
    const other = await flooded((sandbox) => startBareBot(sandbox));
    const ours = await flooded((sandbox) => startVtscan(sandbox, dataDir, freeKey));
    pairs.push({ ours, other });
  }
  const comparison = (what: string, of: (acknowledged: Acknowledged) => number) => ({
    what,
    with: 'discord.js bot that only defers',
    unit: 'ms' as const,
    rounds: pairs.map(({ ours, other }) => ({ ours: of(ours), other: of(other) })),
  });
  return {
    conditions:
      `Commands: each bot a process that has answered ${before} before; 20 members, each file new to VirusTotal, ` +
      'a free key (4 requests a minute); from the dispatch to the moment at which Discord has the answer.',
    comparisons: [
      comparison(`${commands} /vtscan at once, until all are acknowledged`, ({ all }) => all),
      comparison(`${commands} /vtscan at once, p95 of the acknowledgements`, ({ p95 }) => p95),
    ],
    figures: [
      {
        what: `of ${commands} /vtscan, not acknowledged within Discord's 3 s`,
        unit: 'commands',
        rounds: pairs.map(({ ours }) => ours.failed),
      },
      {
        what: 'the same of the bot that only defers',
        unit: 'commands',
        rounds: pairs.map(({ other }) => other.failed),
      },
    ],
  };
}

async function flooded(start: (sandbox: Awaited<ReturnType<typeof openSandbox>>) => Promise<ReadyBot>) {
  const sandbox = await openSandbox(freeKey);
  try {
    const bot = await start(sandbox);
    await flood(sandbox.discord, before);
    const acknowledged = await flood(sandbox.discord, commands);
    // What is left of the work interests nobody.
    await bot.end('SIGKILL');
    return acknowledged;
  } finally {
    await sandbox.close();
  }
}
