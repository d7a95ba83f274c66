import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addMember } from '../../sandbox/discord/guilds.ts';
import { costOf, marked, nextCall } from './calls.ts';
import { startWatching, type WatchedWorld } from './watching.ts';
import { says, textOf } from './world.ts';

const minute = 60_000;
/** Real time that the flood may take on a busy machine, in ms. */
const patience = 60_000;

const exe = (marks: string, number: number) => ({ name: `${number}.exe`, content: marked(marks, number) });
const numbers = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

/** Resolves when so many requests have been paid for. */
async function paid({ virusTotal }: WatchedWorld, cost: number): Promise<void> {
  while (costOf(virusTotal) < cost) await nextCall(virusTotal, 'GET /files/{id}');
}

async function quota({ discord }: WatchedWorld): Promise<string> {
  const { owner } = discord.world.application;
  const member = addMember(discord.world, discord.scene.guild, owner);
  return textOf(await discord.invoke({ command: 'vtquota', member }).next());
}

/** Asks until the answer is this one, a hundred times at most. */
async function quotaSays(world: WatchedWorld, what: RegExp): Promise<void> {
  let text = '';
  for (let left = 100; left > 0 && !what.test(text); left--) text = await quota(world);
  assert.match(text, what);
}

describe('watched channels and the quota', { concurrency: 4 }, () => {
  test('a flood of 300 files loses none, and whoever asks in between is served before it', async (t) => {
    const limits = { perMinute: 60, perDay: 5_000, perMonth: 100_000 };
    const world = await startWatching(t, { scope: 'all' }, { rate: 50, bot: { limits }, virusTotal: limits });
    const { discord, virusTotal } = world;
    for (const number of numbers(1, 270)) virusTotal.know({ content: Buffer.from(marked('clean', number)) });
    const asked = numbers(1_001, 3).map((number) => exe('malicious', number));
    const messages = numbers(0, 30).map((tens) =>
      discord.post({ files: numbers(1 + 10 * tens, 10).map((number) => exe('clean', number)) }),
    );
    for (const [index, file] of asked.entries()) {
      await paid(world, 20 + 60 * index);
      // With a minute's slots free and the time standing still, the flood may take a quarter of them and no more.
      world.pause();
      world.jump(minute + 1_000);
      const before = costOf(virusTotal);
      const uploaded = nextCall(virusTotal, 'POST /files');
      const answer = world.scan(file);
      await uploaded;
      const meanwhile = costOf(virusTotal) - before;
      world.resume();
      assert.ok(meanwhile <= 20, `${meanwhile} requests went first`);
      await says(answer, /Malicious/);
    }

    const isDone = (message: (typeof messages)[number]) => world.marksOn(message).join() === '✅';
    await discord.waitFor(() => messages.every(isDone), patience);
    assert.equal(virusTotal.model.files.size, 303);
    assert.equal(virusTotal.model.refused, 0);
    await quotaSays(world, /0 asked for, 0 watched everywhere/);
  });

  test('watched files wait while the key is refused, and go on by themselves when it works', async (t) => {
    const world = await startWatching(t, { scope: 'all' });
    world.virusTotal.revokeKey();
    const message = world.discord.post({ files: [exe('clean', 1), exe('malicious', 2)] });
    await world.marked(message, '⏳');
    const handle = world.scan(exe('clean', 3));
    await says(handle, /refuses the API key.*Tell whoever runs this bot/s);
    await quotaSays(world, /refuses the API key[\s\S]*2 watched everywhere/);

    world.virusTotal.restoreKey();
    const tried = nextCall(world.virusTotal, 'GET /users/{id}/overall_quotas');
    world.jump(3 * minute);
    await tried;
    await world.marked(message, '⛔');
    await says(handle, /No engine/);
    assert.equal(world.log.lines.filter((line) => line.includes('VirusTotal refuses')).length, 1);
  });

  test('watched files wait for the next day when the key has no more calls, also over a restart', async (t) => {
    const limits = { perMinute: 1_000, perDay: 500, perMonth: 15_500 };
    const options = { bot: { limits }, virusTotal: limits, asleep: true };
    const world = await startWatching(t, { scope: 'all' }, options);
    world.virusTotal.setUsed({ day: 500 });
    await world.start();
    const message = world.discord.post({ files: [exe('clean', 1), exe('malicious', 2)] });
    await world.marked(message, '⏳');
    await world.restart();
    assert.deepEqual(world.marksOn(message), ['⏳']);
    assert.equal(costOf(world.virusTotal), 0);

    world.jump(24 * 60 * minute);
    await world.marked(message, '⛔');
    assert.equal(world.virusTotal.model.refused, 0);
  });
});
