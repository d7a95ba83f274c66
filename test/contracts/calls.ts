import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallTable } from '../../src/quota/limiter.ts';

const limits = { perMinute: 4, perDay: 10, perMonth: 12 };
const [day, month] = ['2026-03-10', '2026-03'];
const now = Date.UTC(2026, 2, 10, 12);
const call = { cost: 1, now, freeAt: now + 90_000, day, limits };
const nothing = { day: 0, month: 0 };

/** What a table of calls that several processes share must do. */
export function callTableContract(
  name: string,
  withCalls: (body: (calls: CallTable) => Promise<void>) => Promise<void>,
) {
  const entered = (body: (calls: CallTable) => Promise<void>) =>
    withCalls(async (calls) => {
      await calls.enter(day, now, nothing);
      await body(calls);
    });

  test(`${name}: takes as many slots of the minute as the limit has, and no more`, () =>
    entered(async (calls) => {
      const ids = await Promise.all(Array.from({ length: 9 }, () => calls.take(call)));
      assert.equal(new Set(ids.filter((id) => id !== undefined)).size, 4);
      assert.deepEqual(await calls.used(day), { day: 4, month: 4 });
    }));

  test(`${name}: a slot is free again when its time has come, and the day's count stays`, () =>
    entered(async (calls) => {
      const first = await calls.take({ ...call, cost: 4 });
      await calls.hold([first ?? 0], now + 60_000, true);
      assert.deepEqual(await calls.taken(now, now + 90_000), [{ cost: 4, freeAt: now + 60_000, answered: true }]);
      assert.equal(await calls.take({ ...call, now: now + 59_999 }), undefined);
      assert.notEqual(await calls.take({ ...call, now: now + 60_000 }), undefined);
      assert.deepEqual(await calls.used(day), { day: 5, month: 5 });
    }));

  test(`${name}: a call of two needs two slots, or the whole of a smaller minute`, () =>
    entered(async (calls) => {
      await calls.take({ ...call, cost: 3 });
      assert.equal(await calls.take({ ...call, cost: 2 }), undefined);
      const small = { ...limits, perMinute: 1 };
      const later = { ...call, cost: 2, limits: small, now: now + 90_000, freeAt: now + 180_000 };
      assert.notEqual(await calls.take(later), undefined);
      assert.equal(await calls.take(later), undefined);
    }));

  test(`${name}: what was not sent is given back, in the minute and in the day`, () =>
    entered(async (calls) => {
      const id = await calls.take({ ...call, cost: 4 });
      await calls.giveBack(id ?? 0);
      assert.deepEqual(await calls.taken(now, now + 90_000), []);
      assert.deepEqual(await calls.used(day), nothing);
    }));

  test(`${name}: the day and the month are kept`, () =>
    entered(async (calls) => {
      const roomy = { ...limits, perMinute: 100 };
      const id = await calls.take({ ...call, cost: 9, limits: roomy });
      await calls.hold([id ?? 0], now + 60_000, true);
      assert.equal(await calls.take({ ...call, cost: 2, limits: roomy }), undefined);
      await calls.enter('2026-03-11', now + 60_000, nothing);
      assert.equal((await calls.used('2026-03-11')).month, 9);
      assert.equal(await calls.take({ ...call, cost: 4, day: '2026-03-11', limits: roomy }), undefined);
      assert.notEqual(await calls.take({ ...call, cost: 3, day: '2026-03-11', limits: roomy }), undefined);
    }));

  test(`${name}: a day that begins is charged with a call that was answered after midnight, whoever entered it`, () =>
    entered(async (calls) => {
      const [before, after] = [await calls.take(call), await calls.take(call)];
      const midnight = now + 60_000;
      await calls.hold([before ?? 0], midnight, true);
      await calls.hold([after ?? 0], midnight + 1, true);
      await calls.enter('2026-03-11', midnight, nothing);
      assert.deepEqual(await calls.used('2026-03-11'), { day: 1, month: 2 });
    }));

  test(`${name}: a day that begins is charged with what is on its way, and with what is known of it`, () =>
    entered(async (calls) => {
      await calls.take({ ...call, cost: 3 });
      await calls.enter('2026-03-11', now, nothing);
      assert.equal((await calls.used('2026-03-11')).day, 3);
      await calls.enter('2026-03-12', now, { day: 7, month: 70 });
      assert.deepEqual(await calls.used('2026-03-12'), { day: 7, month: 3 });
    }));

  test(`${name}: the service's word counts, with the calls that it may not have seen`, () =>
    entered(async (calls) => {
      const old = await calls.take({ ...call, cost: 2 });
      await calls.hold([old ?? 0], now + 1_000, true);
      await calls.take(call);
      await calls.recount(day, 6, now + 2_000);
      await calls.recount(month, 8, now + 2_000);
      assert.deepEqual(await calls.used(day), { day: 7, month: 9 });
    }));

  test(`${name}: a clock that was set back keeps no slot for longer than a call can have it`, () =>
    entered(async (calls) => {
      await calls.take({ ...call, freeAt: now + 3_600_000 });
      assert.deepEqual(await calls.taken(now, now + 90_000), [{ cost: 1, freeAt: now + 90_000, answered: false }]);
    }));
}
