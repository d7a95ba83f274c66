import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CallTable } from '../../src/quota/keyState.ts';

/** Two handles of one table, as two processes would have them. */
export type OpenCalls = (body: (one: CallTable, other: CallTable) => Promise<void>) => Promise<void>;

/** What a table of calls that several processes share must do. */
export function callTableContract(name: string, open: OpenCalls) {
  test(`${name}: a key that nobody has written has version 0 and no state`, () =>
    open(async (calls) => {
      const { version, state } = await calls.read('a');
      assert.deepEqual([version, state], [0, undefined]);
    }));

  test(`${name}: what one process writes, the other reads`, () =>
    open(async (one, other) => {
      const state = JSON.stringify({ text: '"\' $1 $now ? ü 🔴' });
      assert.equal(await one.replace('a', 0, 'first'), true);
      assert.equal(await other.replace('a', 1, state), true);
      const read = await one.read('a');
      assert.deepEqual([read.version, read.state], [2, state]);
    }));

  test(`${name}: a write that follows another version than the last changes nothing`, () =>
    open(async (one, other) => {
      await one.replace('a', 0, 'first');
      await one.replace('a', 1, 'second');
      for (const version of [0, 1, 3]) assert.equal(await other.replace('a', version, 'late'), false);
      const { version, state } = await other.read('a');
      assert.deepEqual([version, state], [2, 'second']);
    }));

  test(`${name}: of several writes that follow the same version, one counts`, () =>
    open(async (one, other) => {
      for (let version = 0; version < 20; version++) {
        const writes = [one, other, one, other].map((calls, n) => calls.replace('a', version, `${version} ${n}`));
        const outcomes = await Promise.all(writes);
        assert.equal(outcomes.filter((written) => written).length, 1);
        const { state } = await one.read('a');
        assert.equal(state, `${version} ${outcomes.indexOf(true)}`);
      }
    }));

  test(`${name}: nothing that two processes add up at once is lost`, () =>
    open(async (one, other) => {
      const add = async (calls: CallTable) => {
        for (let written = false; !written; ) {
          const { version, state = '0' } = await calls.read('sum');
          written = await calls.replace('sum', version, String(Number(state) + 1));
        }
      };
      await Promise.all(Array.from({ length: 40 }, (_, n) => add(n % 2 ? one : other)));
      const { version, state } = await one.read('sum');
      assert.deepEqual([version, state], [40, '40']);
    }));

  test(`${name}: each key has a state of its own`, () =>
    open(async (one, other) => {
      await Promise.all([one.replace('a', 0, 'of a'), other.replace('b', 0, 'of b')]);
      const states = await Promise.all(['a', 'b', ''].map(async (key) => (await one.read(key)).state));
      assert.deepEqual(states, ['of a', 'of b', undefined]);
    }));

  test(`${name}: all processes are told the same time, whether a key was written or not`, () =>
    open(async (one, other) => {
      await one.replace('a', 0, 'state');
      const times = [(await one.read('a')).now, (await other.read('a')).now, (await one.read('new')).now];
      for (const time of times) assert.ok(Number.isInteger(time) && time >= (times[0] ?? 0), `${times}`);
      assert.ok(Math.max(...times) - Math.min(...times) < 10_000, `${times}`);
    }));
}
