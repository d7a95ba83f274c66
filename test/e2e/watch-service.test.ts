import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { marked } from './calls.ts';
import { startWatching, type WatchedWorld } from './watching.ts';

const minute = 60_000;
const file = (number: number) => ({ name: `${number}.exe`, content: marked('clean', number) });
const told = ({ saidIn, discord }: WatchedWorld, what: RegExp) =>
  saidIn(discord.scene.alerts).filter(({ content }) => what.test(content)).length;

describe('moderators of a server that is watched hear', { concurrency: 4 }, () => {
  test('once that the key is refused, also over a restart, and once that it works again', async (t) => {
    const world = await startWatching(t);
    const { discord, virusTotal } = world;
    virusTotal.revokeKey();
    const messages = [1, 2].map((number) => discord.post({ files: [file(number)] }));
    await discord.waitFor(() => told(world, /refuses the API key/) === 1);
    await world.restart();
    messages.push(discord.post({ files: [file(3)] }));
    await world.marked(messages[2] ?? assert.fail(), '⏳');
    virusTotal.restoreKey();
    world.jump(3 * minute);
    for (const message of messages) await world.marked(message, '✅');
    await discord.waitFor(() => told(world, /accepts the API key of this bot again/) === 1);
    await world.marked(discord.post({ files: [file(4)] }), '✅');
    assert.deepEqual([told(world, /refuses/), told(world, /accepts/)], [1, 1]);
  });

  test('once that VirusTotal does not answer for minutes, and once that it does again', async (t) => {
    const world = await startWatching(t, {}, { rate: 400 });
    const { discord, virusTotal } = world;
    virusTotal.fail({ code: 'TransientError', status: 503, times: 1e6 });
    const messages = [1, 2].map((number) => discord.post({ files: [file(number)] }));
    await discord.waitFor(() => told(world, /does not answer/) === 1);
    virusTotal.calm();
    for (const message of messages) await world.marked(message, '✅');
    await world.marked(discord.post({ files: [file(3)] }), '✅');
    await discord.waitFor(() => told(world, /VirusTotal answers again/) === 1);
    assert.equal(told(world, /does not answer|answers again/), 2);
  });

  test('nothing of a failure that is over in a moment', async (t) => {
    const world = await startWatching(t);
    const { discord, virusTotal } = world;
    virusTotal.fail({ endpoint: 'GET /files/{id}', code: 'TransientError', status: 503, times: 2 });
    await world.marked(discord.post({ files: [file(1)] }), '✅');
    assert.equal(told(world, /./), 0);
  });
});
