import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LeaseLost } from '../../src/scan/failure.ts';
import type { Leases } from '../../src/scan/lease.ts';

/** What all leases must do. `withLeases` opens as many views of one store as it is asked for, each as another process would. */
export function leaseContract(
  name: string,
  withLeases: (body: (open: () => Promise<Leases>) => Promise<void>) => Promise<void>,
): void {
  test(`${name}: of many who take a lease at once one gets it, and the next one when it is given back`, () =>
    withLeases(async (open) => {
      const [one, two] = [await open(), await open()];
      const taken = await Promise.all([one, two, one, two].map((leases) => leases.take('x')));
      const [lease, ...none] = taken.filter((each) => each !== undefined);
      assert.ok(lease);
      assert.equal(none.length, 0);
      assert.match((await two.holder('x')) ?? '', /process/);
      assert.ok(await two.take('y'), 'another one is free');
      await lease.confirm();
      assert.deepEqual(
        (await one.living('')).map(({ name: taken }) => taken),
        ['x', 'y'],
      );
      assert.deepEqual(await one.living('z'), []);

      await lease.release();
      assert.equal(await one.holder('x'), undefined);
      const next = await two.take('x');
      assert.ok(next && next.number > lease.number);
      await assert.rejects(lease.confirm(), LeaseLost);
      assert.ok(lease.lost.aborted);
      await lease.release();
      await next.confirm();
    }));
}
