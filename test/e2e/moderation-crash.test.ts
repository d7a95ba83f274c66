import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { marked } from './calls.ts';
import { lettersOf, startWatching, strict, type WatchedWorld } from './watching.ts';

const malicious = { name: 'tool.exe', content: marked('malicious') };
/** Longer than Discord remembers a nonce. */
const downtime = 10 * 60_000;

interface Trouble {
  method: string;
  path: RegExp | ((world: WatchedWorld) => RegExp);
  /** Discord does it, and only the answer is lost. */
  performed: boolean;
}

/** Everything about one bad file, with a stop in the middle of one request of it; then the bot comes back. */
async function stoppedAt(t: TestContext, trouble: Trouble): Promise<WatchedWorld> {
  const world = await startWatching(t, { policies: strict, timeOut: 'day' }, { refusals: 'expected' });
  const { discord } = world;
  const path = trouble.path instanceof RegExp ? trouble.path : trouble.path(world);
  discord.fail({ ...trouble, path, status: 503, times: 1e6 });
  discord.post({ files: [malicious] });
  const isMet = (request: (typeof discord.requests)[number]) =>
    request.method === trouble.method && path.test(request.path) && request.status === 503;
  await discord.waitFor(() => discord.requests.some(isMet));
  await world.stop();
  discord.calm();
  world.jump(downtime);
  await world.start();
  await world.alerts(1, /Timed out[\s\S]*Sent a private message/);
  return world;
}

/** Each of it exactly once. */
async function assertOnce(world: WatchedWorld): Promise<void> {
  const { discord } = world;
  // A reply that was on its way goes when the message does.
  await discord.waitFor(() => world.saidIn(discord.scene.files).length === 0);
  const { alerts, member } = discord.scene;
  const count = (kind: number) => discord.world.auditLog.filter(({ action_type }) => action_type === kind).length;
  const all = {
    alerts: world.saidIn(alerts).length,
    deleted: count(72),
    timedOut: count(24),
    letters: discord.messagesIn(discord.directChannel(member), member).length,
  };
  assert.deepEqual(all, { alerts: 1, deleted: 1, timedOut: 1, letters: 1 });
}

describe('alert, reply, deletion, time-out and letter happen exactly once when the bot stops', {
  concurrency: 4,
}, () => {
  const places: [string, Pick<Trouble, 'method' | 'path'>][] = [
    ['the alert and the reply', { method: 'POST', path: /messages$/ }],
    ['the deletion', { method: 'DELETE', path: /\/messages\/\d+$/ }],
    ['the time-out', { method: 'PATCH', path: /\/members\// }],
    ['the conversation for the letter', { method: 'POST', path: /users\/@me\/channels$/ }],
    ['the letter', { method: 'POST', path: lettersOf }],
  ];
  for (const [what, request] of places) {
    test(`before ${what}`, async (t) => assertOnce(await stoppedAt(t, { ...request, performed: false })));
    test(`after ${what}, of which it has not heard`, async (t) =>
      assertOnce(await stoppedAt(t, { ...request, performed: true })));
  }

  test('between the verdict and everything else', async (t) => {
    const world = await startWatching(t, { policies: strict }, { refusals: 'expected' });
    const { discord } = world;
    discord.fail({ path: /./, status: 503, times: 1e6 });
    discord.post({ files: [malicious] });
    await discord.waitFor(() =>
      discord.requests.some(({ method, path }) => method === 'POST' && /messages/.test(path)),
    );
    await world.stop();
    discord.calm();
    world.jump(downtime);
    await world.start();
    await world.alerts(1, /Sent a private message/);
    await assertOnce(world);
  });
});

test('a watched file is scanned after a stop in the middle of its scan', async (t) => {
  const world = await startWatching(t);
  const { discord } = world;
  const message = discord.post({
    files: [
      { ...malicious, misbehaviour: { kind: 'stall', afterBytes: 5, times: 2 } },
      { name: 'b.exe', content: 'b' },
    ],
  });
  await world.marked(message, '⏳');
  await world.restart();
  await world.marked(message, '⛔');
  assert.deepEqual([world.saidIn(discord.scene.files).length, (await world.alerts()).length], [1, 1]);
});
