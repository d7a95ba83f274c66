import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Client } from 'pg';
import { type Wire, wireTo } from '../../bench/hosts/wire.ts';
import { systemClock } from '../../src/scan/clock.ts';
import { LeaseLost } from '../../src/scan/failure.ts';
import { createLeases } from '../../src/store/leases.ts';
import { schemaOption } from '../../src/store/postgres/prepareSchema.ts';
import { openSession } from '../../src/store/postgres/session.ts';
import type { Store } from '../../src/store/store.ts';
import { openStore } from '../../src/store/store.ts';
import { withDatabase, withoutPostgres } from '../fixtures/postgres.ts';

interface Stage {
  /** Two processes. The session of the first one goes over the wire. */
  first: ReturnType<typeof openSession>;
  second: ReturnType<typeof openSession>;
  wire: Wire;
  /** Its statements go their own way. */
  store: Store;
  /** Runs SQL as an administrator. */
  administer(statement: string): Promise<unknown[]>;
}

function onStage(body: (stage: Stage) => Promise<void>): Promise<void> {
  return withDatabase(async (url) => {
    const store = await openStore({ dir: '', url, clock: systemClock, log: () => {} });
    const wire = await wireTo(Number(new URL(url).port));
    const options = { options: schemaOption, query_timeout: 500 };
    const over = Object.assign(new URL(url), { host: wire.address }).href;
    const first = openSession({ ...options, connectionString: over, application_name: 'first' }, systemClock, 0);
    const second = openSession({ ...options, connectionString: url }, systemClock, 0);
    const administrator = new Client(url);
    await administrator.connect();
    try {
      const administer = async (statement: string) => (await administrator.query(statement)).rows;
      await body({ first, second, wire, store, administer });
    } finally {
      wire.close();
      await Promise.all([first.close(), second.close(), store.close(), administrator.end()]);
    }
  });
}

const nothing = async () => {};
const connections = `SELECT pid FROM pg_stat_activity
  WHERE datname = current_database() AND application_name = 'first' ORDER BY backend_start`;

/** Resolves when the session has found out that its connection is silent, and has another one. */
async function recovered({ liveness }: Stage['first']): Promise<void> {
  await assert.rejects(liveness.ifDead('nobody', nothing), /timeout/);
  while ((await liveness.ifDead('nobody', nothing).catch(() => undefined)) === undefined) await systemClock.sleep(20);
}

describe('the session with PostgreSQL', { skip: withoutPostgres, concurrency: 4 }, () => {
  test('a connection that is silent for ever is replaced by one, which gets the lock when the server has found out', () =>
    onStage(async ({ first, second, wire, administer }) => {
      await first.liveness.show('a');
      assert.ok(first.liveness.shownSince('a') <= performance.now());
      wire.forget();
      await recovered(first);
      assert.equal(first.liveness.shownSince('a'), Number.POSITIVE_INFINITY);
      assert.equal(await second.liveness.ifDead('a', nothing), false, 'the old connection has the lock');
      await systemClock.sleep(1_000);
      assert.equal((await administer(connections)).length, 2);

      await administer(`SELECT pg_terminate_backend(pid) FROM (${connections} LIMIT 1) AS old`);
      while (first.liveness.shownSince('a') === Number.POSITIVE_INFINITY) await systemClock.sleep(20);
      assert.equal((await administer(connections)).length, 1);
      assert.equal(await second.liveness.ifDead('a', nothing), false);
    }));

  test('a process keeps its leases while the server takes its old connection for alive', () =>
    onStage(async ({ first, second, wire, store: { sql } }) => {
      const term = 2_000;
      const owner = createLeases({ sql, ...first }, term);
      const other = createLeases({ sql, ...second }, term);
      const lease = await owner.take('x');
      assert.ok(lease);
      wire.forget();
      await recovered(first);
      for (const until = Date.now() + 1.5 * term; Date.now() < until; await systemClock.sleep(50))
        assert.equal(await other.take('x'), undefined);
      await lease.confirm();
      await Promise.all([owner.close(), other.close()]);
    }));

  test('a process keeps its leases when all its connections are silent for ever, and new ones work', () =>
    withDatabase(async (url) => {
      const wire = await wireTo(Number(new URL(url).port));
      const over = Object.assign(new URL(url), { host: wire.address }).href;
      const opening = (through: string) => openStore({ dir: '', url: through, clock: systemClock, log: () => {} });
      const [store, other] = await Promise.all([opening(over), opening(url)]);
      const lease = await store.leases.take('x');
      assert.ok(lease);
      const ask = () => Promise.allSettled(Array.from({ length: 8 }, () => store.sql.query('SELECT pg_sleep(0.1)')));
      await ask();
      wire.forget();
      let isOver = false;
      const asked = ask().finally(() => {
        isOver = true;
      });
      for (; !isOver; await systemClock.sleep(50)) assert.equal(await other.leases.take('x'), undefined);
      assert.ok((await asked).every(({ status }) => status === 'rejected'));
      await lease.confirm();
      wire.close();
      await Promise.all([store.close(), other.close()]);
    }));

  test('a process whose connection has ended asks the database who has its leases, however fresh its renewal is', () =>
    onStage(async ({ first, second, wire, store: { sql } }) => {
      const owner = createLeases({ sql, ...first });
      const other = createLeases({ sql, ...second });
      const [lease, kept] = [await owner.take('x'), await owner.take('y')];
      assert.ok(lease && kept);
      wire.cut(false);
      while (!(await other.take('x'))) await systemClock.sleep(20);
      await assert.rejects(lease.confirm(), LeaseLost);
      await kept.confirm();
      wire.mend();
      await Promise.all([owner.close(), other.close()]);
    }));

  test('an owner cannot come back while another process deletes it as dead', () =>
    onStage(async ({ first, second }) => {
      const events: string[] = [];
      let showing: Promise<unknown> | undefined;
      const isDead = await second.liveness.ifDead('a', async () => {
        showing = first.liveness.show('a').then(() => events.push('shown'));
        await systemClock.sleep(500);
        events.push('deleted');
      });
      await showing;
      assert.ok(isDead);
      assert.deepEqual(events, ['deleted', 'shown']);
      assert.equal(await second.liveness.ifDead('a', nothing), false);
    }));
});
