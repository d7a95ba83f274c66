import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startVirusTotal } from '../../sandbox/virustotal/server.ts';
import { systemClock } from '../../src/scan/clock.ts';
import { spawnBot } from '../e2e/botProcess.ts';
import { fastClock } from '../fixtures/fastClock.ts';
import { program } from '../fixtures/program.ts';
import { withDirectory } from '../store/opened.ts';

const command = [process.execPath, ...program('test/quota/gateProcess.ts')];

test('three processes with one key and one data directory never hear that the quota is exceeded, over several minutes', (t) =>
  withDirectory(async (dir) => {
    const [rate, begin, perMinute, calls] = [40, systemClock.now(), 12, 16];
    const clock = fastClock(rate, begin);
    const virusTotal = await startVirusTotal({ clock, perMinute, perDay: 10_000, perMonth: 100_000 });
    const { url, key } = virusTotal;
    const processes = ['first', 'second', 'third'].map((name) => {
      const setup = { name, dir, url, key, rate, begin, calls, perMinute };
      return spawnBot({}, { command: [...command, JSON.stringify(setup)] });
    });
    t.after(() => virusTotal.close());
    t.after(() => Promise.all(processes.map((one) => one.killAll('SIGKILL'))));
    const exits = await Promise.all(processes.map((one) => one.exited()));

    assert.deepEqual(
      processes.map((one) => one.output()),
      processes.map(() => 'done\n'),
    );
    assert.deepEqual(
      exits.map(({ code }) => code),
      [0, 0, 0],
    );
    const statuses = virusTotal.requests
      .filter(({ endpoint }) => endpoint === 'GET /files/{id}')
      .map(({ status }) => status);
    assert.deepEqual(statuses, Array(3 * calls).fill(404));
  }));
