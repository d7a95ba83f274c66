import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Member, Message } from '../../sandbox/discord/model.ts';
import { marked } from './calls.ts';
import { startWatching, strict, type WatchedWorld } from './watching.ts';
import { textOf } from './world.ts';

const malicious = (number = 0) => ({ name: 'tool.exe', content: marked('malicious', number) });
/** Longer than Discord remembers a nonce. */
const downtime = 10 * 60_000;

interface Trouble {
  method: string;
  path: RegExp | ((author: Member, world: WatchedWorld) => RegExp);
  /** Discord does it, and only the answer is lost. */
  performed: boolean;
}

/** Everything about one bad file of somebody new, with a stop in the middle of one request of it; then the bot comes back. */
async function stopAt(world: WatchedWorld, number: number, trouble: Trouble): Promise<void> {
  const { discord } = world;
  const author = discord.join(`author${number}`);
  const path = trouble.path instanceof RegExp ? trouble.path : trouble.path(author, world);
  discord.fail({ ...trouble, path, status: 503, times: 1e6 });
  const before = discord.requests.length;
  const message = discord.post({ member: author, files: [malicious(number)] });
  const isMet = (request: (typeof discord.requests)[number]) =>
    request.method === trouble.method && path.test(request.path) && request.status === 503;
  await discord.waitFor(() => discord.requests.slice(before).some(isMet));
  await world.stop();
  discord.calm();
  world.jump(downtime);
  await world.start();
  await world.alerts(1, new RegExp(`${message.id}[\\s\\S]*Timed out[\\s\\S]*Sent a private message`));
  await assertOnce(world, message, author);
}

/** Each of it exactly once. */
async function assertOnce(world: WatchedWorld, { id }: Message, author: Member): Promise<void> {
  const { discord } = world;
  // A reply that was on its way goes when the message does.
  await discord.waitFor(() => world.saidIn(discord.scene.files).length === 0);
  const count = (kind: number) =>
    discord.world.auditLog.filter((entry) => entry.action_type === kind && entry.target_id === author.user.id).length;
  const all = {
    alerts: world.saidIn(discord.scene.alerts).filter((one) => textOf(one).includes(id)).length,
    deleted: count(72),
    timedOut: count(24),
    letters: discord.messagesIn(discord.directChannel(author), author).length,
  };
  assert.deepEqual(all, { alerts: 1, deleted: 1, timedOut: 1, letters: 1 });
}

test('alert, reply, deletion, time-out and letter happen exactly once when the bot stops', async (t) => {
  const world = await startWatching(t, { policies: strict, timeOut: 'day' }, { refusals: 'expected' });
  const lettersTo = (author: Member, { discord }: WatchedWorld) =>
    new RegExp(`/channels/${discord.directChannel(author).id}/messages$`);
  const places: [string, Pick<Trouble, 'method' | 'path'>][] = [
    ['the alert and the reply', { method: 'POST', path: /messages$/ }],
    ['the deletion', { method: 'DELETE', path: /\/messages\/\d+$/ }],
    ['the time-out', { method: 'PATCH', path: /\/members\// }],
    ['the conversation for the letter', { method: 'POST', path: /users\/@me\/channels$/ }],
    ['the letter', { method: 'POST', path: lettersTo }],
  ];
  for (const [number, [what, request]] of places.entries()) {
    await t.test(`before ${what}`, () => stopAt(world, number, { ...request, performed: false }));
    await t.test(`after ${what}, of which it has not heard`, () =>
      stopAt(world, number + places.length, { ...request, performed: true }),
    );
  }

  await t.test('between the verdict and everything else', async () => {
    const { discord } = world;
    discord.fail({ path: /./, status: 503, times: 1e6 });
    const author = discord.join('another');
    const before = discord.requests.length;
    const message = discord.post({ member: author, files: [malicious(99)] });
    const isMet = ({ method, path }: (typeof discord.requests)[number]) => method === 'POST' && /messages/.test(path);
    await discord.waitFor(() => discord.requests.slice(before).some(isMet));
    await world.stop();
    discord.calm();
    world.jump(downtime);
    await world.start();
    await world.alerts(1, new RegExp(`${message.id}[\\s\\S]*Sent a private message`));
    await assertOnce(world, message, author);
  });
});

test('a watched file is scanned after a stop in the middle of its scan', async (t) => {
  const world = await startWatching(t);
  const { discord } = world;
  const message = discord.post({
    files: [
      { ...malicious(), misbehaviour: { kind: 'stall', afterBytes: 5, times: 2 } },
      { name: 'b.exe', content: 'b' },
    ],
  });
  await world.marked(message, '⏳');
  await world.restart();
  await world.marked(message, '⛔');
  assert.deepEqual([world.saidIn(discord.scene.files).length, (await world.alerts()).length], [1, 1]);
});
