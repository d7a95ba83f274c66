import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Message } from 'discord.js';
import { connect, createGateway } from '../../../src/discord/gateway/client.ts';
import { loopback } from '../loopback.ts';

test('however many people write, only a few of them are kept in memory, no message is, and all channels and roles are', async (t) => {
  const { discord, rests } = await loopback(t);
  const gateway = createGateway(rests.bot, () => {});
  t.after(gateway.close);
  const seen: Message[] = [];
  let all = () => {};
  const heard = new Promise<void>((resolve) => {
    all = resolve;
  });
  const message = (one: Message) => {
    seen.push(one);
    if (seen.length === 40) all();
  };
  await connect(gateway, discord.token, { interaction: async () => {}, message }, true);
  const { guild: place, files } = discord.scene;
  for (let number = 0; number < 40; number++) {
    discord.post({ member: discord.join(`member ${number}`), channel: files, content: 'x' });
  }
  await heard;

  const guild = gateway.client().guilds.cache.get(place.id);
  assert.ok(guild?.members.me);
  assert.ok(guild.members.cache.size <= 11);
  assert.equal(seen.at(-1)?.member?.id, seen.at(-1)?.author.id);
  const channel = guild.channels.cache.get(files.id);
  assert.ok(channel?.isTextBased());
  assert.equal(channel.messages.cache.size, 0);
  assert.equal(channel.permissionsFor(guild.members.me).has('ViewChannel'), true);
  assert.equal(guild.roles.cache.size, place.roles.length);
});
