import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Events, Routes } from 'discord.js';
import { connect, createGateway } from '../../../src/discord/gateway/client.ts';
import { createRest, createRests } from '../../../src/discord/gateway/rests.ts';
import { LeaseLost } from '../../../src/scan/failure.ts';
import { loopback } from '../loopback.ts';

const held = { confirm: async () => {} };

test('all that carries the bot token stays within the 50 requests a second that Discord allows it', () => {
  const { bot, once, interactions } = createRests('http://127.0.0.1:1', 'MTIz.abc.def', held);
  const limits = [bot, once].map(({ options }) => options.globalRequestsPerSecond);
  assert.ok(limits.reduce((sum, limit) => sum + limit, 0) <= 50);
  assert.ok(interactions.options.globalRequestsPerSecond > 50);
});

for (const shards of [1, 6, 25, 100])
  test(`${shards} shards together stay within them`, () => {
    const { bot, once } = createRests('https://discord.com/api', 'MTIz.abc.def', held, shards);
    const perSecond = [bot, once].map((rest) => {
      const now = Date.now();
      rest.globalReset = now + 1_000;
      return (rest.options.globalRequestsPerSecond * 1_000) / (rest.globalReset - now);
    });
    assert.ok(perSecond.reduce((sum, limit) => sum + limit, 0) * shards <= 45);
  });

for (const api of ['http://10.0.0.5:8080/api', 'http://nirn/api'])
  test(`behind the proxy ${api}, which counts for all hosts, nobody has a share`, () => {
    const { bot, once } = createRests(api, 'MTIz.abc.def', held, 100);
    const host = createRest(api, 'MTIz.abc.def', held);
    for (const { options, globalReset } of [bot, once, host])
      assert.ok(options.globalRequestsPerSecond > 1_000 && globalReset <= Date.now());
  });

test('without the lease nothing is written in Discord, whoever asks and also at a further try, and reading goes on', async (t) => {
  const { discord, invoke, defer } = await loopback(t);
  const { files } = discord.scene;
  let isLost = false;
  const lease = {
    async confirm() {
      if (isLost) throw new LeaseLost('bot');
    },
  };
  const { bot, once, interactions } = createRests(discord.apiUrl, discord.token, lease);
  const gateway = createGateway(bot, () => {});
  t.after(gateway.close);
  await connect(gateway, discord.token, { interaction: async () => {} });
  const handle = invoke();
  await defer(handle);
  const asked = new Promise<void>((resolve, reject) => {
    gateway.client().once(Events.InteractionCreate, (interaction) => {
      if (interaction.isRepliable()) assert.rejects(interaction.deferReply(), LeaseLost).then(resolve, reject);
    });
  });

  discord.fail({ method: 'POST', path: /messages$/, status: 503 });
  const stop = discord.on(() => {
    isLost = discord.requests.some(({ status }) => status === 503);
  });
  await assert.rejects(bot.post(Routes.channelMessages(files.id), { body: { content: 'late' } }), LeaseLost);
  stop();
  const written = discord.requests.filter(({ method }) => method !== 'GET').length;
  const body = { content: 'late' };
  const answer = Routes.webhookMessage(discord.world.application.id, handle.interaction.token);
  await assert.rejects(once.delete(Routes.channelMessage(files.id, handle.message()?.id ?? '')), LeaseLost);
  await assert.rejects(interactions.patch(answer, { body, auth: false }), LeaseLost);
  await assert.rejects(gateway.client().rest.post(Routes.channelMessages(files.id), { body }), LeaseLost);
  invoke();
  await asked;
  assert.equal(discord.requests.filter(({ method }) => method !== 'GET').length, written);
  assert.ok(await bot.get(Routes.channelMessages(files.id)));
});

test('the end of a connection takes the token from no other part', async (t) => {
  const { discord } = await loopback(t);
  const { bot } = createRests(discord.apiUrl, discord.token, held);
  const gateway = createGateway(bot, () => {});
  await connect(gateway, discord.token, { interaction: async () => {} });
  assert.equal(gateway.client().rest, bot);
  await gateway.close();
  assert.ok(await bot.get(Routes.currentApplication()));
});
