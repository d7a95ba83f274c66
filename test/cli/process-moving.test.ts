import assert from 'node:assert/strict';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { startProcessWorld } from '../e2e/botProcess.ts';
import { textOf, tokensIn } from '../e2e/world.ts';
import { withDatabase, withoutPostgres } from '../fixtures/postgres.ts';
import { commandsIn, uploads } from './world.ts';

const patienceMs = 60_000;
const verdict = /No engine flagged it/;

/** A running bot with one scan that has a verdict and one that has none yet, and a terminal beside it. */
async function busyBot(t: TestContext) {
  let analysisTime = 300;
  const world = await startProcessWorld(t, { virusTotal: { analysisTime: () => analysisTime } });
  const folder = await mkdtemp(join(tmpdir(), 'vtscan-moving-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const bot = await world.start();
  const scan = (name: string) =>
    world.discord.invoke({ command: 'vtscan', options: { file: { name, content: `content of ${name}` } } });
  const settled = await scan('settled.txt').next((message) => verdict.test(textOf(message)), patienceMs);
  analysisTime = 6_000;
  const open = scan('open.txt');
  await open.next((message) => /analyzing/.test(textOf(message)), patienceMs);
  const [token = ''] = tokensIn(settled);
  return { world, bot, open, token, ...commandsIn(folder, world) };
}

describe('moving what is stored', { concurrency: 2 }, () => {
  test('from a backup that was made while the bot ran, the bot continues every scan in its reply', async (t) => {
    const { world, folder, bot, open, token, vt } = await busyBot(t);
    const made = await vt(['backup', 'copy.sqlite']);
    assert.equal(made.code, 0, made.stderr);
    assert.match(made.stdout, /^Database copied to .*copy\.sqlite \(\d/);
    bot.killAll('SIGKILL');
    await bot.exited();

    const restored = join(folder, 'restored');
    const changes = { DATA_DIR: restored };
    assert.equal((await vt(['close'], { changes })).code, 0, 'the data directory is made');
    await copyFile(join(folder, 'copy.sqlite'), join(restored, 'vtscan.sqlite'));
    await world.start(changes);
    await open.next((message) => verdict.test(textOf(message)), patienceMs);
    assert.match((await vt(['result', token], { changes })).stdout, /^settled\.txt: No engine/);
    assert.equal(uploads(world.virusTotal), 2, 'nothing is uploaded again');
  });

  test(
    'to PostgreSQL: not while a bot runs; then all of it, and the bot continues there',
    { skip: withoutPostgres },
    (t) =>
      withDatabase(async (url) => {
        const { world, bot, open, token, vt } = await busyBot(t);
        const changes = { DATABASE_URL: url, SECRET_KEY: '00'.repeat(32) };
        const migrate = (...words: string[]) => vt(['migrate', 'sqlite-to-postgres', ...words], { changes });
        const refused = await migrate();
        assert.equal(refused.code, 2);
        assert.match(
          refused.stderr,
          new RegExp(`DATA_DIR is in use by process ${bot.pid} on .*Stop that process first`),
        );
        bot.kill('SIGTERM');
        assert.equal((await bot.exited()).code, 0);

        const tried = await migrate('--dry-run');
        assert.equal(tried.code, 0, tried.stderr);
        assert.match(
          tried.stdout,
          /^Everything is fine: 2 scans and \d+ other rows can be copied\. Nothing was copied\.$/m,
        );
        const moved = await migrate();
        assert.equal(moved.code, 0, moved.stderr);
        assert.match(moved.stdout, /^2 scans and \d+ other rows were copied\./);

        const next = await world.start(changes);
        await open.next((message) => verdict.test(textOf(message)), patienceMs);
        assert.match((await vt(['result', token], { changes })).stdout, /^settled\.txt: No engine/);
        assert.equal(uploads(world.virusTotal), 2, 'nothing is uploaded again');

        const backup = await vt(['backup', 'copy'], { changes });
        assert.equal(backup.code, 2);
        assert.match(backup.stderr, /pg_dump --format=custom --schema=vtscan/);
        const again = await migrate();
        assert.match(again.stderr, new RegExp(`DATABASE_URL is in use by process ${next.pid} on `));
        next.kill('SIGTERM');
        await next.exited();
        assert.match((await migrate()).stderr, /holds data of vtscan already/);
      }),
  );
});
