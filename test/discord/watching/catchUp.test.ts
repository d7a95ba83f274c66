import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Post } from '../../../src/discord/posts/post.ts';
import { defaultSettings } from '../../../src/discord/settings/settings.ts';
import { catchUp, type Readable } from '../../../src/discord/watching/catchUp.ts';
import { virtualClock } from '../../fixtures/virtualClock.ts';

const hour = 3_600_000;
const start = 10 * hour;
const post = (id: string, at: number): Post => ({
  id,
  guild: '1',
  channel: id,
  parent: undefined,
  at,
  author: { id: '5', name: 'ann', kind: 'member' },
  roles: async () => [],
  files: [],
  links: [],
  forwarded: false,
  text: '',
});

/** Catches up, and tells what was seen and said. */
async function caughtUp(describe: (clock: ReturnType<typeof virtualClock>) => Readable[], until: number, shards = 1) {
  const clock = virtualClock(start);
  const seen: string[] = [];
  const failures: string[] = [];
  const missed: string[] = [];
  const told: [number, number][] = [];
  const done = catchUp(describe(clock), {
    settings: { read: async (guild) => ({ ...defaultSettings, watch: guild === '1' ? 'all' : 'none' }) },
    since: start - hour,
    shards,
    see: async ({ id }) => void seen.push(id),
    clock,
    stop: new AbortController().signal,
    failed: (_, channel) => failures.push(channel),
    missed: (channel) => missed.push(channel),
    progress: (read, all) => told.push([read, all]),
  });
  await clock.runUntil(start + until);
  await done;
  return { seen, failures, missed, told };
}

const channel = (id: string, more: Partial<Readable> = {}): Readable => ({
  guild: '1',
  channel: id,
  parent: undefined,
  lastAt: start - 1_000,
  mayRead: () => true,
  read: async () => [post(id, start - 1_000)],
  ...more,
});

test('what was posted of late in watched channels is seen, the latest first, and one channel that fails holds up no other', async () => {
  const never = () => assert.fail('it was read');
  const { seen, failures, missed, told } = await caughtUp(
    () => [
      channel('old', { lastAt: start - 2 * hour, mayRead: never, read: never }),
      channel('unwatched', { guild: '2', mayRead: never, read: never }),
      channel('closed', { mayRead: () => false, read: never }),
      channel('broken', { read: () => Promise.reject(new Error('Discord is away')) }),
      channel('quiet', { lastAt: undefined, read: async () => [post('quiet', start - 2 * hour)] }),
      channel('last', { lastAt: start - 60_000 }),
      channel('first', { lastAt: start - 10 }),
    ],
    1_000,
  );
  assert.deepEqual(seen, ['first', 'last']);
  assert.deepEqual(failures, ['broken']);
  assert.deepEqual(missed, ['broken']);
  assert.deepEqual(told, [[4, 4]]);
});

for (const { shards, atOnce } of [
  { shards: 1, atOnce: 10 },
  { shards: 4, atOnce: 2 },
  { shards: 100, atOnce: 1 },
])
  test(`many channels are read side by side, never more than 30 a second by all shards together, and the log hears how far it is: ${shards}`, async () => {
    const begun: number[] = [];
    const all = 3_000 / shards;
    let [open, most] = [0, 0];
    const { told } = await caughtUp(
      (clock) =>
        Array.from({ length: all }, (_, id) =>
          channel(String(id), {
            async read() {
              begun.push(clock.now());
              open += 1;
              most = Math.max(most, open);
              await clock.sleep(id % 2 === 0 ? 20 : 500);
              open -= 1;
              return [];
            },
          }),
        ),
      10 * 60_000,
      shards,
    );
    assert.equal(most, atOnce);
    for (const [index, at] of begun.entries()) {
      const later = begun[index + 30];
      assert.ok(later === undefined || later - at >= 1_000 * shards);
    }
    assert.deepEqual(told.at(-1), [all, all]);
    assert.ok(told.length >= 3 && told.length < 10);
  });
