import { createHash } from 'node:crypto';
import { movableClock } from '../../sandbox/clock.ts';
import type { Clock } from '../../src/scan/clock.ts';
import { judgementOf } from '../../src/scan/judged.ts';
import type { Leases, News } from '../../src/scan/lease.ts';
import type { Activity, Downloads, Rulings, ScanStore } from '../../src/scan/ports.ts';
import type { Mode, Origin, Scan, SettledScan, Source } from '../../src/scan/scan.ts';
import { createScanner, type Scanner } from '../../src/scan/scanner.ts';
import { soloLeases, soloNews } from '../../src/scan/solo.ts';
import type { Token } from '../../src/scan/token.ts';
import { type MemoryEngine, memoryEngine } from '../fixtures/memoryEngine.ts';
import { memoryScanStore } from '../fixtures/memoryStore.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A path's content is the path itself. */
function memoryDownloads(fetched: string[]): Downloads {
  return {
    async fetch(source) {
      const path = source.kind === 'path' ? source.path : source.url;
      fetched.push(path);
      const content = { lock: path.includes('locked') ? ('locked' as const) : ('open' as const) };
      const size = path.includes('empty') ? 0 : path.length;
      return { path, spooled: true, size, sha256: sha256(path), content };
    },
    provide: async () => {},
    adopt: async (file) => file,
    peek: async () => ({ lock: 'open' as const }),
    drop: async () => {},
    keepOnly: async () => {},
  };
}

/** A scanner on working parts in memory, with what it told and was asked at hand. */
export function workbench(store: ScanStore = memoryScanStore(), rulings?: Rulings) {
  return workbenchAt(movableClock(), store, rulings);
}

/** The same by another clock. */
export function workbenchAt<Time extends Clock>(clock: Time, store: ScanStore = memoryScanStore(), rulings?: Rulings) {
  return benchOf({ clock, store, engine: memoryEngine(), leases: soloLeases(), news: soloNews(clock), rulings });
}

interface Parts<Time extends Clock> {
  clock: Time;
  store: ScanStore;
  engine: MemoryEngine;
  leases: Leases;
  news: News;
  rulings?: Rulings | undefined;
}

/** The same on these parts. */
export function benchOf<Time extends Clock>({ clock, store, engine, leases, news, rulings }: Parts<Time>) {
  const fetched: string[] = [];
  const downloads = memoryDownloads(fetched);
  const told: { scan: Scan; activity: Activity | undefined }[] = [];
  const errors: unknown[] = [];
  const listeners = new Set<() => void>();
  const begin = (own = leases): Scanner =>
    createScanner({
      store,
      engine,
      downloads,
      clock,
      leases: own,
      news,
      ...(rulings && { rulings }),
      announcer: {
        tell(scan, activity) {
          told.push({ scan, activity });
          for (const listener of listeners) listener();
        },
      },
      report: (error) => errors.push(error),
    });
  const scanner = begin();

  /** The first thing told, past or coming, that `find` accepts. */
  function hears<T>(find: (news: (typeof told)[number]) => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const look = () => {
        for (const news of told) {
          const found = find(news);
          if (found !== undefined) return resolve(found);
        }
        listeners.add(look);
      };
      look();
    });
  }

  return {
    clock,
    engine,
    store,
    scanner,
    fetched,
    downloads,
    told,
    errors,
    hears,
    begin,
    upload: (path: string, password?: string, origin: Origin = { urgency: 'interactive', member: 'm', server: 's' }) =>
      scanner.upload({ source: { kind: 'path', path, name: path }, origin, password }),
    /** As a member does it, of anything and in any way. */
    wish: (source: Source, mode: Mode) =>
      scanner.upload({ source, mode, origin: { urgency: 'interactive', member: 'm', server: 's' } }),
    settled: (token: Token): Promise<SettledScan> =>
      hears(({ scan }) => (scan.token === token && scan.stage === 'settled' ? scan : undefined)),
    /** In one word, or why it failed. */
    verdictOf: (scan: SettledScan) => (scan.outcome.kind === 'error' ? scan.outcome.code : judgementOf(scan).word),
    sha256,
  };
}
