import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { callsTo, marked, nextCall } from './calls.ts';
import { says, startWorld, textOf, tokensIn, type World } from './world.ts';

const content = marked('malicious');
const tool = { name: 'tool.exe', content };

describe('a new analysis', { concurrency: 4 }, () => {
  const button = 'Analyze again (costs about 3 requests)';
  const day = 24 * 60 * 60_000;
  const old = (world: World) =>
    world.virusTotal.know({ content: Buffer.from(content), verdict: 'clean', analysedAt: world.now() - 8 * day });

  test('is asked for by whoever sees an old verdict, also after a restart, costs what was said, and uploads nothing', async (t) => {
    const world = await startWorld(t);
    const { discord, virusTotal } = world;
    old(world);
    const reply = await says(world.scan(tool), /No engine flagged/);
    const before = virusTotal.requests.length;
    await world.restart();
    const completed = nextCall(virusTotal, 'GET /files/{id}');

    const again = discord.press(reply, button, discord.scene.moderator);
    const waiting = await says(again, /It costs about 3 requests/);
    assert.match(textOf(waiting), /\*\*tool\.exe\*\*/);
    const verdict = await says(again, /No engine flagged/);
    assert.ok(!again.isEphemeral());
    assert.notEqual(verdict.id, reply.id);
    assert.ok(!JSON.stringify(verdict.components).includes('Analyze again'));
    await completed;
    assert.equal(callsTo(virusTotal, 'POST /files/{id}/analyse'), 1);
    assert.equal(callsTo(virusTotal, 'POST /files'), 0);
    const asked = virusTotal.requests.slice(before).filter(({ cost }) => cost > 0);
    assert.ok(asked.length <= 6, `${asked.length}`);
  });

  test('is paid for once, however many press the button', async (t) => {
    const world = await startWorld(t);
    const { discord, virusTotal } = world;
    old(world);
    const reply = await says(world.scan(tool), /No engine flagged/);
    await says(discord.press(reply, button), /No engine flagged/);
    await says(discord.press(reply, button, discord.scene.moderator), /No engine flagged/);
    assert.equal(callsTo(virusTotal, 'POST /files/{id}/analyse'), 1);
  });

  test('that fails leaves the old verdict, and a young verdict has no button', async (t) => {
    const world = await startWorld(t);
    const { discord, virusTotal } = world;
    old(world);
    const reply = await says(world.scan(tool), /No engine flagged/);
    virusTotal.fail({ endpoint: 'POST /files/{id}/analyse', code: 'InvalidArgumentError', status: 400 });
    await says(discord.press(reply, button), /❌/);

    const kept = await says(world.result(tokensIn(reply)[0] ?? ''), /No engine flagged/);
    assert.deepEqual(kept.embeds, reply.embeds);
    const young = await says(world.scan({ name: 'new.exe', content: marked('malicious', 1) }), /Malicious/);
    assert.ok(!JSON.stringify(young.components).includes('Analyze again'));
  });

  test('from a private reply is private', async (t) => {
    const world = await startWorld(t);
    old(world);
    const reply = await says(world.scan(tool, { private: true }), /No engine flagged/);
    const again = world.discord.press(reply, button);
    await says(again, /No engine flagged/);
    assert.ok(again.isEphemeral());
  });
});
