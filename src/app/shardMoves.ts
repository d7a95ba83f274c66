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
  const numberOf = (one: string) => shards.filter((shard) => holders.get(shard) === one).length;
  const own = shards.filter((shard) => holders.get(shard) === host);
  const free = shards.filter((shard) => !holders.has(shard));
  const [least, most] = [Math.floor(count / hosts.length), Math.ceil(count / hosts.length)];
  const owed = hosts.reduce((sum, one) => sum + Math.max(0, least - numberOf(one)), 0);
  // Beyond the least share, a host takes one more only if enough is left for those that have less.
  const beyond = own.length < most && free.length > owed ? 1 : 0;
  const wanted = own.length < least ? least - own.length : beyond;

  const isNeeded = free.length === 0 && hosts.some((one) => numberOf(one) < least);
  const isFirst = hosts.every((one) => numberOf(one) <= most);
  const surplus = own.length > most || (own.length > least && isNeeded && isFirst);
  return { take: free.slice(0, wanted), giveBack: surplus ? own.slice(-1) : [] };
}
