import assert from 'node:assert/strict';
import { test } from 'node:test';
import { becomeHost } from '../../src/app/ownership.ts';
import { createShards } from '../../src/app/shards.ts';
import { StartError } from '../../src/discord/gateway/start.ts';
import type { Lease } from '../../src/scan/lease.ts';
import type { Store } from '../../src/store/store.ts';
import { memoryLog } from '../e2e/memoryLog.ts';
import { fastClock } from '../fixtures/fastClock.ts';
import { withStore } from '../store/opened.ts';

type Parts = Parameters<typeof createShards>[0];

/** A shard that runs. */
const ready = {
  state: () => ({ name: 'Ready', isReceiving: true }),
  over: new Promise<string>(() => {}),
  stop: async () => {},
};

/** A host of two shards. */
async function hostOn(store: Store, { rate = 20, ...parts }: Partial<Parts> & { rate?: number } = {}) {
  const [end, running, clock] = [new AbortController(), new Map<number, typeof ready>(), fastClock(rate)];
  await becomeHost(store, true);
  const shards = createShards({
    leases: store.leases,
    count: 2,
    running,
    start: async () => ready,
    changed() {},
    clock,
    log: memoryLog(),
    stop: end.signal,
    ...parts,
  });
  return {
    ...shards,
    clock,
    running,
    async stop() {
      end.abort();
      await shards.stop();
    },
  };
}

/** Takes a lease as soon as it is free. */
async function taken({ leases }: Store, name: string, { sleep } = fastClock(20)): Promise<Lease> {
  for (;;) {
    const lease = await leases.take(name);
    if (lease) return lease;
    await sleep(1_000);
  }
}

test('a shard that is given to another host stays ours until its work has come to an end', () =>
  withStore(async ({ store, another }) => {
    const [stopped, stopping] = [withResolvers(), withResolvers()];
    const stop = () => {
      stopping.resolve();
      return stopped.promise;
    };
    const shards = await hostOn(store, { start: async () => ({ ...ready, stop }) });
    await shards.begin();
    assert.equal(shards.running.size, 2);

    const other = await another();
    await becomeHost(other, true);
    await stopping.promise;
    assert.equal(await other.leases.take('shard:1'), undefined);
    stopped.resolve();
    await taken(other, 'shard:1');
    assert.deepEqual([...shards.running.keys()], [0]);
    await shards.stop();
  }));

test('a shard whose end fails is given to the other host all the same', () =>
  withStore(async ({ store, another }) => {
    const stop = async () => {
      throw new Error('the disk is full');
    };
    const shards = await hostOn(store, { start: async (shard) => ({ ...ready, ...(shard === 1 && { stop }) }) });
    await shards.begin();
    const other = await another();
    await becomeHost(other, true);
    await taken(other, 'shard:1');
    await shards.stop();
  }));

test('a shard that could not be given back is run again by its host when no other host is left', () =>
  withStore(async ({ store, another }) => {
    const shards = await hostOn(store);
    await shards.begin();
    const stuck = "CREATE TRIGGER stuck BEFORE DELETE ON leases BEGIN SELECT raise(ABORT, 'disk full'); END";
    await store.sql.query(stuck);
    const other = await another();
    await becomeHost(other, true);
    while (shards.running.size > 1) await shards.clock.sleep(1_000);

    await store.sql.query('UPDATE owners SET until = $steady WHERE id = $1', [other.leases.owner]);
    while (shards.running.size < 2) await shards.clock.sleep(1_000);
    await store.sql.query('DROP TRIGGER stuck');
    await shards.stop();
  }));

test('Discord refusing a shard for good that was taken later ends the process with its words', () =>
  withStore(async ({ store, another }) => {
    const other = await another();
    await becomeHost(other, true);
    assert.ok(await other.leases.take('shard:1'));
    const shards = await hostOn(store, {
      async start(shard) {
        if (shard === 1) throw new StartError('Discord refuses an intent');
        return ready;
      },
    });
    await shards.begin();
    await store.sql.query('UPDATE owners SET until = $steady WHERE id = $1', [other.leases.owner]);
    assert.equal(await shards.over, 'Discord refuses an intent');
    await shards.stop();
  }));

test('a shard that does not start is tried again after longer and longer waits, and is not receiving meanwhile', () =>
  withStore(async ({ store, another }) => {
    const times: number[] = [];
    const shards = await hostOn(store, {
      rate: 500,
      async start(shard) {
        if (shard === 0) return ready;
        times.push(shards.clock.now());
        if (times.length < 7) throw new Error('the database does not answer');
        return ready;
      },
    });
    const begun = shards.begin();
    while (times.length < 6) await shards.clock.sleep(1_000);
    const state = shards.states().find(({ id }) => id === 1);
    assert.deepEqual(state, { id: 1, name: 'Starting', isReceiving: false });
    assert.equal(await (await another()).leases.take('shard:1'), undefined);
    await begun;
    assert.equal(shards.running.size, 2);
    const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    // Our timers may be a millisecond early, which is half a second here.
    for (const [index, wait] of waits.entries()) assert.ok(wait + 1_000 >= 2_500 * 2 ** index, String(waits));
    await shards.stop();
  }));

for (const { what, loses } of [
  { what: 'lost', loses: true },
  { what: 'given to another host', loses: false },
])
  test(`a shard that does not get connected delays no other one, and its start ends when it is ${what}`, () =>
    withStore(async ({ store, another }) => {
      const [stuck, ended] = [withResolvers(), withResolvers()];
      let stuckLease: Lease | undefined;
      const shards = await hostOn(store, {
        async start(shard, lease, signal) {
          if (shard === 0) return ready;
          stuckLease = lease;
          stuck.resolve();
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          await ended.promise;
          throw signal.reason;
        },
      });
      const begun = shards.begin();
      await stuck.promise;
      while (shards.running.size === 0) await shards.clock.sleep(100);
      assert.deepEqual([...shards.running.keys()], [0]);
      assert.deepEqual(
        shards.states().map(({ name }) => name),
        ['Ready', 'Starting'],
      );

      const other = await another();
      await becomeHost(other, true);
      if (loses) {
        await stuckLease?.release();
        assert.ok(await other.leases.take('shard:1'));
      }
      while (shards.states().length > 1) await shards.clock.sleep(1_000);
      assert.deepEqual([...shards.running.keys()], [0]);
      if (!loses) assert.equal(await other.leases.take('shard:1'), undefined);
      ended.resolve();
      await begun;
      if (!loses) await taken(other, 'shard:1');
      await shards.stop();
    }));

test('a shard whose lease is not renewed in time, or is lost, does not count as receiving', () =>
  withStore(async ({ another }) => {
    const store = await another({ leaseTerm: 300 });
    let lease: Lease | undefined;
    const shards = await hostOn(store, {
      rate: 1,
      count: 1,
      async start(_, held) {
        lease = held;
        return ready;
      },
    });
    const becomes = async (name: string, isReceiving: boolean) => {
      while (shards.states()[0]?.name !== name) await store.sql.query('SELECT 1');
      assert.deepEqual(shards.states(), [{ id: 0, name, isReceiving }]);
    };
    await shards.begin();
    await becomes('Ready', true);
    await store.sql.query("CREATE TRIGGER stuck BEFORE UPDATE ON owners BEGIN SELECT raise(ABORT, 'cut off'); END");
    await becomes('No lease', false);
    await store.sql.query('DROP TRIGGER stuck');
    await becomes('Ready', true);
    await lease?.release();
    await becomes('No lease', false);
    await shards.stop();
  }));

function withResolvers() {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((yes) => {
    resolve = yes;
  });
  return { promise, resolve };
}
