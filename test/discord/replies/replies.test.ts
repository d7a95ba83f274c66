import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { movableClock } from '../../../sandbox/clock.ts';
import type { InteractionHandle } from '../../../sandbox/discord/handles.ts';
import { createReplies } from '../../../src/discord/replies/replies.ts';
import type { Reply } from '../../../src/discord/replies/reply.ts';
import { defaultSettings, type GuildSettings } from '../../../src/discord/settings/settings.ts';
import type { Scan } from '../../../src/scan/scan.ts';
import type { Wish } from '../../../src/scan/scanner.ts';
import { type Token, tokenSchema } from '../../../src/scan/token.ts';
import { cleanScan } from '../../fixtures/cleanScan.ts';
import { memoryCollection } from '../../fixtures/memoryStore.ts';
import { impatient, loopback } from '../loopback.ts';

const verdict = /No engine flagged/;
const minute = 60_000;
const wish: Wish = {
  source: { kind: 'path', path: '/f', name: 'notes.txt' },
  origin: { urgency: 'interactive' },
  password: 'canary-password',
};

/** Replies as they begin after a crash, with what the store held then. */
async function afterCrash(t: TestContext) {
  const world = await loopback(t);
  const { discord, rests } = world;
  const clock = movableClock(impatient());
  const records = memoryCollection<Reply>();
  const index = memoryCollection<{ id: string }>();
  let close = () => {};
  const closed = new Promise<void>((resolve) => {
    close = resolve;
  });
  const open = { ...index, delete: (id: string) => index.delete(id).then(close) };
  const scans = new Map<Token, Scan>();
  const failures: unknown[] = [];
  const scanner = {
    async upload({ source, origin }: Wish) {
      const token = tokenSchema.parse(String(scans.size + 1).padStart(64, '0'));
      scans.set(token, { stage: 'ready', token, source, origin, mode: 'scan', createdAt: 0 });
      return token;
    },
    find: async (token: Token) => scans.get(token),
  };
  const failed = (error: unknown) => failures.push(error);
  let chosen = defaultSettings;
  const settings = { read: async () => chosen };
  const self = () => discord.world.bot.id;
  const languages = { ofServer: async () => 'en-US' as const };
  const start = () => {
    const replies = createReplies({ scanner, records, open, rests, settings, languages, self, clock, failed });
    t.after(() => replies.stop());
    return replies;
  };
  const replies = start();

  return {
    ...world,
    records,
    open,
    scans,
    failures,
    closed,
    scanner,
    resume: replies.resume,
    /** The replies of the next process. */
    restarted: start,
    /** Moves the bot's time. */
    pass: clock.jump,
    choose(thresholds: GuildSettings['thresholds']) {
      chosen = { ...chosen, thresholds };
    },
    async stored(handle: InteractionHandle, state: Partial<Reply>): Promise<Reply> {
      const reply: Reply = {
        id: handle.id,
        applicationId: discord.world.application.id,
        channelId: discord.scene.files.id,
        messageId: undefined,
        language: 'en-US',
        private: false,
        tokenOnly: false,
        interactionToken: handle.interaction.token,
        tokenUntil: clock.now() + 14 * 60_000,
        asks: false,
        forgets: false,
        pictures: false,
        wishes: [],
        tokens: [],
        ...state,
      };
      await records.set(reply.id, reply);
      await open.set(reply.id, { id: reply.id });
      return reply;
    },
    /** A scan ends; whoever shows it is told. */
    settle(token: Token) {
      const scan = scans.get(token);
      assert.ok(scan);
      const settled = cleanScan(scan);
      scans.set(token, settled);
      replies.tell(settled, undefined);
    },
  };
}

const says = (handle: InteractionHandle, what: RegExp) =>
  handle.next(({ embeds }) => embeds.some(({ title, description }) => what.test(`${title} ${description}`)));

