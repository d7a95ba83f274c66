import assert from 'node:assert/strict';
import { test } from 'node:test';
import { becomeHost } from '../../src/app/ownership.ts';
import { createShards } from '../../src/app/shards.ts';
import { systemClock } from '../../src/scan/clock.ts';
import type { Lease } from '../../src/scan/lease.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { memoryLog } from '../e2e/memoryLog.ts';
import { fastClock } from '../fixtures/fastClock.ts';
import { withDirectory, withStore } from '../store/opened.ts';

test('a shard that is given to another host stays ours until its work has come to an end', () =>
  withStore(async ({ store, another }) => {
    const clock = fastClock(20);
    const end = new AbortController();
    const stopped = withResolvers();
    const started = withResolvers();
    const stop = () => {
      started.resolve();
      return stopped.promise;
    };
    await becomeHost(store, true);
    const running = new Map();
    const shards = createShards({
      leases: store.leases,
      count: 2,
      running,
      start: async () => ({ state: () => ({ name: 'Ready', isReceiving: true }), over: new Promise(() => {}), stop }),
      changed() {},
      clock,
      log: memoryLog(),
      stop: end.signal,
    });
    await shards.begin();
    assert.equal(running.size, 2);

    const other: Store = await another();
    await becomeHost(other, true);
    await started.promise;
    assert.equal(await other.leases.take('shard:1'), undefined);
    stopped.resolve();
    let lease = await other.leases.take('shard:1');
    while (!lease) {
      await clock.sleep(1_000);
      lease = await other.leases.take('shard:1');
    }
    assert.deepEqual([...running.keys()], [0]);
    end.abort();
    await shards.stop();
  }));

for (const { what, loses } of [
  { what: 'lost', loses: true },
  { what: 'given to another host', loses: false },
])
  test(`a shard that does not get connected delays no other one, and its start ends when it is ${what}`, () =>
    withStore(async ({ store, another }) => {
      const clock = fastClock(20);
      const end = new AbortController();
      const stuck = withResolvers();
      const ended = withResolvers();
      let stuckLease: Lease | undefined;
      await becomeHost(store, true);
      const ready = { state: () => ({ name: 'Ready', isReceiving: true }), over: new Promise<string>(() => {}) };
      const running = new Map();
      const shards = createShards({
        leases: store.leases,
        count: 2,
        running,
        async start(shard, lease, signal) {
          if (shard === 0) return { ...ready, stop: async () => {} };
          stuckLease = lease;
          stuck.resolve();
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          await ended.promise;
          throw signal.reason;
        },
        changed() {},
        clock,
        log: memoryLog(),
        stop: end.signal,
      });
      const begun = shards.begin();
      await stuck.promise;
      assert.deepEqual([...running.keys()], [0]);
      assert.deepEqual(
        shards.states().map(({ name }) => name),
        ['Ready', 'Starting'],
      );

      const other: Store = await another();
      await becomeHost(other, true);
      if (loses) {
        await stuckLease?.release();
        assert.ok(await other.leases.take('shard:1'));
      }
      while (shards.states().length > 1) await clock.sleep(1_000);
      assert.deepEqual([...running.keys()], [0]);
      if (!loses) assert.equal(await other.leases.take('shard:1'), undefined);
      ended.resolve();
      await begun;
      while (!loses && !(await other.leases.take('shard:1'))) await clock.sleep(1_000);
      end.abort();
      await shards.stop();
    }));

test('a shard whose lease is not renewed in time, or is lost, does not count as receiving', () =>
  withDirectory(async (dir) => {
    const store = await openStore({ dir, clock: systemClock, log: () => assert.fail(), leaseTerm: 300 });
    const end = new AbortController();
    let lease: Lease | undefined;
    const shards = createShards({
      leases: store.leases,
      count: 1,
      running: new Map(),
      async start(_, held) {
        lease = held;
        const state = () => ({ name: 'Ready', isReceiving: true });
        return { state, over: new Promise(() => {}), stop: async () => {} };
      },
      changed() {},
      clock: systemClock,
      log: memoryLog(),
      stop: end.signal,
    });
    const becomes = async (name: string, isReceiving: boolean) => {
      while (shards.states()[0]?.name !== name) await store.sql.query('SELECT 1');
      assert.deepEqual(shards.states(), [{ id: 0, name, isReceiving }]);
    };
    await becomeHost(store, true);
    await shards.begin();
    await becomes('Ready', true);
    await store.sql.query("CREATE TRIGGER stuck BEFORE UPDATE ON owners BEGIN SELECT raise(ABORT, 'cut off'); END");
    await becomes('No lease', false);
    await store.sql.query('DROP TRIGGER stuck');
    await becomes('Ready', true);
    await lease?.release();
    await becomes('No lease', false);
    end.abort();
    await shards.stop();
    await store.close();
  }));

function withResolvers() {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((yes) => {
    resolve = yes;
  });
  return { promise, resolve };
}
