import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Message } from '../../../src/discord/cards/view.ts';
import { type Address, deliver, findReply } from '../../../src/discord/replies/delivery.ts';
import { systemClock } from '../../../src/scan/clock.ts';
import { type Loopback, loopback } from '../loopback.ts';

const message: Message = { content: 'Done', embeds: [], components: [], allowed_mentions: { parse: [] } };
const minute = 60_000;

/** A deferred answer, and its address. */
async function answered({ discord, invoke, defer }: Loopback, isPrivate = false) {
  const handle = invoke();
  const messageId = await defer(handle, isPrivate);
  const address: Address = {
    applicationId: discord.world.application.id,
    channelId: discord.scene.files.id,
    messageId,
    tokenOnly: isPrivate,
    interactionToken: handle.interaction.token,
    tokenUntil: systemClock.now() + 14 * minute,
  };
  return { handle, address };
}

const edits = ({ discord }: Loopback) =>
  discord.requests
    .filter(({ method }) => method === 'PATCH')
    .map(({ path, status }) => `${path.split('/')[1]} ${status}`);

test('a reply is edited by its interaction token while that lives', async (t) => {
  const world = await loopback(t);
  const { handle, address } = await answered(world);
  assert.equal(await deliver(address, message, world.rests, systemClock), 'delivered');
  assert.equal(handle.message()?.content, 'Done');
  assert.deepEqual(edits(world), ['webhooks 200']);
});

test('a public reply is edited as the channel message that it is when the token is no longer used, or gone', async (t) => {
  const world = await loopback(t);
  const { handle, address } = await answered(world);
  const late = { ...address, tokenUntil: 0 };
  assert.equal(await deliver(late, message, world.rests, systemClock), 'delivered');
  world.clock.jump(16 * minute);
  assert.equal(await deliver(address, { ...message, content: 'Later' }, world.rests, systemClock), 'delivered');
  assert.equal(handle.message()?.content, 'Later');
  assert.deepEqual(edits(world), ['channels 200', 'webhooks 401', 'channels 200']);
});

test('a private reply is lost when its token is', async (t) => {
  const world = await loopback(t);
  const { address } = await answered(world, true);
  assert.equal(await deliver({ ...address, interactionToken: undefined }, message, world.rests, systemClock), 'lost');
  world.clock.jump(16 * minute);
  assert.equal(await deliver(address, message, world.rests, systemClock), 'lost');
  assert.deepEqual(edits(world), ['webhooks 401']);
});

test('a reply that somebody deleted, or a channel that the bot no longer sees, is lost and no error', async (t) => {
  const world = await loopback(t);
  const { handle, address } = await answered(world);
  const shown = handle.message();
  assert.ok(shown);
  world.discord.remove(shown);
  for (const tokenUntil of [address.tokenUntil, 0]) {
    assert.equal(await deliver({ ...address, tokenUntil }, message, world.rests, systemClock), 'lost');
  }
  const { botRole, guild } = world.discord.scene;
  for (const role of [botRole, ...guild.roles]) world.discord.changeRole(role, 0n);
  assert.equal(await deliver({ ...address, tokenUntil: 0 }, message, world.rests, systemClock), 'lost');
});

test('what Discord does not take is refused, and not tried again', async (t) => {
  const world = await loopback(t);
  const { address } = await answered(world);
  const tooLong = { ...message, content: 'x'.repeat(2_001) };
  assert.equal(await deliver(address, tooLong, world.rests, systemClock), 'refused');
  assert.deepEqual(edits(world), ['webhooks 400']);
});

test('passing trouble is passed on, for another try', async (t) => {
  const world = await loopback(t);
  const { handle, address } = await answered(world);
  world.discord.fail({ method: 'PATCH', path: /./, status: 503, times: 4 });
  await assert.rejects(deliver(address, message, world.rests, systemClock));
  assert.equal(await deliver(address, message, world.rests, systemClock), 'delivered');
  assert.equal(handle.message()?.content, 'Done');
});

test('a reply is found again by its interaction token, if Discord ever heard of it', async (t) => {
  const world = await loopback(t);
  const { address } = await answered(world);
  const { interactions } = world.rests;
  assert.equal(await findReply({ ...address, messageId: undefined }, interactions), address.messageId);
  assert.equal(await findReply({ ...address, interactionToken: undefined }, interactions), undefined);
  const unheard = world.invoke();
  assert.equal(await findReply({ ...address, interactionToken: unheard.interaction.token }, interactions), undefined);
});
