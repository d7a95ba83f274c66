import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { z } from 'zod';
import { inviteLink } from '../../src/discord/gateway/start.ts';
import { type ProcessWorld, spawnBot, startProcessWorld, type Variables } from './botProcess.ts';

/** What somebody must mend first. */
const refused = { code: 2, signal: null };
/** What may be over when a supervisor starts it again. */
const failed = { code: 1, signal: null };

describe('a start', { concurrency: 4 }, () => {
  test('with nothing set names every variable that is missing at once and exits with 2', async () => {
    const bot = spawnBot({});
    assert.deepEqual(await bot.exited(), refused);
    assert.match(bot.output(), /DISCORD_TOKEN is missing/);
    assert.match(bot.output(), /VIRUSTOTAL_API_KEY is missing/);
    assert.doesNotMatch(bot.output(), /^\s+at /m);
  });

  test('reads a .env file of the working directory, over which the environment wins, and prints the invite link', async (t) => {
    const world = await startProcessWorld(t);
    const cwd = await folder(t);
    const { DISCORD_TOKEN, DATA_DIR: _, ...others } = world.variables;
    const lines = Object.entries({ ...others, DISCORD_TOKEN: 'of-the-file' }).map(
      ([name, value]) => `${name}=${value}`,
    );
    await writeFile(join(cwd, '.env'), lines.join('\n'));
    const unset = Object.fromEntries(Object.keys(world.variables).map((name) => [name, undefined]));
    const bot = await world.start({ ...unset, DISCORD_TOKEN }, { cwd });
    assert.equal(world.discord.connections(), 1);
    assert.ok(bot.output().includes(inviteLink(world.discord.world.application.id)));
  });

  test('with a token that Discord refuses exits with 2 and says where to get one', async (t) => {
    const bot = await fails(t, { DISCORD_TOKEN: 'not.a.token' }, refused);
    assert.match(bot.output(), /Discord refuses DISCORD_TOKEN\. Copy it again/);
    assert.doesNotMatch(bot.output(), /not\.a\.token/);
  });

  test('with a file in place of the database that is none exits with 1 and leaves it alone', async (t) => {
    const dir = await folder(t);
    const diary = 'a diary, not a database'.repeat(100);
    await writeFile(join(dir, 'vtscan.sqlite'), diary);
    const bot = await fails(t, { DATA_DIR: dir });
    assert.match(bot.output(), /is not an intact SQLite database\. Move it away/);
    assert.equal(await readFile(join(dir, 'vtscan.sqlite'), 'utf8'), diary);
  });

  test('with a PostgreSQL that cannot be reached exits with 1 and says what to check', async (t) => {
    const SECRET_KEY = Buffer.alloc(32).toString('base64');
    const bot = await fails(t, { DATABASE_URL: 'postgres://127.0.0.1:1/x', SECRET_KEY });
    assert.match(bot.output(), /127\.0\.0\.1:1\/x cannot be reached \(ECONNREFUSED\)\. Check the host/);
  });

  test('with a port that another program uses exits with 1 and says which variable to change', async (t) => {
    const other = createServer().listen(0, '127.0.0.1');
    t.after(() => other.close());
    await once(other, 'listening');
    const { port } = z.object({ port: z.number() }).parse(other.address());
    const bot = await fails(t, { HTTP_PORT: String(port) });
    assert.match(bot.output(), /HTTP_PORT: cannot listen on 127\.0\.0\.1:\d+ \(EADDRINUSE\).*choose another/);
  });

  test('with a key that VirusTotal refuses works, and the operator gets one clear line', async (t) => {
    const world = await startProcessWorld(t);
    const bot = await world.start({ VIRUSTOTAL_API_KEY: 'wrong-key' });
    const line = await bot.says(/VirusTotal refuses VIRUSTOTAL_API_KEY/);
    const handle = scan(world);
    await handle.next((message) => /VirusTotal refuses the API key/.test(message.embeds[0]?.title ?? ''));
    const lines = bot.output().split('\n');
    assert.equal(lines.filter((one) => /refuses VIRUSTOTAL_API_KEY/.test(one)).length, 1, bot.output());
    assert.doesNotMatch(bot.output(), /wrong-key/);
    assert.match(line, /"level":[45]0/);
  });

  test('waits for a Discord that is in trouble, and does without a VirusTotal that cannot be reached', async (t) => {
    const world = await startProcessWorld(t);
    const everyTry = { status: 503, times: 4 };
    world.discord.fail({ path: /^\/applications\/@me$/, ...everyTry });
    world.discord.fail({ path: /\/commands$/, ...everyTry });
    world.discord.fail({ path: /\/gateway\/bot$/, ...everyTry });
    const bot = await world.start({ VIRUSTOTAL_API_URL: 'http://127.0.0.1:1/api/v3' });
    assert.equal(bot.output().match(/discord cannot be reached, trying again/g)?.length, 3);
    bot.kill('SIGTERM');
    assert.deepEqual(await bot.exited(), { code: 0, signal: null });
  });
});

const scan = ({ discord }: ProcessWorld) =>
  discord.invoke({ command: 'vtscan', options: { file: { name: 'notes.txt', content: 'something new' } } });

/** A bot that was started with these changes and has ended, without a stack in its last words. */
async function fails(t: TestContext, changes: Variables, end = failed) {
  const world = await startProcessWorld(t);
  const bot = world.spawn(changes);
  assert.deepEqual(await bot.exited(), end);
  const last = bot.output().trimEnd().split('\n').at(-1) ?? '';
  assert.match(last, /"level":60/);
  assert.doesNotMatch(last, /"stack"/);
  assert.equal(world.discord.connections(), 0);
  return bot;
}

async function folder(t: TestContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'vtscan-start-'));
  t.after(() => rm(dir, { recursive: true, force: true }));
  return dir;
}
