import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import { type MovableClock, movableClock } from '../../sandbox/clock.ts';
import { systemClock } from '../../src/scan/clock.ts';
import type { DamagedRow } from '../../src/store/collection.ts';
import { openStore, type Store, type StoreOptions } from '../../src/store/store.ts';
import { pausableClock } from '../fixtures/pausableClock.ts';
import { withDatabase } from '../fixtures/postgres.ts';

export async function withDirectory(body: (dir: string) => Promise<void>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'vtscan-store-'));
  try {
    await body(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

export interface Opened {
  dir: string;
  file: string;
  /** `pause` stops its time, so that nothing happens but by news. */
  clock: MovableClock & { pause(): void };
  problems: DamagedRow[];
  store: Store;
  /** Closes the store and opens it again. */
  reopen(): Promise<Store>;
  /** Opens it once more, as another process would. */
  another(options?: Pick<StoreOptions, 'leaseTerm'>): Promise<Store>;
}

/** A store on a real file, closed and deleted after the body. */
export function withStore(body: (opened: Opened) => Promise<void>): Promise<void> {
  return withDirectory((dir) => withOpened({ dir }, (opened) => body({ ...opened, file: join(dir, 'vtscan.sqlite') })));
}

async function withOpened(
  where: Pick<StoreOptions, 'dir' | 'url' | 'time'>,
  body: (opened: Omit<Opened, 'file'>) => Promise<void>,
): Promise<void> {
  const base = pausableClock(systemClock);
  const clock = Object.assign(movableClock(base), { pause: base.pause });
  const problems: DamagedRow[] = [];
  const open: Store[] = [];
  const another: Opened['another'] = async (options) => {
    const store = await openStore({ ...where, ...options, clock, log: (problem) => problems.push(problem) });
    open.push(store);
    return store;
  };
  const closeAll = () => Promise.all(open.splice(0).map((store) => store.close()));
  const reopen = async () => {
    await closeAll();
    return another();
  };
  try {
    const store = await another();
    await body({ dir: where.dir, clock, problems, store, reopen, another });
  } finally {
    await closeAll();
  }
}

/** The same on a database of its own in a real PostgreSQL, whose time is the test's. */
export function withPostgresStore(body: (opened: Omit<Opened, 'file'>) => Promise<void>): Promise<void> {
  return withDatabase((url) => withOpened({ dir: '', url, time: 'own' }, body));
}

/** Runs SQL on a file by a handle of its own. */
export async function sql(file: string, text: string, ...parameters: unknown[]): Promise<unknown[]> {
  const handle = new sqlite3.Database(file);
  try {
    return await new Promise((resolve, reject) => {
      handle.all(text, parameters, (error, rows) => (error ? reject(error) : resolve(rows)));
    });
  } finally {
    await new Promise((closed) => handle.close(closed));
  }
}
