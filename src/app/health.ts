import { z } from 'zod';
import type { Config } from '../config.ts';
import type { Counts } from '../health/counts.ts';
import type { KeyClass, Unfinished, Vitals } from '../health/vitals.ts';
import type { Clock } from '../scan/clock.ts';
import type { Gauge, Overview } from '../scan/ports.ts';
import type { Store } from '../store/store.ts';
import type { Log } from './log.ts';
import { version } from './version.ts';

interface HealthParts {
  http: Config['http'];
  store: Store;
  counts: Counts;
  clock: Clock;
  log: Log;
  stop: AbortSignal;
}

/** What there is to tell of once the bot has got that far. */
interface Watched {
  shards: Vitals['shards'];
  shardCount: number;
  overview(): Overview;
  serverOverviews(): Overview[];
}

export interface Health {
  /** Call it with what the start waits for now; undefined: the start is over. */
  waitsFor(what: string | undefined): void;
  watch(watched: Watched): void;
  close(): Promise<void>;
}

/** Opens the health server if it is configured. Throws `PortRefused`. */
export async function openHealth({ http, store, counts, clock, log, stop }: HealthParts): Promise<Health> {
  if (!http) return { waitsFor() {}, watch() {}, async close() {} };
  let awaited: string | undefined = 'the store';
  let watched: Watched | undefined;
  // Loaded only if needed, because the library takes a tenth of the start.
  const { openHealthServer } = await import('../health/server.ts');
  const { address, close } = await openHealthServer({
    ...http,
    vitals: {
      unfinished: () => unfinishedIn(store),
      notUp: () => (stop.aborted ? 'it is stopping' : awaited && `it is starting, and waits for ${awaited}`),
      shards: () => watched?.shards() ?? [],
      shardCount: () => watched?.shardCount,
      keys: () =>
        watched ? [classOf('operator', [watched.overview()]), classOf('server', watched.serverOverviews())] : [],
      waiting: () => watched?.overview().waiting ?? { interactive: 0, automatic: 0 },
      takeovers: store.leases.takeovers,
      now: clock.now,
    },
    counts,
    version,
    clock,
  });
  log.info({ address }, 'health is served');
  return {
    waitsFor(what) {
      awaited = what;
    },
    watch(parts) {
      watched = parts;
    },
    close,
  };
}

const rowsSchema = z.tuple([z.object({ count: z.number(), oldest: z.number().nullable() })]);

async function unfinishedIn({ sql }: Store): Promise<Unfinished> {
  const asking = "SELECT count(*) AS count, min(created_at) AS oldest FROM scans WHERE stage <> 'settled'";
  const [{ count, oldest }] = rowsSchema.parse(await sql.query(asking));
  return { count, oldest: oldest ?? undefined };
}

const leftOf = ({ used, allowed }: Gauge) => Math.max(0, allowed - used);

function classOf(name: KeyClass['name'], keys: readonly Overview[]): KeyClass {
  const together = (window: keyof KeyClass['left']) => keys.reduce((sum, key) => sum + leftOf(key[window]), 0);
  const usedUp = keys.filter(({ day }) => leftOf(day) === 0).length;
  const left = { minute: together('minute'), day: together('day'), month: together('month') };
  return { name, count: keys.length, usedUp, left };
}
