import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { becomeHost } from '../../src/app/ownership.ts';
import { agreeOnCount } from '../../src/app/shardCount.ts';
import { StoreRefused } from '../../src/store/refused.ts';
import type { Store } from '../../src/store/store.ts';
import { withoutPostgres } from '../fixtures/postgres.ts';
import { withPostgresStore } from '../store/opened.ts';

/** Becomes a host and agrees; with undefined if it is refused. */
async function start(store: Store, asked: number | undefined): Promise<number | undefined> {
  await becomeHost(store, true);
  return agreeOnCount(store, { asked, recommended: 9 }).catch((error: unknown) => {
    assert.ok(error instanceof StoreRefused);
    assert.match(error.message, /run \d shards, and SHARDS asks for \d\. Stop all of them/);
    return undefined;
  });
}

describe('how many shards there are', { skip: withoutPostgres }, () => {
  test('of hosts that start at the same moment with different numbers only those with one of them run', () =>
    withPostgresStore(async ({ store, another }) => {
      const stores = [store, await another(), await another(), await another(), await another()];
      const counts = await Promise.all(stores.map((one, index) => start(one, (index % 4) + 1)));
      const agreed = new Set(counts.filter((count) => count !== undefined));
      assert.equal(agreed.size, 1);
    }));

  test('hosts without a number of their own take that of the others', () =>
    withPostgresStore(async ({ store, another }) => {
      assert.equal(await start(store, 3), 3);
      const later = [await another(), await another()];
      assert.deepEqual(await Promise.all(later.map((one) => start(one, undefined))), [3, 3]);
      assert.equal(await start(await another(), 4), undefined);
    }));

  test('the number of hosts that have ended means nothing, also to two that start together with another one', () =>
    withPostgresStore(async ({ reopen, another }) => {
      assert.equal(await start(await another(), 2), 2);
      const store = await reopen();
      const hosts = [store, await another()];
      assert.deepEqual(await Promise.all(hosts.map((one) => start(one, 3))), [3, 3]);
    }));
});
