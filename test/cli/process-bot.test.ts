import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { SandboxOptions } from '../../sandbox/sandbox.ts';
import { type ProcessWorld, startProcessWorld } from '../e2e/botProcess.ts';
import { textOf, tokensIn } from '../e2e/world.ts';
import { type CommandLine, commandsIn, tokenIn, unfinishedIn, uploads } from './world.ts';

const patienceMs = 60_000;
const verdict = /No engine flagged it/;

/** A bot's world, and a terminal on its data directory, without Discord's variables. */
async function besideBot(t: TestContext, options: Partial<SandboxOptions> = {}): Promise<[ProcessWorld, CommandLine]> {
  const world = await startProcessWorld(t, options);
  const folder = await mkdtemp(join(tmpdir(), 'vtscan-cli-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const entries = Object.entries(world.variables).filter(([name]) => !/^(DISCORD|ATTACHMENT)/.test(name));
  return [world, commandsIn(folder, { ...world, variables: Object.fromEntries(entries) })];
}

describe('the command line beside a running bot', { concurrency: 2 }, () => {
  test('both work at once: nothing is locked, nothing is lost, and either answers for the tokens of the other', async (t) => {
    const [world, { vt, put }] = await besideBot(t);
    const bot = await world.start();
    const names = Array.from({ length: 12 }, (_, index) => `${index}.txt`);
    for (const name of names) await put(name, `terminal ${name}`);
    const invoked = names
      .slice(0, 8)
      .map((name) =>
        world.discord.invoke({ command: 'vtscan', options: { file: { name, content: `discord ${name}` } } }),
      );
    const scanned = await vt(['scan', ...names]);
    assert.equal(scanned.code, 0);
    assert.match(scanned.stderr, /^12 files: 12 without findings \(\d+ sec\)\n$/);
    assert.equal(scanned.stdout.trimEnd().split('\n').length, names.length);
    const replies = await Promise.all(
      invoked.map((handle) => handle.next((message) => verdict.test(textOf(message)), patienceMs)),
    );

    const [token = ''] = replies.flatMap(tokensIn);
    const ofTheBot = await vt(['result', token]);
    assert.equal(ofTheBot.code, 0);
    assert.match(ofTheBot.stdout, verdict);
    const asked = world.discord.invoke({ command: 'vtresult', options: { token: tokenIn(scanned.stdout) } });
    assert.match(textOf(await asked.next((message) => verdict.test(textOf(message)), patienceMs)), /\.txt/);

    assert.equal(uploads(world.virusTotal), names.length + invoked.length);
    assert.doesNotMatch(bot.output(), /SQLITE|locked|"level":[56]0/);
    bot.kill('SIGTERM');
    assert.equal((await bot.exited()).code, 0);
  });

  test('both scan the same new files at once: each is looked up and uploaded once, and both tell its verdict', async (t) => {
    const [world, { vt, put }] = await besideBot(t);
    const { virusTotal, discord } = world;
    const bot = await world.start();
    const names = ['one.txt', 'two.txt', 'three.txt'];
    for (const name of names) await put(name, `new ${name}`);
    const invoked = names.map((name) =>
      discord.invoke({ command: 'vtscan', options: { file: { name, content: `new ${name}` } } }),
    );
    const scanned = await vt(['scan', ...names]);
    assert.equal(scanned.code, 0);
    for (const handle of invoked) await handle.next((message) => verdict.test(textOf(message)), patienceMs);

    assert.equal(uploads(virusTotal), names.length);
    assert.doesNotMatch(bot.output(), /SQLITE|locked|"level":[56]0/);
    bot.kill('SIGTERM');
    assert.equal((await bot.exited()).code, 0);
    const asked = (endpoint: string) => virusTotal.requests.filter((request) => request.endpoint === endpoint).length;
    // One look-up before the upload, and at most one for the facts.
    assert.ok(asked('GET /files/{id}') <= 2 * names.length);
  });

  test('the bot takes up at its start what a killed command left, and not what a living one works on', async (t) => {
    const [world, { vt, put }] = await besideBot(t);
    await put('killed.txt', 'killed');
    await put('living.txt', 'living');
    const { virusTotal } = world;
    // No analysis ends before both commands have begun.
    virusTotal.fail({ endpoint: 'GET /analyses/{id}', status: 503, times: 1_000 });
    const living = vt(['scan', 'living.txt']);
    await polled(virusTotal);
    const killed = vt(['scan', 'killed.txt'], {
      meanwhile: (child) => uploaded(virusTotal, 2, () => child.kill('SIGKILL')),
    });
    assert.equal((await killed).signal, 'SIGKILL');
    const tokens = await unfinishedIn(world.dataDir);
    assert.equal(tokens.length, 2);
    await world.start();
    virusTotal.calm();
    const { code, stdout } = await living;
    assert.equal(code, 0);
    assert.match(stdout, /^living\.txt: No engine/);
    const [left = ''] = tokens.filter((token) => token !== tokenIn(stdout));
    assert.match((await vt(['result', '--wait', left])).stdout, /^killed\.txt: No engine/);
    assert.equal(uploads(virusTotal), 2);
  });

  test('whoever asks the bot for a scan of the command line sees its verdict in the same reply', async (t) => {
    const [world, { vt, put }] = await besideBot(t);
    await world.start();
    await put('notes.txt', 'harmless');
    world.virusTotal.fail({ endpoint: 'GET /analyses/{id}', status: 503, times: 1_000 });
    const scanned = vt(['scan', 'notes.txt']);
    await polled(world.virusTotal);
    const [token = ''] = await unfinishedIn(world.dataDir);
    const asked = world.discord.invoke({ command: 'vtresult', options: { token } });
    await asked.next((message) => /⏳/.test(textOf(message)), patienceMs);
    world.virusTotal.calm();
    await asked.next((message) => verdict.test(textOf(message)), patienceMs);
    assert.equal((await scanned).code, 0);
    assert.equal(asked.messages().length, 1);
  });

  test('a scan of the bot is left to the bot', async (t) => {
    const [world, { vt }] = await besideBot(t, { virusTotal: { analysisTime: () => 4_000 } });
    const bot = await world.start();
    const handle = world.discord.invoke({ command: 'vtscan', options: { file: { name: 'a.txt', content: 'a' } } });
    const reply = await handle.next((message) => tokensIn(message).length > 0, patienceMs);
    const [token = ''] = tokensIn(reply);
    await polled(world.virusTotal);
    bot.killAll('SIGKILL');
    await bot.exited();
    const { code, stdout } = await vt(['result', token]);
    assert.equal(code, 2);
    assert.match(stdout, /In progress: the bot continues it/);
    await world.start();
    await handle.next((message) => verdict.test(textOf(message)), patienceMs);
    assert.equal(uploads(world.virusTotal), 1);
  });
});

type VirusTotal = CommandLine['virusTotal'];

/** Resolves at the next question for an analysis. */
function polled(virusTotal: VirusTotal): Promise<void> {
  return new Promise((resolve) => {
    const stop = virusTotal.on((event) => {
      if (event.type !== 'answered' || event.endpoint !== 'GET /analyses/{id}') return;
      stop();
      resolve();
    });
  });
}

function uploaded(virusTotal: VirusTotal, count: number, act: () => void): void {
  const stop = virusTotal.on(() => {
    if (uploads(virusTotal) < count) return;
    stop();
    act();
  });
}
