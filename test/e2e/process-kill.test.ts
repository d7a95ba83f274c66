import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { InteractionHandle } from '../../sandbox/discord/handles.ts';
import type { Content } from '../../sandbox/discord/storedFile.ts';
import type { Endpoint } from '../../sandbox/virustotal/endpoints.ts';
import type { SandboxVirusTotal } from '../../sandbox/virustotal/server.ts';
import { type BotProcess, type ProcessWorld, startProcessWorld } from './botProcess.ts';
import { textOf, tokensIn } from './world.ts';

const verdict = /No engine flagged it/;
/** Two starts of a process may lie in it. */
const patienceMs = 60_000;

describe('a bot killed in the middle of a scan brings the verdict after its next start, in the same one reply', {
  concurrency: 4,
}, () => {
  test('when it has only said that an answer will come', async (t) => {
    const world = await startProcessWorld(t);
    const bot = await world.start();
    const handle = invoke(world);
    await handle.answered(patienceMs);
    await killed(bot);
    await world.start();
    await endsWell(world, handle);
    assert.equal(uploads(world.virusTotal), 1);
  });

  test('while it downloads one file and VirusTotal analyses another', async (t) => {
    const world = await startProcessWorld(t, { virusTotal: { analysisTime: () => 2_000 } });
    const bot = await world.start();
    const { content, halfway } = stallingOnce();
    const polled = request(world.virusTotal, 'answered', 'GET /analyses/{id}');
    const handles = [invoke(world, content), invoke(world)];
    await Promise.all([halfway, polled]);
    await killed(bot);
    assert.equal(uploads(world.virusTotal), 1);
    await world.start();
    await endsWell(world, ...handles);
    assert.equal(uploads(world.virusTotal), 2);
  });

  test('while it waits for the quota', async (t) => {
    const world = await startProcessWorld(t);
    const oneCall = { VIRUSTOTAL_PER_MINUTE: '1' };
    const bot = await world.start(oneCall);
    const handle = invoke(world);
    await handle.next((message) => /Waiting for VirusTotal/.test(textOf(message)), patienceMs);
    await killed(bot);
    assert.equal(uploads(world.virusTotal), 0);
    await world.start();
    await endsWell(world, handle);
    assert.equal(uploads(world.virusTotal), 1);
  });

  test('in the middle of the upload', async (t) => {
    const world = await startProcessWorld(t);
    const bot = await world.start();
    const begun = request(world.virusTotal, 'arrived', 'POST /files').then(() => killed(bot));
    const handle = invoke(world, Buffer.alloc(24 * 1024 * 1024, 'large'));
    await begun;
    await world.start();
    await endsWell(world, handle);
    assert.equal(uploads(world.virusTotal), 1);
  });

  test('when VirusTotal has the upload and its answer was lost', async (t) => {
    const world = await startProcessWorld(t);
    const bot = await world.start();
    world.virusTotal.dropConnection({ endpoint: 'POST /files', afterwards: true });
    const accepted = request(world.virusTotal, 'answered', 'POST /files').then(() => killed(bot));
    const handle = invoke(world);
    await accepted;
    assert.equal(uploads(world.virusTotal), 1);
    await world.start();
    await endsWell(world, handle);
    assert.equal(uploads(world.virusTotal), 1);
  });

  test('when one verdict was just told and the edit with another has failed', async (t) => {
    const world = await startProcessWorld(t);
    const { discord } = world;
    const bot = await world.start();
    const first = invoke(world);
    await told(first);
    const second = invoke(world, 'something else');
    await second.answered(patienceMs);
    discord.fail({ method: 'PATCH', path: /messages/, status: 503, times: 1_000 });
    await discord.waitFor(
      () => discord.requests.some(({ status, body }) => status === 503 && verdict.test(JSON.stringify(body))),
      patienceMs,
    );
    await killed(bot);
    discord.calm();
    await world.start();
    await endsWell(world, first, second);
    assert.equal(uploads(world.virusTotal), 2);
  });
});

const told = (handle: InteractionHandle) => handle.next((message) => verdict.test(textOf(message)), patienceMs);

/** Each verdict stands in the one reply that its command got, with one token; there are no other messages. */
async function endsWell({ discord }: ProcessWorld, ...handles: InteractionHandle[]): Promise<void> {
  await Promise.all(handles.map(told));
  const replies = handles.flatMap((handle) => handle.messages());
  assert.equal(replies.length, handles.length);
  for (const reply of replies) {
    assert.match(textOf(reply), verdict);
    assert.equal(tokensIn(reply).length, 1);
  }
  assert.equal(discord.messagesIn(discord.scene.files).length, handles.length);
  assert.deepEqual(discord.refusals, []);
}

function invoke({ discord }: ProcessWorld, content: Content = 'something new'): InteractionHandle {
  return discord.invoke({ command: 'vtscan', options: { file: { name: 'notes.txt', content } } });
}

async function killed(bot: BotProcess): Promise<void> {
  bot.killAll('SIGKILL');
  await bot.exited();
}

/** Resolves at the next request of this kind. */
function request(virusTotal: SandboxVirusTotal, type: 'arrived' | 'answered', endpoint: Endpoint): Promise<void> {
  return new Promise((resolve) => {
    const stop = virusTotal.on((event) => {
      if (event.type !== type || event.endpoint !== endpoint) return;
      stop();
      resolve();
    });
  });
}

/** Uploads that VirusTotal has taken whole. */
function uploads({ model }: SandboxVirusTotal): number {
  return Array.from(model.files.values()).reduce((sum, { timesSubmitted }) => sum + timesSubmitted, 0);
}

/** A file of which, for the first one who asks, only half comes. */
function stallingOnce(): { content: Content; halfway: Promise<void> } {
  let first = true;
  let reached = () => {};
  const halfway = new Promise<void>((resolve) => {
    reached = resolve;
  });
  async function* chunks() {
    yield Buffer.from('the first ');
    if (first) {
      first = false;
      reached();
      await new Promise<never>(() => {});
    }
    yield Buffer.from('and a half');
  }
  return { content: { size: 20, chunks }, halfway };
}
