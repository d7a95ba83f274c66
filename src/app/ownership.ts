import { z } from 'zod';
import { systemClock } from '../scan/clock.ts';
import type { Lease } from '../scan/lease.ts';
import { StoreRefused } from '../store/refused.ts';
import type { Store } from '../store/store.ts';
import type { Activity } from './activity.ts';

/** A process that runs shards. */
export const hostPrefix = 'host:';
/** Everything that came through one shard is owned under its name: replies, watched messages, cases, notices. */
export const shardPrefix = 'shard:';

/** The kernel frees the lock of a killed process a moment later, and hides it while another process tries that lock. Ms. */
const [retryAfter, refusedAfter] = [100, 2_000];

/**
 * Makes this process one of the hosts of the store. A SQLite file has one only. Throws `StoreRefused` while another one lives
 * there.
 */
export async function becomeHost({ leases }: Store, mayShare: boolean): Promise<Lease> {
  const name = `${hostPrefix}${mayShare ? leases.owner : 'only'}`;
  for (const until = performance.now() + refusedAfter; performance.now() < until; await systemClock.sleep(retryAfter)) {
    const lease = await leases.take(name);
    if (lease) return lease;
  }
  const other = (await leases.holder(name)) ?? 'another process';
  throw new StoreRefused(
    `A bot is running on this store already: ${other}. Stop it, or choose another DATA_DIR. The command line may run beside it. Several hosts need a PostgreSQL (DATABASE_URL).`,
  );
}

/** https://discord.com/developers/docs/events/gateway#sharding-sharding-formula */
export const shardOf = (server: string, count: number) => Number((BigInt(server) >> 22n) % BigInt(count));

/** The fields of a row that tell which server it belongs to. */
const placedSchema = z.object({ guild: z.string() });

/**
 * Returns the store for the parts of a shard. It writes nothing once another process has the shard, and leaves out the rows of
 * servers on other shards. Writes count as activity.
 */
export function under(
  lease: Lease,
  store: Store,
  isOurs: (server: string | undefined) => boolean,
  { during }: Pick<Activity, 'during'>,
): Store {
  return {
    ...store,
    collection(name, schema, options) {
      const records = store.collection(name, schema, { lease, ...options });
      const mine = (row: unknown) => isOurs(placedSchema.safeParse(row).data?.guild);
      return {
        ...records,
        set: (...row) => during(() => records.set(...row)),
        delete: (...row) => during(() => records.delete(...row)),
        all: async () => (await records.all()).filter(mine),
      };
    },
  };
}

/** Resolves with words for the operator when another bot has taken over, unless this one has stopped before. */
export async function lossOf({ name, lost }: Lease, { leases }: Store, stop: AbortSignal): Promise<string> {
  await new Promise<void>((resolve) => {
    const tell = () => stop.aborted || resolve();
    if (lost.aborted) tell();
    else lost.addEventListener('abort', tell, { once: true });
  });
  const other = await leases.holder(name).catch(() => undefined);
  return `Another bot has taken over this store while this one was not answering: ${other ?? 'another process'}.`;
}
