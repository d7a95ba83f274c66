import { StartError } from '../discord/gateway/start.ts';
import { backoff } from '../inquiry/retry.ts';
import type { Clock } from '../scan/clock.ts';
import type { Lease, Leases } from '../scan/lease.ts';
import { aboutError, type Log } from './log.ts';
import { hostPrefix, shardPrefix } from './ownership.ts';
import type { Shard } from './shard.ts';
import { moveOf } from './shardMoves.ts';

/** How often a host checks which shards it should have, in ms. */
const lookInterval = 2_000;
/** Each start may use up one of the 1,000 sessions that Discord lets a bot begin in a day. So the waits grow to five minutes. */
const pauseAfter = (attempt: number) => 5 * backoff(attempt);

/** What is to be known of a shard here. */
type Runnable = Pick<Shard, 'state' | 'over' | 'stop'>;

interface ShardsParts<Running extends Runnable> {
  leases: Leases;
  count: number;
  /** Filled with the running ones, by number. */
  running: Map<number, Running>;
  /** Connects a shard. Ends what it has begun and rejects when `end` fires. */
  start(shard: number, lease: Lease, end: AbortSignal): Promise<Running>;
  /** This process has another set of shards than before. */
  changed(): void;
  clock: Clock;
  log: Log;
  stop: AbortSignal;
}

/** A shard that this process has. */
interface Held {
  lease: Lease;
  /** Fires when its start must end. */
  end: AbortController;
  /** Resolves when it runs, and when its start was ended. Rejects when Discord refuses it for good. */
  started: Promise<void>;
}

/** The shards that this process runs. Each has a lease, so that of all hosts one runs it. */
export interface Shards {
  /** The state of each shard that this process has, including those that are not connected yet. */
  states(): ({ id: number } & ReturnType<Runnable['state']>)[];
  /**
   * Takes the shards that are free now and connects them. Rejects when Discord refuses one for good. Meanwhile and afterwards,
   * shards are taken and given back as other hosts come and go.
   */
  begin(): Promise<void>;
  /** Resolves with the reason when no connection is possible any more. */
  over: Promise<string>;
  /** Ends all shards. Their leases are released with the store, after the last write. */
  stop(): Promise<void>;
}

export function createShards<Running extends Runnable>(parts: ShardsParts<Running>): Shards {
  const { leases, count, running, start, changed, clock, log, stop } = parts;
  const held = new Map<number, Held>();
  let tellOver: (reason: string) => void = () => {};
  const over = new Promise<string>((resolve) => {
    tellOver = resolve;
  });
  let round: Promise<void> = Promise.resolve();

  /** Does not wait for the shards that it starts: Discord may not answer for one of them. */
  async function look(): Promise<void> {
    for (const [shard, { lease }] of held)
      if (lease.lost.aborted) await endShard(shard, 'shard taken over by another host');
    const hosts = (await leases.living(hostPrefix)).map(({ owner }) => owner);
    const taken = (await leases.living(shardPrefix)).map(
      ({ name, owner }) => [Number(name.slice(shardPrefix.length)), owner] as const,
    );
    // One of ours that is not held here could not be given back.
    const holders = new Map(taken.filter(([shard, owner]) => owner !== leases.owner || held.has(shard)));
    const move = moveOf({ count, host: leases.owner, hosts, holders });
    for (const shard of move.giveBack) await endShard(shard, 'shard given to another host');
    await Promise.all(move.take.map(take));
  }

  async function take(shard: number): Promise<void> {
    const lease = await leases.take(`${shardPrefix}${shard}`);
    if (!lease) return;
    const end = new AbortController();
    const started = startUnder(lease, shard, end.signal);
    held.set(shard, { lease, end, started });
    started.catch(() => {});
  }

  async function startUnder(lease: Lease, shard: number, end: AbortSignal): Promise<void> {
    for (let attempt = 1; !end.aborted; attempt++)
      try {
        const started = await start(shard, lease, end);
        running.set(shard, started);
        void started.over.then(tellOver);
        if (count > 1) log.info({ shard, of: count }, 'shard connected');
        return changed();
      } catch (error) {
        if (end.aborted) return;
        if (error instanceof StartError) {
          tellOver(error.message);
          throw error;
        }
        log.warn({ shard, ...aboutError(error) }, 'shard not started, trying again');
        await clock.sleep(pauseAfter(attempt), end).catch(() => {});
      }
  }

  async function endShard(shard: number, why: string): Promise<void> {
    const one = held.get(shard);
    held.delete(shard);
    log.info({ shard, of: count }, why);
    if (one) await endStart(one);
    const ending = running.get(shard);
    running.delete(shard);
    try {
      await ending?.stop();
    } finally {
      await one?.lease.release().catch(() => {});
      changed();
    }
  }

  async function endStart({ end, started }: Held): Promise<void> {
    end.abort(new Error('the shard is no longer wanted here'));
    await started.catch(() => {});
  }

  async function follow(): Promise<void> {
    while (!stop.aborted) {
      await clock.sleep(lookInterval, stop).catch(() => {});
      if (stop.aborted) return;
      round = look().catch((error: unknown) =>
        log.warn(aboutError(error), 'shards not compared with other hosts, trying again'),
      );
      await round;
    }
  }

  return {
    states: () =>
      [...held]
        .sort(([one], [other]) => one - other)
        .map(([id, { lease }]) => ({
          id,
          ...(lease.isFresh()
            ? (running.get(id)?.state() ?? { name: 'Starting', isReceiving: false })
            : { name: 'No lease', isReceiving: false }),
        })),
    async begin() {
      await look();
      const first = Array.from(held.values(), ({ started }) => started);
      void follow();
      await Promise.all(first);
    },
    over,
    async stop() {
      await round;
      await Promise.all(Array.from(held.values(), endStart));
      await Promise.all([...running.values()].map((shard) => shard.stop()));
      running.clear();
    },
  };
}
