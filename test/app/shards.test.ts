import assert from 'node:assert/strict';
import { test } from 'node:test';
import { becomeHost } from '../../src/app/ownership.ts';
import { createShards } from '../../src/app/shards.ts';
import type { Store } from '../../src/store/store.ts';
import { memoryLog } from '../e2e/memoryLog.ts';
import { fastClock } from '../fixtures/fastClock.ts';
import { withStore } from '../store/opened.ts';

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
    const shards = createShards({
      leases: store.leases,
      count: 2,
      start: async () => ({ state: () => ({ name: 'Ready', isReceiving: true }), over: new Promise(() => {}), stop }),
      changed() {},
      clock,
      log: memoryLog(),
      stop: end.signal,
    });
    await shards.begin();
    assert.equal(shards.running.size, 2);

    const other: Store = await another();
    await becomeHost(other, true);
    shards.follow();
    await started.promise;
    assert.equal(await other.leases.take('shard:1'), undefined);
    stopped.resolve();
    let lease = await other.leases.take('shard:1');
    while (!lease) {
      await clock.sleep(1_000);
      lease = await other.leases.take('shard:1');
    }
    assert.deepEqual([...shards.running.keys()], [0]);
    end.abort();
    await shards.stop();
  }));

function withResolvers() {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((yes) => {
    resolve = yes;
  });
  return { promise, resolve };
}
