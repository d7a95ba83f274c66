import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Post } from '../../../src/discord/posts/post.ts';
import { defaultSettings } from '../../../src/discord/settings/settings.ts';
import type { Readable } from '../../../src/discord/watching/catchUp.ts';
import { createGaps } from '../../../src/discord/watching/gaps.ts';
import { memoryCollection } from '../../fixtures/memoryStore.ts';
import { virtualClock } from '../../fixtures/virtualClock.ts';

const [second, minute] = [1_000, 60_000];
const start = 1_000 * minute;
const count = 20;

/** Channels in which people post, one bot at a time that watches them, and a store; each of these may fail. */
function world() {
  const clock = virtualClock(start);
  const posts = Array.from({ length: count }, (): Post[] => []);
  const seen = new Set<string>();
  const records = memoryCollection<{ until: number }>();
  const reads: string[] = [];
  let [storeFails, isConnected, believes] = [false, false, false];
  let bot: { end: AbortController; gaps: ReturnType<typeof createGaps> } | undefined;

  const stored = async <T>(work: () => T | Promise<T>) => {
    if (storeFails) throw new Error('the store failed');
    return work();
  };
  const see = ({ id }: Post) => stored(() => void seen.add(id));
  const channels = (): Readable[] =>
    posts.map((own, channel) => ({
      guild: '1',
      channel: String(channel),
      parent: undefined,
      lastAt: own.at(-1)?.at ?? 0,
      mayRead: () => true,
      async read(limit) {
        reads.push(String(channel));
        return own.slice(-limit).reverse();
      },
    }));

  function run() {
    const end = new AbortController();
    const gaps = createGaps({
      records: {
        ...records,
        get: (key) => stored(() => records.get(key)),
        set: (key, row) => stored(() => records.set(key, row)),
      },
      row: '0 of 1',
      isReceiving: () => believes,
      shards: 1,
      channels,
      settings: { read: () => stored(() => ({ ...defaultSettings, watch: 'all' as const })) },
      see,
      clock,
      stop: end.signal,
      failed() {},
      progress() {},
    });
    bot = { end, gaps };
  }

  return {
    clock,
    reads,
    unseen: () => posts.flat().filter(({ id }) => !seen.has(id)),
    /** A new session of the bot that runs, or of the next one. */
    connect(how: 'same' | 'next') {
      if (how === 'next' || !bot) {
        bot?.end.abort(new Error('killed'));
        run();
      }
      [isConnected, believes] = [true, true];
      bot?.gaps.ready(channels, 'session');
    },
    outageEnds: () => bot?.gaps.ready(channels, 'outage'),
    /** Nothing arrives any more, which the bot may not know yet. */
    deafen(isKnown: boolean) {
      [isConnected, believes] = [false, !isKnown];
    },
    fail(isFailing: boolean) {
      storeFails = isFailing;
    },
    post(channel: number) {
      const own = posts[channel];
      const id = `${channel}-${own?.length}`;
      const author = { id: '5', name: 'ann', kind: 'member' as const };
      const about = { author, roles: async () => [], files: [], links: [], forwarded: false, text: '' };
      const one: Post = { id, guild: '1', channel: String(channel), parent: undefined, at: clock.now(), ...about };
      own?.push(one);
      if (isConnected) see(one).catch(() => bot?.gaps.missed(one.channel));
    },
    pass: (ms: number) => clock.runUntil(clock.now() + ms),
    stop: () => bot?.end.abort(new Error('over')),
  };
}

const ms = (most: number) => fc.integer({ min: second, max: most });
const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('post'), channel: fc.integer({ min: 0, max: count - 1 }) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('pass'), ms: ms(3 * minute) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('drop'), ms: ms(80 * second), deaf: ms(3 * minute) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('kill'), ms: ms(80 * second), deaf: ms(3 * minute) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('store'), ms: ms(3 * minute), channel: fc.nat(count - 1) }) },
  ),
  { maxLength: 18 },
);

test('whatever is posted is seen at last: while the bot is deaf, dead or restarted, and while the store fails', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const { connect, deafen, fail, pass, post, stop, unseen } = world();
      connect('next');
      for (const step of all) {
        if ('deaf' in step) {
          deafen(false);
          post(0);
          await pass(step.ms);
          deafen(true);
          await pass(step.deaf);
          connect(step.kind === 'kill' ? 'next' : 'same');
        } else if (step.kind === 'store' && 'ms' in step) {
          fail(true);
          post(1);
          await pass(step.ms);
          fail(false);
        } else if ('channel' in step) post(step.channel);
        else await pass(step.ms);
      }
      await pass(3 * minute);
      assert.deepEqual(unseen(), []);
      stop();
    }),
    { numRuns: 200 },
  );
});

test('after a restart only channels are read in which something was posted since, and shortly before', async () => {
  const { connect, deafen, pass, post, reads, unseen, stop } = world();
  connect('next');
  for (let channel = 0; channel < count; channel += 1) post(channel);
  await pass(10 * minute);
  deafen(true);
  post(3);
  post(7);
  await pass(minute);
  reads.splice(0);
  connect('next');
  await pass(minute);
  assert.deepEqual(reads.toSorted(), ['3', '7']);
  assert.deepEqual(unseen(), []);
  stop();
});

test('after an outage of servers, of which the connection knows nothing, the last hour is read', async () => {
  const { connect, outageEnds, pass, post, reads, stop } = world();
  connect('next');
  post(0);
  await pass(30 * minute);
  reads.splice(0);
  outageEnds();
  await pass(minute);
  assert.deepEqual(reads, ['0']);
  stop();
});
