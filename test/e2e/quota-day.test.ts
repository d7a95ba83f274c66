import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { InteractionHandle } from '../../sandbox/discord/handles.ts';
import { costOf, marked, nextCall } from './calls.ts';
import { says, startWorld, textOf, type World, type WorldOptions } from './world.ts';

const day = 24 * 60 * 60_000;
const usedUp = /VirusTotal's daily quota is used up[\s\S]*?Continues by itself <t:(\d+):R>/;
const files = [1, 2, 3, 4, 5].map((number) => ({ name: `${number}.exe`, content: marked('malicious', number) }));
const malicious = { name: 'tool.exe', content: marked('malicious') };

/** Some time after noon UTC, so that no midnight comes unasked. */
async function atNoon(t: Parameters<typeof startWorld>[0], options: WorldOptions): Promise<World> {
  const world = await startWorld(t, { ...options, asleep: true });
  world.jump(day - (world.now() % day) + day / 2);
  for (const { content } of files) world.virusTotal.know({ content: Buffer.from(content) });
  return world;
}

/** Nobody but the bot itself counts what is used. */
const quotaHidden = ({ virusTotal }: World) =>
  virusTotal.fail({ endpoint: 'GET /users/{id}/overall_quotas', code: 'NotFoundError', times: 1e6 });

const midnightAfter = (now: number) => Math.floor(now / day) * day + day;
const toMidnight = (world: World) => world.jump(midnightAfter(world.now()) - world.now() + 1_000);

/** What a reply gave as the time when it goes on: ms since the epoch. */
async function toldTime(handle: InteractionHandle): Promise<number> {
  const [, seconds] = usedUp.exec(textOf(await says(handle, usedUp))) ?? [];
  return Number(seconds) * 1000;
}

const neverFailed = (handle: InteractionHandle) => {
  for (const { message } of handle.edits) assert.doesNotMatch(textOf(message), /❌/);
};

describe('a day that is used up', { concurrency: 4 }, () => {
  test('by others: the reply says until when in words, and after midnight all goes on by itself', async (t) => {
    const limits = { perMinute: 1_000, perDay: 500, perMonth: 15_500 };
    const world = await atNoon(t, { bot: { limits }, virusTotal: limits });
    world.virusTotal.setUsed({ day: 500 });
    await world.start();
    const handle = world.scan([malicious, ...files.slice(0, 2)]);
    const until = midnightAfter(world.now());

    assert.equal(await toldTime(handle), until);
    assert.equal(costOf(world.virusTotal), 0);
    toMidnight(world);
    await says(handle, /^3 files: ⛔ 3 malicious/);
    neverFailed(handle);
    assert.equal(world.virusTotal.model.refused, 0);
  });

  test('by our own count: a restart forgets neither the count nor the files, and midnight is waited for', async (t) => {
    const limits = { perMinute: 1_000, perDay: 3, perMonth: 1_000 };
    const world = await atNoon(t, { bot: { limits } });
    quotaHidden(world);
    await world.start();
    const handle = world.scan(files);
    await says(handle, /^3 of 5 files finished/);
    await says(handle, usedUp);
    await world.restart();
    const later = world.scan(malicious);
    assert.equal(await toldTime(later), midnightAfter(world.now()));
    assert.equal(costOf(world.virusTotal), 3);

    toMidnight(world);
    await says(handle, /^5 files: ⛔ 5 malicious/);
    neverFailed(handle);
    neverFailed(later);
    assert.equal(costOf(world.virusTotal), 6);
  });

  test('a bot that is started only after midnight goes on at once', async (t) => {
    const limits = { perMinute: 1_000, perDay: 2, perMonth: 1_000 };
    const world = await atNoon(t, { bot: { limits } });
    quotaHidden(world);
    await world.start();
    const handle = world.scan(files.slice(0, 4));
    await says(handle, usedUp);
    await world.stop();
    toMidnight(world);
    await world.start();
    await says(handle, /^4 files: ⛔ 4 malicious/);

    neverFailed(handle);
    assert.equal(costOf(world.virusTotal), 4);
  });

  test('a month that is used up is told as such, with its end', async (t) => {
    const limits = { perMinute: 1_000, perDay: 500, perMonth: 600 };
    const world = await atNoon(t, { bot: { limits }, virusTotal: limits });
    world.virusTotal.setUsed({ month: 600 });
    await world.start();
    const handle = world.scan(files.slice(0, 1));
    const now = new Date(world.now());
    const end = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1);
    await says(handle, new RegExp(`VirusTotal's monthly quota is used up[\\s\\S]*<t:${end / 1000}:R>`));
    world.jump(end - world.now() + 1_000);
    await says(handle, /Malicious/);

    neverFailed(handle);
  });
});

describe("VirusTotal's answer 429", { concurrency: 4 }, () => {
  test('while the minute is free by our count, somebody else has used it: a pause, and never "the day is gone"', async (t) => {
    const limits = { perMinute: 4, perDay: 500, perMonth: 15_500 };
    const world = await atNoon(t, { rate: 80, bot: { limits }, virusTotal: limits });
    await world.start();
    world.virusTotal.setUsed({ minute: 4 });
    const handle = world.scan(files.slice(0, 3));
    await says(handle, /^3 files: ⛔ 3 malicious/);

    const refused = world.virusTotal.requests.filter(({ status }) => status === 429);
    assert.ok(refused.length >= 1);
    const states = handle.edits.map(({ message }) => textOf(message));
    assert.ok(states.some((text) => /Waiting for VirusTotal/.test(text)));
    for (const text of states) assert.doesNotMatch(text, /used up|❌/);
    assert.ok(world.log.lines.some((line) => line.includes('VirusTotal asked for a pause')));
    assert.ok(!world.log.lines.some((line) => line.includes('used up')));
  });

  test('that goes on for long loses nothing, and asks no more often than every 15 s', async (t) => {
    const world = await atNoon(t, { rate: 400 });
    await world.start();
    const lookUp = 'GET /files/{id}';
    world.virusTotal.fail({ endpoint: lookUp, code: 'QuotaExceededError', times: 1e6 });
    const first = nextCall(world.virusTotal, lookUp);
    const handle = world.scan(files.slice(0, 1));
    await first;
    const begin = world.now();
    while (world.now() - begin < 10 * 60_000) await nextCall(world.virusTotal, lookUp);
    world.virusTotal.calm();
    await says(handle, /Malicious/);

    neverFailed(handle);
    const asked = world.virusTotal.requests.filter(({ endpoint }) => endpoint === lookUp);
    const gaps = asked.slice(1).map(({ at }, index) => at - (asked[index]?.at ?? 0));
    assert.ok(
      gaps.every((gap) => gap >= 15_000),
      gaps.join(),
    );
    for (const { message } of handle.edits) assert.doesNotMatch(textOf(message), /used up/);
  });
});
