import type { Clock } from '../../scan/clock.ts';
import type { Leases } from '../../scan/lease.ts';

interface Manager {
  fetchGatewayInformation(): Promise<{ session_start_limit: { max_concurrency: number } }>;
}

/** Discord lets one shard of a bucket begin a session in five seconds. The rest is for the way to Discord. Ms. */
const between = 5_500;
const retryAfter = 250;

/**
 * Lets shards begin their sessions as Discord allows: `max_concurrency` at a time, one of each bucket in five seconds, for all
 * processes of the store together. https://discord.com/developers/docs/events/gateway#sharding-max-concurrency
 */
export function identifyThrottler(leases: Pick<Leases, 'take'>, clock: Clock) {
  return async (manager: Manager) => {
    async function takeTurn(shard: number) {
      const { session_start_limit } = await manager.fetchGatewayInformation();
      return leases.take(`identify:${shard % Math.max(1, session_start_limit.max_concurrency)}`);
    }

    return {
      /** Rejects only when the signal fires: after any other failure, discord.js would begin the session at once. */
      async waitForIdentify(shard: number, signal: AbortSignal): Promise<void> {
        for (;;) {
          const lease = await takeTurn(shard).catch(() => undefined);
          const giveBack = () => lease?.release().catch(() => {});
          if (lease) void clock.sleep(signal.aborted ? 0 : between).then(giveBack);
          signal.throwIfAborted();
          if (lease) return;
          await clock.sleep(retryAfter, signal);
        }
      },
    };
  };
}
