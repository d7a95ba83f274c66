import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { attack } from '../../bench/kills/attack.ts';
import { points } from '../../bench/kills/points.ts';
import type { InteractionHandle } from '../../sandbox/discord/handles.ts';
import type { Content } from '../../sandbox/discord/storedFile.ts';
import type { Endpoint } from '../../sandbox/virustotal/endpoints.ts';
import type { SandboxVirusTotal } from '../../sandbox/virustotal/server.ts';
import { withDatabase, withoutPostgres } from '../fixtures/postgres.ts';
import { withDirectory } from '../store/opened.ts';
import { type BotProcess, type ProcessWorld, startProcessWorld } from './botProcess.ts';
import { textOf, tokensIn } from './world.ts';

const verdict = /No engine flagged it/;
/** Two starts of a process may lie in it. */
const patienceMs = 60_000;

/** One of each kind of step that leaves something behind. Seeds of `npm run kills` choose among all points. */
const killedAt = [
  /^Discord: the first answer to a command, done/,
  /^Discord: the edit of a reply, not done/,
  /^VirusTotal: POST \/files answered/,
  /^Discord: the deletion of a message, done/,
];
const kills = points.filter(({ name }) => killedAt.some((one) => one.test(name))).map((point) => ({ point, count: 0 }));

describe('a bot that is killed again and again while people use it loses nothing and does nothing twice', {
  concurrency: 2,
}, () => {
  const isClean = async (place: { dir: string; url?: string }) => {
    const { faults } = await attack({ ...place, kills });
    assert.deepEqual(
      Object.entries(faults).filter(([, found]) => found.length > 0),
      [],
    );
  };
  test('on SQLite', () => withDirectory((dir) => isClean({ dir })));
  test('on PostgreSQL', { skip: withoutPostgres }, () =>
    withDirectory((dir) => withDatabase((url) => isClean({ dir, url }))),
  );
});

describe('a bot killed in the middle of a scan brings the verdict after its next start, in the same one reply', {
  concurrency: 4,
}, () => {
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
