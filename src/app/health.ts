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
  overview(): Overview;
  shards: Vitals['shards'];
  counts: Counts;
  clock: Clock;
  log: Log;
  stop: AbortSignal;
}

export interface Health {
  /** Call it when the start is over. */
  started(): void;
  close(): Promise<void>;
}

/** Opens the health server if it is configured. Throws `PortRefused`. */
export async function openHealth({
  http,
  store,
  overview,
  counts,
  clock,
  log,
  ...parts
}: HealthParts): Promise<Health> {
  if (!http) return { started() {}, async close() {} };
  let hasStarted = false;
  // Loaded only if needed, because the library takes a tenth of the start.
  const { openHealthServer } = await import('../health/server.ts');
  const { address, close } = await openHealthServer({
    ...http,
    vitals: {
      unfinished: () => unfinishedIn(store),
      isUp: () => hasStarted && !parts.stop.aborted,
      shards: parts.shards,
      keys: () => [keyOf(overview())],
      waiting: () => overview().waiting,
      takeovers: store.leases.takeovers,
      now: clock.now,
    },
    counts,
    version,
    clock,
  });
  log.info({ address }, 'health is served');
  return {
    started() {
      hasStarted = true;
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

function keyOf({ minute, day, month }: Overview): KeyClass {
  const left = ({ used, allowed }: Gauge) => Math.max(0, allowed - used);
  return { name: 'operator', left: { minute: left(minute), day: left(day), month: left(month) } };
}
