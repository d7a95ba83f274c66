import type { Clock } from '../../scan/clock.ts';
import type { Leases } from '../../scan/lease.ts';

interface Manager {
  fetchGatewayInformation(): Promise<{ session_start_limit: { max_concurrency: number } }>;
}

/** Discord lets one shard of a bucket begin a session in this time, in ms. */
const between = 5_000;
const retryAfter = 250;

/**
 * Lets shards begin their sessions as Discord allows: `max_concurrency` at a time, one of each bucket in five seconds, for all
 * processes of the store together. https://discord.com/developers/docs/events/gateway#sharding-max-concurrency
 */
export function identifyThrottler(leases: Leases, clock: Clock) {
  return async (manager: Manager) => {
    const { session_start_limit } = await manager.fetchGatewayInformation();
    const buckets = Math.max(1, session_start_limit.max_concurrency);
    return {
      async waitForIdentify(shard: number, signal: AbortSignal): Promise<void> {
        for (;;) {
          signal.throwIfAborted();
          const lease = await leases.take(`identify:${shard % buckets}`);
          if (!lease) {
            await clock.sleep(retryAfter, signal);
            continue;
          }
          const giveBack = () => lease.release().catch(() => {});
          void clock.sleep(between).then(giveBack, giveBack);
          return;
        }
      },
    };
  };
}