/** The reply is finished, and its interaction's token and the password are gone. */
async function isOver({ closed, records, open }: Awaited<ReturnType<typeof afterCrash>>): Promise<void> {
  await closed;
  assert.deepEqual(await open.all(), []);
  assert.doesNotMatch(JSON.stringify(await records.all()), /interactionToken":|canary-password/);
}

describe('a crash', () => {
  test('before Discord heard of the answer leaves nothing behind', async (t) => {
    const world = await afterCrash(t);
    await world.stored(world.invoke(), { wishes: [wish] });
    await world.resume();
    assert.deepEqual([await world.records.all(), await world.open.all(), world.scans.size], [[], [], 0]);
  });

  test('just after Discord heard of it loses no file', async (t) => {
    const world = await afterCrash(t);
    const handle = world.invoke();
    await world.defer(handle);
    await world.stored(handle, { wishes: [wish, wish] });
    await world.resume();
    assert.equal(world.scans.size, 2);
    for (const token of world.scans.keys()) world.settle(token);
    await says(handle, verdict);
    await isOver(world);
  });

  test('while the scans are waited for goes on with the same scans in the same message', async (t) => {
    const world = await afterCrash(t);
    const handle = world.invoke();
    const messageId = await world.defer(handle);
    const token = await world.scanner.upload(wish);
    await world.stored(handle, { messageId, tokens: [token] });
    await world.resume();
    await says(handle, /Starting/);
    world.settle(token);
    await says(handle, verdict);
    await isOver(world);
    assert.equal(world.scans.size, 1);
    assert.equal(handle.messages().length, 1);
  });

  test('between the verdict and its edit still tells it, also when the interaction has expired meanwhile', async (t) => {
    for (const minutes of [0, 60]) {
      const world = await afterCrash(t);
      const handle = world.invoke();
      const messageId = await world.defer(handle);
      const token = await world.scanner.upload(wish);
      world.settle(token);
      await world.stored(handle, { messageId, tokens: [token] });
      world.clock.jump(minutes * 60_000);
      await world.resume();
      await says(handle, verdict);
      await isOver(world);
      assert.equal(handle.messages().length, 1);
    }
  });

  test('after which the message was deleted ends the reply without an error', async (t) => {
    const world = await afterCrash(t);
    const handle = world.invoke();
    const messageId = await world.defer(handle);
    const token = await world.scanner.upload(wish);
    await world.stored(handle, { messageId, tokens: [token] });
    const message = handle.message();
    assert.ok(message);
    world.discord.remove(message);
    await world.resume();
    await world.discord.waitFor(() =>
      world.discord.requests.some(({ method, status }) => method === 'PATCH' && status),
    );
    await isOver(world);
    assert.deepEqual(world.failures, []);
  });

  test('before the place of a public answer was stored loses nothing, also when the bot was down for an hour', async (t) => {
    const world = await afterCrash(t);
    const handle = world.invoke();
    await world.defer(handle);
    await world.stored(handle, { wishes: [wish] });
    world.clock.jump(60 * minute);
    world.pass(60 * minute);
    await world.resume();
    await says(handle, /Starting/);
    for (const token of world.scans.keys()) world.settle(token);
    await says(handle, verdict);
    await isOver(world);
    assert.equal(handle.messages().length, 1);
    assert.deepEqual(world.discord.refusals, []);
  });

  for (const { what, place, tokens } of [
    { what: 'whose place is not known', place: false, tokens: false },
    { what: 'that shows how far the scan is', place: true, tokens: true },
  ]) {
    test(`after which nobody can edit a private answer ${what} ends with a letter to whoever asked`, async (t) => {
      const world = await afterCrash(t);
      const { discord } = world;
      const handle = world.invoke();
      const messageId = await world.defer(handle, true);
      const member = discord.scene.member.user.id;
      const token = await world.scanner.upload(wish);
      const known = tokens ? { tokens: [token] } : { wishes: [wish] };
      await world.stored(handle, { ...known, ...(place && { messageId }), private: true, tokenOnly: true, member });
      world.clock.jump(60 * minute);
      world.pass(60 * minute);
      await world.resume();
      const letters = () => discord.messagesIn(discord.directChannel(discord.scene.member));
      for (const one of world.scans.keys()) world.settle(one);
      const [letter] = await discord.waitFor(() => letters().length > 0 && letters());
      assert.match(letter?.content ?? '', /You asked for this/);
      assert.match(letter?.embeds[0]?.title ?? '', verdict);
      await isOver(world);
      assert.equal(letters().length, 1);
      assert.deepEqual(discord.refusals, []);
    });
  }

  test('after which a letter is posted is not told twice by the next one', async (t) => {
    const world = await afterCrash(t);
    const { discord } = world;
    const handle = world.invoke();
    const token = await world.scanner.upload(wish);
    world.settle(token);
    const member = discord.scene.member.user.id;
    const reply = await world.stored(handle, { tokens: [token], private: true, tokenOnly: true, member });
    world.pass(60 * minute);
    world.clock.jump(60 * minute);
    await world.resume();
    await isOver(world);
    const stored = await world.records.get(reply.id);
    assert.ok(stored);
    await world.stored(handle, { ...stored, messageId: undefined });
    world.clock.jump(60 * minute);
    await world.restarted().resume();
    await discord.waitFor(() => discord.requests.some(({ method }) => method === 'PATCH'));
    assert.equal(discord.messagesIn(discord.directChannel(discord.scene.member)).length, 1);
  });

  test('after which a member takes no letters ends the reply without an error', async (t) => {
    const world = await afterCrash(t);
    const { discord } = world;
    const handle = world.invoke();
    await world.defer(handle, true);
    discord.allowPrivateMessages(discord.scene.member, false);
    const member = discord.scene.member.user.id;
    await world.stored(handle, { wishes: [wish], private: true, tokenOnly: true, member });
    world.pass(60 * minute);
    await world.resume();
    for (const token of world.scans.keys()) world.settle(token);
    await isOver(world);
    assert.deepEqual(world.failures, []);
  });

  test('that left an entry without its reply costs nothing', async (t) => {
    const world = await afterCrash(t);
    await world.open.set('1', { id: '1' });
    await world.resume();
    assert.deepEqual(await world.open.all(), []);
  });

  test('does not let one reply that Discord is in trouble with hold up the others', async (t) => {
    const world = await afterCrash(t);
    const [unlucky, handle] = [world.invoke(), world.invoke()];
    await world.stored(unlucky, { wishes: [wish] });
    world.discord.fail({ method: 'GET', path: /@original/, status: 503, times: 4 });
    const messageId = await world.defer(handle);
    await world.stored(handle, { messageId, wishes: [wish] });
    await world.resume();
    await says(handle, /Starting/);
    assert.equal(world.failures.length, 1);
  });

  test('after which Discord is in trouble for minutes is made good while the process lives', async (t) => {
    const world = await afterCrash(t);
    const handle = world.invoke();
    await world.defer(handle);
    await world.stored(handle, { wishes: [wish] });
    world.discord.fail({ method: 'GET', path: /@original/, status: 503, times: 12 });
    await world.resume();
    await says(handle, /Starting/);
    assert.equal(world.failures.length, 3);
    assert.equal(world.scans.size, 1);
  });
});
