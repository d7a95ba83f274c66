import type { Clock } from '../scan/clock.ts';
import type { Lease, Leases } from '../scan/lease.ts';
import { aboutError, type Log } from './log.ts';
import { hostPrefix, shardPrefix } from './ownership.ts';
import type { Shard } from './shard.ts';
import { moveOf } from './shardMoves.ts';

/** How often a host checks which shards it should have, in ms. */
const lookInterval = 2_000;

/** What is to be known of a shard here. */
type Runnable = Pick<Shard, 'state' | 'over' | 'stop'>;

interface ShardsParts<Running extends Runnable> {
  leases: Leases;
  count: number;
  start(shard: number, lease: Lease): Promise<Running>;
  /** This process has another set of shards than before. */
  changed(): void;
  clock: Clock;
  log: Log;
  stop: AbortSignal;
}

/** The shards that this process runs. Each has a lease, so that of all hosts one runs it. */
export interface Shards<Running extends Runnable> {
  /** The running ones. */
  running: ReadonlyMap<number, Running>;
  /** The state of each shard that this process has, including those that are not connected yet. */
  states(): ({ id: number } & ReturnType<Runnable['state']>)[];
  /** Takes the shards that are free now and connects them. Rejects when Discord refuses for good. */
  begin(): Promise<void>;
  /** From then on, takes and gives back shards as other hosts come and go. */
  follow(): void;
  /** Resolves with the reason when no connection is possible any more. */
  over: Promise<string>;
  /** Ends all shards. Their leases are released with the store, after the last write. */
  stop(): Promise<void>;
}

export function createShards<Running extends Runnable>(parts: ShardsParts<Running>): Shards<Running> {
  const { leases, count, start, changed, clock, log, stop } = parts;
  const running = new Map<number, Running>();
  const held = new Map<number, Lease>();
  let tellOver: (reason: string) => void = () => {};
  const over = new Promise<string>((resolve) => {
    tellOver = resolve;
  });
  let round: Promise<void> = Promise.resolve();

  async function look(): Promise<void> {
    for (const [shard, lease] of held)
      if (lease.lost.aborted) await endShard(shard, 'shard taken over by another host');
    const hosts = (await leases.living(hostPrefix)).map(({ owner }) => owner);
    const holders = new Map(
      (await leases.living(shardPrefix)).map(({ name, owner }) => [Number(name.slice(shardPrefix.length)), owner]),
    );
    const move = moveOf({ count, host: leases.owner, hosts, holders });
    for (const shard of move.giveBack) await endShard(shard, 'shard given to another host');
    const taken = await Promise.all(move.take.map(take));
    if (taken.some(Boolean)) changed();
  }

  async function take(shard: number): Promise<boolean> {
    const lease = await leases.take(`${shardPrefix}${shard}`);
    if (!lease) return false;
    held.set(shard, lease);
    try {
      const started = await start(shard, lease);
      running.set(shard, started);
      void started.over.then(tellOver);
      if (count > 1) log.info({ shard, of: count }, 'shard connected');
      return true;
    } catch (error) {
      held.delete(shard);
      await lease.release().catch(() => {});
      throw error;
    }
  }

  async function endShard(shard: number, why: string): Promise<void> {
    const one = running.get(shard);
    const lease = held.get(shard);
    running.delete(shard);
    held.delete(shard);
    log.info({ shard, of: count }, why);
    await one?.stop();
    await lease?.release().catch(() => {});
    changed();
  }

  async function following(): Promise<void> {
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
    running,
    states: () =>
      Array.from(held.keys(), (id) => ({
        id,
        ...(running.get(id)?.state() ?? { name: 'Starting', isReceiving: false }),
      })),
    begin: look,
    follow: () => void following(),
    over,
    async stop() {
      await round;
      await Promise.all([...running.values()].map((shard) => shard.stop()));
      running.clear();
    },
  };
}
