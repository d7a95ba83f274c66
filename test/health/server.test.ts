import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { describe, type TestContext, test } from 'node:test';
import axios from 'axios';
import { movableClock } from '../../sandbox/clock.ts';
import { createCounts } from '../../src/health/counts.ts';
import { PortRefused } from '../../src/health/refused.ts';
import { openHealthServer } from '../../src/health/server.ts';
import type { Vitals } from '../../src/health/vitals.ts';
import { systemClock } from '../../src/scan/clock.ts';

const healthy: Vitals = {
  unfinished: async () => ({ count: 0, oldest: undefined }),
  notUp: () => undefined,
  shards: () => [],
  shardCount: () => undefined,
  keys: () => [],
  waiting: () => ({ interactive: 0, automatic: 0 }),
  takeovers: () => 0,
  now: () => 0,
};

/** A server that tells of a bot with these vital signs, until the test ends. */
async function serving(t: TestContext, changes: Partial<Vitals> = {}, clock = systemClock) {
  const counts = createCounts();
  const vitals = { ...healthy, ...changes };
  const server = await openHealthServer({ host: '127.0.0.1', port: 0, vitals, counts, version: '1.2.3', clock });
  t.after(() => server.close());
  const ask = async (path: string, method = 'GET') => {
    const response = await axios.request<string>({
      method,
      url: `${server.address}${path}`,
      validateStatus: () => true,
      proxy: false,
    });
    return { status: response.status, text: String(response.data).trim() };
  };
  return { ...server, counts, ask };
}

describe('the health server', { concurrency: 4 }, () => {
  test('says ok where all is well', async (t) => {
    const { ask } = await serving(t, { shards: () => [{ id: 0, name: 'Ready', isReceiving: true }] });
    assert.deepEqual(await ask('/livez'), { status: 200, text: 'ok' });
    assert.deepEqual(await ask('/readyz?verbose'), { status: 200, text: 'ok' });
    assert.deepEqual(await ask('/readyz', 'HEAD'), { status: 200, text: '' });
  });

  test('is not ready before the start is over, and lives', async (t) => {
    const { ask } = await serving(t, { notUp: () => 'it is starting, and waits for Discord' });
    assert.deepEqual(await ask('/readyz'), { status: 503, text: 'it is starting, and waits for Discord' });
    assert.equal((await ask('/livez')).status, 200);
  });

  test('is not ready while one of its shards does not receive, and names that one', async (t) => {
    const { ask } = await serving(t, {
      shards: () => [
        { id: 3, name: 'Ready', isReceiving: true },
        { id: 4, name: 'Resuming', isReceiving: false },
      ],
    });
    assert.deepEqual(await ask('/readyz'), { status: 503, text: 'shard 4 is not receiving: Resuming' });
  });

  for (const { what, unfinished } of [
    { what: 'fails', unfinished: () => Promise.reject(new Error('disk full')) },
    { what: 'does not answer', unfinished: () => new Promise<never>(() => {}) },
  ]) {
    test(`a store that ${what} makes it dead, and hides no other figure`, async (t) => {
      const clock = movableClock();
      const { ask } = await serving(t, { unfinished, takeovers: () => 7 }, clock);
      const asked = Promise.all([ask('/livez'), ask('/metrics')]);
      const stop = new AbortController();
      // The deadlines begin when the requests have arrived.
      void (async () => {
        for (; !stop.signal.aborted; await systemClock.sleep(10)) clock.jump(5_000);
      })();
      const [life, metrics] = await asked.finally(() => stop.abort());
      assert.deepEqual(life, { status: 503, text: 'the store cannot be read' });
      assert.match(metrics.text, /^vtscan_lease_takeovers_total 7$/m);
      assert.match(metrics.text, /^vtscan_oldest_unfinished_seconds Nan$/m);
    });
  }

  test('knows no other path and no other method', async (t) => {
    const { ask } = await serving(t);
    assert.deepEqual(await ask('/'), { status: 404, text: 'There are /livez, /readyz, /metrics.' });
    assert.equal((await ask('/livez', 'POST')).status, 405);
  });

  test('a port that is taken is refused with what to do', async (t) => {
    const other = createServer().listen(0, '127.0.0.1');
    t.after(() => other.close());
    await new Promise((listening) => other.once('listening', listening));
    const address = other.address();
    assert.ok(address && typeof address === 'object');
    const { port } = address;
    const opening = openHealthServer({
      host: '127.0.0.1',
      port,
      vitals: healthy,
      counts: createCounts(),
      version: '1',
      clock: systemClock,
    });
    await assert.rejects(opening, (error) => {
      assert.ok(error instanceof PortRefused);
      assert.match(error.message, new RegExp(`127\\.0\\.0\\.1:${port} \\(EADDRINUSE\\).*choose another HTTP_PORT`));
      return true;
    });
  });
});

describe('the metrics', () => {
  test('are read at the moment when somebody asks', async (t) => {
    let left = 3;
    const { ask, counts } = await serving(t, {
      unfinished: async () => ({ count: 2, oldest: 10_000 }),
      now: () => 70_500,
      keys: () => [{ name: 'operator', count: 1, usedUp: 0, left: { minute: left, day: 400, month: 9_000 } }],
      waiting: () => ({ interactive: 1, automatic: 5 }),
      shardCount: () => 2,
      shards: () => [{ id: 0, name: left === 3 ? 'Ready' : 'Resuming', isReceiving: true }],
    });
    counts.answeredBy('virustotal')(429);
    counts.answeredBy('virustotal')(200);
    counts.editFailed();
    const { text } = await ask('/metrics');
    for (const line of [
      'vtscan_info{version="1.2.3"} 1',
      'vtscan_unfinished_scans 2',
      'vtscan_oldest_unfinished_seconds 60.5',
      'vtscan_waiting_files{urgency="automatic"} 5',
      'vtscan_calls_left{key="operator",window="minute"} 3',
      'vtscan_keys{key="operator",state="in use"} 1',
      'vtscan_keys{key="operator",state="used up"} 0',
      'vtscan_shard_state{shard="0",state="Ready"} 1',
      'vtscan_shards 2',
      'vtscan_rate_limits_total{service="virustotal"} 1',
      'vtscan_rate_limits_total{service="discord"} 0',
      'vtscan_edit_failures_total 1',
    ])
      assert.ok(text.split('\n').includes(line), `${line}\n${text}`);
    assert.match(text, /^nodejs_eventloop_lag_p99_seconds [\d.e-]+$/m);

    left = 2;
    counts.editFailed();
    const later = (await ask('/metrics')).text;
    assert.match(later, /^vtscan_calls_left\{key="operator",window="minute"\} 2$/m);
    assert.match(later, /^vtscan_edit_failures_total 2$/m);
    assert.match(later, /state="Resuming"\} 1$/m);
    assert.doesNotMatch(later, /state="Ready"/);
  });
});
