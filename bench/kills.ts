import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../src/scan/clock.ts';
import { postgresServer } from '../test/fixtures/postgres.ts';
import { attack } from './kills/attack.ts';
import type { Kill, Outcome } from './kills/campaign.ts';
import { isClean } from './kills/faults.ts';
import { points } from './kills/points.ts';
import { seeded } from './quota/random.ts';
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
const dir = await mkdtemp(join(tmpdir(), 'vtscan-kills-'));
const postgres = values.database === 'postgres' ? await postgresServer() : undefined;
try {
  await postgres?.start();
  // A server that has just started takes no owner for dead.
  if (postgres) await systemClock.sleep(30_000);
  const outcome = await attack({
    dir,
    url: postgres?.url,
    kills: chosen(Number(values.kills), seeded(Number(values.seed))),
    said,
  });
  report(outcome);
  if (isClean(outcome.faults)) await rm(dir, { recursive: true, force: true });
  else said(`What the bots stored and logged is in ${dir}.`);
} finally {
  await postgres?.remove();
}

function chosen(count: number, random: () => number): Kill[] {
  const kills = Array.from({ length: count }, () => {
    const point = points[Math.floor(random() * points.length)];
    return { point, count: Math.floor(random() * 3) };
  });
  return kills.flatMap(({ point, count: passed }) => (point ? [{ point, count: passed }] : []));
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
  console.log(table(['Killed at', 'open', 'went on after ready: median, ms', 'worst, ms'], rows));
  console.log(
    `\nWhat was open went on: median ${ms(at(all, 0.5))} ms, p95 ${ms(at(all, 0.95))} ms, worst ${ms(at(all, 1))} ms after ready.`,
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
