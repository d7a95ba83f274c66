/** Which shards a host should take or give back now. */
export interface Move {
  take: number[];
  giveBack: number[];
}

export interface Situation {
  /** All shards are 0 to `count` - 1. */
  count: number;
  host: string;
  /** The living hosts, this one included. */
  hosts: readonly string[];
  /** The living host that has each shard, by shard. */
  holders: ReadonlyMap<number, string>;
}

/**
 * Spreads shards evenly over the hosts, and moves as few as possible: a host takes free ones up to its share, and gives one
 * back only if it has more than its share while another has less than that. In the end, hosts differ by one shard at most.
 */
export function moveOf({ count, host, hosts, holders }: Situation): Move {
  const shards = Array.from({ length: count }, (_, shard) => shard);
  const own = shards.filter((shard) => holders.get(shard) === host);
  const free = shards.filter((shard) => !holders.has(shard));
  const held = hosts.map((one) => shards.filter((shard) => holders.get(shard) === one).length);
  const [least, most] = [Math.floor(count / hosts.length), Math.ceil(count / hosts.length)];
  const counts: Counts = { own: own.length, free: free.length, held, least, most };
  return { take: free.slice(0, mayTake(counts)), giveBack: mustGive(counts) ? own.slice(-1) : [] };
}

/** Numbers of shards. Of 7 shards, each of 3 hosts has at least 2 and at most 3 when nothing moves any more. */
interface Counts {
  own: number;
  free: number;
  /** Of each host, this one included. */
  held: readonly number[];
  least: number;
  most: number;
}

/**
 * How many free shards a host may take: up to the least share, and one beyond if enough is left for those that have less.
 * Example: hosts with 3, 2 and 0 of 7 shards leave 2 free. Both are owed to the third, so the second takes none.
 */
function mayTake({ own, free, held, least, most }: Counts): number {
  if (own < least) return least - own;
  const owed = held.reduce((sum, one) => sum + Math.max(0, least - one), 0);
  return own < most && free > owed ? 1 : 0;
}

/**
 * Whether a host must give one back: it has more than the largest share, or another lacks one and nobody else must give first.
 * Example: of hosts with 4, 3 and 0 of 7 shards the first gives one. The third takes it, and of 3, 3 and 1 one gives another.
 */
function mustGive({ own, free, held, least, most }: Counts): boolean {
  if (own > most) return true;
  const isNeeded = free === 0 && held.some((one) => one < least);
  return own > least && isNeeded && held.every((one) => one <= most);
}
