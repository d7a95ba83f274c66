import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Locale } from '../../locales/en-US.ts';
import type { Clock } from '../../scan/clock.ts';
import { StoreRefused, systemCode } from '../../store/refused.ts';
import { scanStore } from '../../store/scanStore.ts';
import { openStore, type StoreOptions } from '../../store/store.ts';
import { type Finding, good, wrong } from './checks.ts';

const [neededMajor, neededMinor] = [20, 19];

export function checkNode(version: string, { doctor }: Locale['cli']): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNew = major > neededMajor || (major === neededMajor && minor >= neededMinor);
  return isNew ? good(doctor.node(version)) : wrong(doctor.oldNode(version));
}

export async function checkDataDir(dir: string, { doctor }: Locale['cli']): Promise<Finding> {
  const path = resolve(dir);
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await rm(await mkdtemp(join(path, 'doctor-')), { recursive: true });
    return good(doctor.dataDir(path));
  } catch (error) {
    return wrong(doctor.dataDirUnusable(path, systemCode(error) ?? '?'));
  }
}

export async function checkDatabase(
  place: Pick<StoreOptions, 'dir' | 'url'>,
  clock: Clock,
  { doctor }: Locale['cli'],
): Promise<Finding> {
  let damaged = 0;
  try {
    const store = await openStore({ ...place, clock, log: () => damaged++ });
    const unfinished = await scanStore(store, clock).unfinished('anybody');
    await store.close();
    return damaged > 0
      ? wrong(doctor.damagedRows(damaged))
      : good(doctor.database(place.url === undefined ? 'SQLite' : 'PostgreSQL', unfinished.length));
  } catch (error) {
    if (error instanceof StoreRefused) return wrong(error.message);
    throw error;
  }
}
