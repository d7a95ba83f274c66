import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { createActivity } from '../../src/app/activity.ts';
import { becomeHost, lossOf, shardOf, under } from '../../src/app/ownership.ts';
import { createServers, knownServerSchema } from '../../src/app/servers.ts';
import { withStore } from '../store/opened.ts';

/** Snowflakes of three servers, of which two belong to the second of two shards. */
const [onFirst = '', staying = '', leftMeanwhile = ''] = [2n << 22n, 1n << 22n, 3n << 22n].map(String);

const anyRow = z.looseObject({});

for (const { form, rowOf } of [
  { form: 'as they are stored now', rowOf: (guild = '') => ({ guild, bot: 'us' }) },
  { form: 'as older versions stored them', rowOf: (id = '') => ({ id, bot: 'us' }) },
])
  test(`a server that was left while the bot was down is forgotten by its own shard only; rows ${form}`, () =>
    withStore(async ({ store, clock }) => {
      for (const id of [onFirst, staying, leftMeanwhile]) await store.collection('servers', anyRow).set(id, rowOf(id));
      const lease = (await store.leases.take('shard:1')) ?? assert.fail('the lease is free');
      const isOurs = (server: string | undefined) => shardOf(server ?? '0', 2) === 1;
      const forgotten: string[] = [];
      const servers = createServers({
        records: under(lease, store, isOurs, createActivity(clock)).collection('servers', knownServerSchema),
        self: () => 'us',
        forget: async (id) => void forgotten.push(id),
        failed: assert.fail,
      });
      await servers.compare(new Set([staying]));
      assert.deepEqual(forgotten, [leftMeanwhile]);
    }));

test('a host that was lost before anybody waited for its loss is noticed', () =>
  withStore(async ({ store, another }) => {
    const lease = await becomeHost(store, false);
    await store.sql.query('DELETE FROM owners');
    const other = await another();
    assert.ok(await other.leases.take(lease.name));
    const lost = { ...lease, lost: AbortSignal.abort() };
    assert.match(await lossOf(lost, store, new AbortController().signal), /Another bot has taken over/);
  }));
