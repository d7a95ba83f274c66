import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { createKeyring } from '../../src/keys/keyring.ts';
import { serverKeySchema } from '../../src/keys/storedKey.ts';
import { LeaseLost } from '../../src/scan/failure.ts';
import { createSealer } from '../../src/secrets/sealer.ts';
import { secretKeyOf } from '../../src/secrets/secretKey.ts';
import { withStore } from '../store/opened.ts';

test('a process that another one has taken the shard from changes no key of its servers', () =>
  withStore(async ({ store, another, dir, clock }) => {
    const file = join(dir, 'secret.key');
    const ringOf = (...secrets: Buffer[]) =>
      createKeyring({
        records: store.collection('serverKeys', serverKeySchema),
        sealer: createSealer({ keys: secrets.map(secretKeyOf), file }),
        own: 'operator',
        sharing: 'all',
        salt: async () => 'salt',
        news: store.news,
        stop: AbortSignal.abort(),
      });
    const [old, recent] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const limits = { perMinute: 4, perDay: 500, perMonth: 15_500 };
    const row = { guild: '1', by: '2', at: clock.now(), limits, mayFallBack: false };
    const lease = await store.leases.take('shard:0');
    assert.ok(lease);
    await ringOf(old).set(row, 'a'.repeat(64), lease);
    const stored = await ringOf(old).of('1');
    assert.ok(stored);

    await store.sql.query('UPDATE owners SET until = $steady WHERE id = $1', [store.leases.owner]);
    assert.ok(await (await another()).leases.take('shard:0'));
    const ring = ringOf(recent, old);
    await assert.rejects(ring.set(row, 'b'.repeat(64), lease), LeaseLost);
    await assert.rejects(ring.setFallBack('1', true, lease), LeaseLost);
    await assert.rejects(ring.remove('1', lease), LeaseLost);
    await assert.rejects(
      ring.reseal(() => true, lease),
      LeaseLost,
    );
    assert.deepEqual(await ring.of('1'), stored);
  }));
