import { join } from 'node:path';
import { systemClock } from '../../src/scan/clock.ts';
import { connect } from '../../src/store/sqlite/connection.ts';
import type { World } from './world.ts';

const patienceMs = 60_000;

/** Locks the database as another process, and resolves with what unlocks it. */
export async function lock(dataDir: string): Promise<() => Promise<void>> {
  const other = await connect(join(dataDir, 'vtscan.sqlite'), 5_000, systemClock);
  await other.query('BEGIN EXCLUSIVE');
  return () => other.close().catch(() => {});
}

/** Resolves when so many lines of the log fit. */
export const logged = ({ discord, log }: World, what: RegExp, times = 1) =>
  discord.waitFor(() => log.lines.filter((line) => what.test(line)).length >= times, patienceMs);
