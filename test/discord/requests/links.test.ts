import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freshLink } from '../../../src/discord/requests/links.ts';
import type { Source } from '../../../src/scan/scan.ts';
import { type Loopback, loopback } from '../loopback.ts';

const day = 24 * 60 * 60_000;
const never = new AbortController().signal;

/** A file in a message, as it was scanned, and a day later. */
function expired({ discord, clock }: Loopback) {
  const message = discord.post({ files: [{ name: 'a.txt', content: 'content of a' }] });
  const [attachment] = message.attachments;
  assert.ok(attachment);
  clock.jump(day + 1);
  const { id, url, filename: name, size } = attachment;
  const source = { kind: 'attachment', attachmentId: id, url, name, size } satisfies Source;
  return { message, source: { ...source, channelId: message.channel_id, messageId: message.id }, lone: source };
}

const statusOf = async (url: string) => (await fetch(url)).status;

test('an expired link is had anew from its message', async (t) => {
  const world = await loopback(t);
  const { source } = expired(world);
  assert.equal(await statusOf(source.url), 404);
  const link = await freshLink(source, world.rests.bot, never);
  assert.equal(await statusOf(link ?? ''), 200);
  assert.deepEqual(world.discord.requests.map(({ method }) => method).slice(1), ['GET']);
});

test('without its message, or when that is gone or was edited, it is refreshed', async (t) => {
  const world = await loopback(t);
  const { message, source, lone } = expired(world);
  const others = [lone, { ...source, attachmentId: '1' }];
  world.discord.remove(message);
  for (const one of [...others, source]) {
    assert.equal(await statusOf((await freshLink(one, world.rests.bot, never)) ?? ''), 200);
  }
});

test('a file that Discord does not know has no link', async (t) => {
  const world = await loopback(t);
  const { lone } = expired(world);
  const unknown = { ...lone, url: lone.url.replace(/\/attachments\/(\d+)\/\d+\//, '/attachments/$1/123/') };
  assert.equal(await freshLink(unknown, world.rests.bot, never), undefined);
  world.discord.fail({ path: /refresh-urls/, status: 404 });
  assert.equal(await freshLink(lone, world.rests.bot, never), undefined);
});

test('passing trouble at Discord is no proof that a file is gone', async (t) => {
  const world = await loopback(t);
  const { source } = expired(world);
  world.discord.fail({ path: /messages/, status: 500, times: 4 });
  await assert.rejects(freshLink(source, world.rests.bot, never));
});
