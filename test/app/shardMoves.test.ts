import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { moveOf } from '../../src/app/shardMoves.ts';

const table: {
  what: string;
  count: number;
  hosts: string[];
  held: Record<number, string>;
  take: number[];
  giveBack: number[];
}[] = [
  { what: 'one host takes all', count: 3, hosts: ['a'], held: {}, take: [0, 1, 2], giveBack: [] },
  { what: 'nothing to do', count: 2, hosts: ['a', 'b'], held: { 0: 'a', 1: 'b' }, take: [], giveBack: [] },
  {
    what: 'a second host has come',
    count: 4,
    hosts: ['a', 'b'],
    held: { 0: 'a', 1: 'a', 2: 'a', 3: 'a' },
    take: [],
    giveBack: [3],
  },
  {
    what: 'one to spare is not moved',
    count: 3,
    hosts: ['a', 'b'],
    held: { 0: 'a', 1: 'a', 2: 'b' },
    take: [],
    giveBack: [],
  },
  { what: 'a host has died', count: 4, hosts: ['a', 'b'], held: { 0: 'a', 3: 'b' }, take: [1], giveBack: [] },
  {
    what: 'what is free is left to whom it is owed',
    count: 4,
    hosts: ['a', 'b'],
    held: { 0: 'a', 1: 'a', 2: 'b' },
    take: [],
    giveBack: [],
  },
  { what: 'more hosts than shards', count: 1, hosts: ['a', 'b', 'c'], held: { 0: 'b' }, take: [], giveBack: [] },
];
for (const { what, count, hosts, held, take, giveBack } of table) {
  test(`shards are shared: ${what}`, () => {
    const holders = new Map(Object.entries(held).map(([shard, host]) => [Number(shard), host]));
    assert.deepEqual(moveOf({ count, host: 'a', hosts, holders }), { take, giveBack });
  });
}

/** Lets the hosts act in turn until nothing moves, and returns how many shards changed hands. */
function settle(count: number, hosts: string[], holders: Map<number, string>): number {
  let moved = 0;
  for (let isQuiet = false; !isQuiet; ) {
    isQuiet = true;
    for (const host of hosts) {
      const { take, giveBack } = moveOf({ count, host, hosts, holders });
      for (const shard of giveBack) holders.delete(shard);
      for (const shard of take) holders.set(shard, host);
      moved += take.length;
      if (take.length + giveBack.length > 0) isQuiet = false;
    }
  }
  return moved;
}

test('whatever hosts come and go, all shards are held, evenly, and no more of them move than must', () => {
  const coming = fc.array(fc.record({ comes: fc.boolean(), which: fc.nat(7) }), { maxLength: 12 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), coming, (count, events) => {
      const holders = new Map<number, string>();
      let hosts = ['h0'];
      settle(count, hosts, holders);
      for (const { comes, which } of events) {
        const name = `h${which}`;
        if (comes === hosts.includes(name) || (!comes && hosts.length === 1)) continue;
        hosts = comes ? [...hosts, name] : hosts.filter((host) => host !== name);
        for (const [shard, host] of holders) if (!hosts.includes(host)) holders.delete(shard);
        const free = count - holders.size;
        const moved = settle(count, hosts, holders);
        const sizes = hosts.map((host) => [...holders.values()].filter((one) => one === host).length);
        assert.equal(holders.size, count);
        assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1, String(sizes));
        assert.ok(moved <= free + (comes ? Math.floor(count / hosts.length) : 0), `${moved} moved`);
      }
    }),
  );
});
