import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asking, createWorld, mostOn, noon, pursue } from './world.ts';

const minute = 60_000;
const hour = 60 * minute;

/** How long each of some files takes that come one after the other, while so many links of the same server wait. */
async function timesOfFiles(links: number): Promise<number[]> {
  const world = await createWorld();
  for (let n = 0; n < links; n++)
    void pursue(world, `link ${n}`, asking({ urgency: 'spare', since: n })).catch(() => {});
  const times: Promise<number>[] = [];
  for (let n = 0; n < 12; n++) {
    const begin = noon + n * 5 * minute;
    await world.clock.runUntil(begin);
    times.push(pursue(world, `file ${n}`, asking({ since: begin })).then((end) => end - begin));
  }
  await world.clock.runUntil(noon + 2 * hour);
  const all = await Promise.all(times);
  await world.scheduler.stop();
  return all;
}

test('with a flood of links, files are judged as if there were none, but for the wait for a slot', async () => {
  const [alone, flooded] = [await timesOfFiles(0), await timesOfFiles(500)];
  const delays = flooded.map((time, n) => time - (alone[n] ?? 0));
  assert.ok(Math.max(...delays) <= 16_000 * 3, `${delays}`);
  const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length;
  assert.ok(mean <= 16_000, `${mean} ms`);
});

test('links leave half of the day to files', async () => {
  const start = Date.UTC(2026, 2, 10);
  const world = await createWorld({ start });
  for (let n = 0; n < 120; n++) void pursue(world, `link ${n}`, asking({ urgency: 'spare' })).catch(() => {});
  await world.clock.runUntil(start + 24 * hour - minute);
  await world.scheduler.stop();
  const used = mostOn(world.arrivals);
  assert.ok(used > 200 && used <= 260, `${used} of 500`);
});

test('links that wait make no server a busy one, whose files are polled later', async () => {
  const times = await Promise.all([0, 500].map(timesOfFiles));
  const [alone = 0, flooded = 0] = times.map((all) => Math.max(...all));
  assert.ok(flooded - alone < minute, `${flooded} ms instead of ${alone} ms`);
});
