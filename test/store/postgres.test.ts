import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { wireTo } from '../../bench/hosts/wire.ts';
import { movableClock } from '../../sandbox/clock.ts';
import { systemClock } from '../../src/scan/clock.ts';
import { load } from '../../src/store/postgres/loading.ts';
import { StoreRefused } from '../../src/store/refused.ts';
import { scanStore } from '../../src/store/scanStore.ts';
import { openStore } from '../../src/store/store.ts';
import { callTableContract } from '../contracts/calls.ts';
import { leaseContract } from '../contracts/leases.ts';
import { collectionContract, noteSchema, scanStoreContract } from '../contracts/store.ts';
import { postgresServer, sharedServer, withDatabase, withoutPostgres } from '../fixtures/postgres.ts';
import { withPostgresStore } from './opened.ts';

describe('PostgreSQL', { skip: withoutPostgres, concurrency: 4 }, () => {
  collectionContract('PostgreSQL', (body) =>
    withPostgresStore(({ store, reopen }) =>
      body({
        notes: store.collection('notes', noteSchema),
        reopened: async () => (await reopen()).collection('notes', noteSchema),
      }),
    ),
  );
  scanStoreContract('PostgreSQL', (body) =>
    withPostgresStore(({ store, clock, reopen }) =>
      body({ store: scanStore(store, clock), reopened: async () => scanStore(await reopen(), clock) }),
    ),
  );
  callTableContract('PostgreSQL', (body) =>
    withPostgresStore(async ({ store, another }) => body(store.calls, (await another()).calls)),
  );
  leaseContract('PostgreSQL', (body) => withPostgresStore(({ another }) => body(async () => (await another()).leases)));

  test('several that open a new database at once all get it', () =>
    withDatabase(async (url) => {
      const opening = () => openStore({ dir: '', url, clock: movableClock(), log: () => {} });
      const stores = await Promise.all([opening(), opening(), opening(), opening()]);
      await stores[0]?.collection('notes', noteSchema).set('a', { text: 'here' });
      assert.deepEqual(await stores[3]?.collection('notes', noteSchema).get('a'), { text: 'here' });
      await Promise.all(stores.map((store) => store.close()));
    }));

  test('news reach the other processes', () =>
    withPostgresStore(async ({ store, another, clock }) => {
      const other = await another();
      // Whoever waits listens from its first wait on.
      await other.news.next('x', 0);
      const heard = other.news.next('x', 3_600_000);
      while ((await Promise.race([heard.then(() => 'heard'), clock.sleep(20)])) !== 'heard') store.news.tell('x');
    }));
});

const refusals = [
  {
    what: 'a server that does not answer',
    url: 'postgres://127.0.0.1:1/x',
    words: /127\.0\.0\.1:1\/x cannot be reached \(ECONNREFUSED\)/,
  },
  {
    what: 'a wrong password',
    url: changed((url) => Object.assign(url, { password: 'wrong' })),
    words: /refuses the user or the password/,
  },
  {
    what: 'a database that is missing',
    url: changed((url) => Object.assign(url, { pathname: 'nowhere' })),
    words: /no such database\. Create it/,
  },
];
for (const { what, url, words } of refusals) {
  test(`${what} is refused with what to do`, { skip: withoutPostgres }, async () => {
    await assert.rejects(openStore({ dir: '', url, clock: movableClock(), log: () => {} }), (error) => {
      assert.ok(error instanceof StoreRefused);
      assert.match(error.message, words);
      assert.doesNotMatch(error.message, /wrong/);
      return true;
    });
  });
}

function changed(change: (url: URL) => URL): string {
  return sharedServer ? change(new URL(sharedServer)).href : '';
}

test('a server that stops and starts again: what needs it fails meanwhile, then all goes on by itself', {
  skip: withoutPostgres,
}, async (t) => {
  const server = await postgresServer();
  t.after(() => server.remove());
  await server.start();
  const opening = () => openStore({ dir: '', url: server.url, clock: movableClock(), log: () => {} });
  const [store, other] = await Promise.all([opening(), opening()]);
  t.after(() => Promise.all([store.close(), other.close()]));
  const lease = await store.leases.take('x');
  assert.ok(lease);
  const notes = store.collection('notes', noteSchema, { lease });
  await notes.set('a', { text: 'before' });

  await server.stop();
  await assert.rejects(notes.set('a', { text: 'meanwhile' }));
  await server.start();
  await notes.set('a', { text: 'after' });
  assert.equal(await other.leases.take('x'), undefined, 'nobody takes what its owner comes back for');
  await lease.confirm();
  assert.deepEqual(await other.collection('notes', noteSchema).get('a'), { text: 'after' });
});

test(
  'a connection that breaks between two batches fails the copy with an error that can be caught',
  {
    skip: withoutPostgres,
  },
  () =>
    withDatabase(async (url) => {
      await openStore({ dir: '', url, clock: movableClock(), log: () => {} }).then((store) => store.close());
      const wire = await wireTo(Number(new URL(url).port));
      async function* batches() {
        yield { table: 'rows', columns: ['key', 'value'], rows: [['a', '{}']] };
        wire.cut(false);
        await systemClock.sleep(100);
        yield { table: 'rows', columns: ['key', 'value'], rows: [['b', '{}']] };
      }
      const through = Object.assign(new URL(url), { host: wire.address }).href;
      await assert.rejects(load(through, batches()), /connection/i);
      wire.close();
    }),
);
