import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identifyThrottler } from '../../../src/discord/gateway/identify.ts';
import type { Leases } from '../../../src/scan/lease.ts';
import { fastClock } from '../../fixtures/fastClock.ts';
import { withStore } from '../../store/opened.ts';

const clock = fastClock(50);
const forever = new AbortController().signal;
const allowing = (max_concurrency: number) => ({
  fetchGatewayInformation: async () => ({ session_start_limit: { max_concurrency } }),
});

test('of two processes, one shard of each bucket begins a session in five seconds', () =>
  withStore(async ({ store, another }) => {
    const manager = allowing(2);
    const throttles = [store, await another()].map(({ leases }) => identifyThrottler(leases, clock)(manager));
    const turns = await Promise.all(
      [0, 1, 2, 3, 4, 5].map(async (shard) => {
        await (await throttles[shard % 3 ? 0 : 1])?.waitForIdentify(shard, forever);
        return { bucket: shard % 2, at: clock.now() };
      }),
    );
    for (const bucket of [0, 1]) {
      const times = turns.flatMap((turn) => (turn.bucket === bucket ? turn.at : [])).toSorted((one, two) => one - two);
      const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
      assert.ok(
        waits.every((wait) => wait >= 5_000),
        String(waits),
      );
    }
  }));

test('while the store or Discord fails, a session waits for its turn', () =>
  withStore(async ({ store }) => {
    let failures = 3;
    const fail = () => {
      failures -= 1;
      if (failures > 0) throw new Error('it does not answer');
    };
    const leases: Pick<Leases, 'take'> = {
      async take(name) {
        fail();
        return store.leases.take(name);
      },
    };
    const manager = {
      async fetchGatewayInformation() {
        fail();
        return allowing(1).fetchGatewayInformation();
      },
    };
    await (await identifyThrottler(leases, clock)(manager)).waitForIdentify(0, forever);
    assert.equal(await store.leases.take('identify:0'), undefined, 'it has the turn');
  }));

test('a connection that ends while it waits begins no session, and leaves its turn to others', () =>
  withStore(async ({ store }) => {
    const ended = new AbortController();
    const leases: Pick<Leases, 'take'> = {
      async take(name) {
        ended.abort(new Error('closed'));
        return store.leases.take(name);
      },
    };
    const waiting = (await identifyThrottler(leases, clock)(allowing(1))).waitForIdentify(0, ended.signal);
    await assert.rejects(waiting, /closed/);
    while (!(await store.leases.take('identify:0'))) await clock.sleep(100);
  }));
