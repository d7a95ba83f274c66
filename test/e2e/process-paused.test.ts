import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { Message } from '../../sandbox/discord/model.ts';
import { systemClock } from '../../src/scan/clock.ts';
import { openStore } from '../../src/store/store.ts';
import { withDatabase, withoutPostgres } from '../fixtures/postgres.ts';
import { type BotProcess, startProcessWorld } from './botProcess.ts';
import { textOf } from './world.ts';

const patienceMs = 60_000;
/** Half a lease: as long after its renewal a process trusts it without asking. Ms. */
const longerThanTrusted = 16_000;
const isWhole = (message: Message) =>
  /No engine flagged it/.test(textOf(message)) && 'thumbnail' in (message.embeds[0] ?? {});

describe('a bot that was paused for longer than its lease', { concurrency: 2 }, () => {
  test('wakes up, does nothing that anybody sees, and ends with a word on who has taken over (SQLite)', (t) =>
    wakesUp(t, undefined, async (sleeper) => {
      await sleeper.says(/Another bot has taken over this store .*: process \d+ on /);
      assert.deepEqual(await sleeper.exited(), { code: 1, signal: null });
    }));

  test(
    'wakes up, does nothing that anybody sees, and stays as a host without the shard (PostgreSQL)',
    {
      skip: withoutPostgres,
    },
    (t) =>
      withDatabase((url) =>
        wakesUp(t, url, async (sleeper) => {
          await sleeper.says(/shard taken over by another host/);
          sleeper.kill('SIGTERM');
          assert.deepEqual(await sleeper.exited(), { code: 0, signal: null });
        }),
      ),
  );
});

async function wakesUp(
  t: TestContext,
  url: string | undefined,
  findsOut: (sleeper: BotProcess) => Promise<void>,
): Promise<void> {
  const world = await startProcessWorld(t, { virusTotal: { analysisTime: () => 4_000 } });
  const { discord, dataDir } = world;
  const start = () => world.start({ DATABASE_URL: url, SECRET_KEY: '00'.repeat(32) });
  const invoke = (content: string) =>
    discord.invoke({ command: 'vtscan', options: { file: { name: 'notes.txt', content } } });
  const says = (handle: ReturnType<typeof invoke>, what: RegExp) =>
    handle.next((message) => what.test(textOf(message)), patienceMs);
  const sleeper = await start();
  const before = invoke('one');
  await says(before, /analy[sz]ing/);
  sleeper.kill('SIGSTOP');
  const paused = systemClock.sleep(longerThanTrusted);
  // Nobody has renewed it for too long.
  const store = await openStore({ dir: dataDir, url, clock: systemClock, log: () => {} });
  await store.sql.query('DELETE FROM owners');
  await store.close();

  const taker = await start();
  const after = invoke('two');
  // The last edit adds the pictures.
  await Promise.all([before, after].map((handle) => handle.next(isWhole, patienceMs)));
  // Late facts are edits of its own: from here on only the sleeper can write.
  taker.kill('SIGSTOP');
  await paused;
  const writes = () => discord.requests.flatMap(({ method, path }) => (method === 'GET' ? [] : `${method} ${path}`));
  const written = writes();
  sleeper.kill('SIGCONT');
  await findsOut(sleeper);
  assert.deepEqual(writes(), written);
  assert.deepEqual(discord.refusals, []);
  assert.equal(discord.messagesIn(discord.scene.files).length, 2);
  taker.kill('SIGKILL');
  await taker.exited();
}
