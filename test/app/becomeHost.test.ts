import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { becomeHost } from '../../src/app/ownership.ts';
import { connect } from '../../src/store/sqlite/connection.ts';
import { withStore } from '../store/opened.ts';

test('a bot starts although the kernel still holds the lock of the one that was killed, or another process looks at it', () =>
  withStore(async ({ store, dir, clock }) => {
    const { sql, leases } = store;
    await sql.query("INSERT INTO owners(id, label, until) VALUES ('killed', 'process 1', $steady + 30000)");
    await sql.query("INSERT INTO leases(name, owner, number) VALUES ('host:only', 'killed', 1000)");
    await mkdir(join(dir, 'owners'));
    const held = await connect(join(dir, 'owners', 'killed'), 0, clock);
    await held.query('BEGIN EXCLUSIVE');
    let tries = 0;
    const take: typeof leases.take = async (name) => {
      const lease = await leases.take(name);
      tries += 1;
      if (tries === 3) await held.close();
      return lease;
    };

    await becomeHost({ ...store, leases: { ...leases, take } }, false);
    assert.equal(tries, 4);
  }));
