import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Limits, openSandbox, type ReadyBot, startBareBot, startVtscan } from './bots.ts';
import type { Findings } from './figures.ts';
import { fill } from './stored.ts';

const stored = { open: 200, settled: 100_000 };
/** So that the preparation does not wait for the quota. */
const generous: Limits = { perMinute: 100_000, perDay: 1_000_000, perMonth: 10_000_000 };

/** The time from the process' begin until it takes commands: of a bare client, of vtscan, and of vtscan with much stored. */
export async function compareStarts(dir: string, rounds: number): Promise<Findings> {
  const sandbox = await openSandbox(generous);
  const [full, empty] = [join(dir, 'full'), join(dir, 'empty')];
  try {
    await fill(sandbox, full, generous, stored);
    const { size } = await stat(join(full, 'vtscan.sqlite'));
    const start = (dataDir: string) => startVtscan(sandbox, dataDir, generous);
    await readyAfter(start(empty));

    const taken: { bare: number; empty: number; full: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      taken.push({
        bare: await readyAfter(startBareBot(sandbox)),
        empty: await readyAfter(start(empty)),
        full: await readyAfter(start(full)),
      });
    }
    return {
      conditions:
        'Starts: from the spawn until the process says that it is ready, both through tsx, commands registered before; ' +
        'the unfinished scans wait for their analyses, each with a reply of its own.',
      comparisons: [
        {
          what: 'from the spawn to ready, nothing stored',
          with: 'bare discord.js client',
          unit: 'ms',
          rounds: taken.map((it) => ({ ours: it.empty, other: it.bare })),
        },
        {
          what: `from the spawn to ready, ${stored.settled} scans stored and ${stored.open} unfinished`,
          with: 'vtscan with nothing stored',
          unit: 'ms',
          rounds: taken.map((it) => ({ ours: it.full, other: it.empty })),
        },
      ],
      figures: [{ what: 'size of the full store', unit: 'MiB', rounds: [size / 2 ** 20] }],
    };
  } finally {
    await sandbox.close();
  }
}

async function readyAfter(starting: Promise<ReadyBot>): Promise<number> {
  const bot = await starting;
  await bot.end();
  return bot.readyAfter;
}
