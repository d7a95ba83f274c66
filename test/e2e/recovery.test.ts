import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRecovery } from '../../bench/kills/recovery.ts';
import { createMessage } from '../../sandbox/discord/messages.ts';
import type { Channel } from '../../sandbox/discord/model.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { systemClock } from '../../src/scan/clock.ts';

test('a bot has gone on when it does something about what was open, and not when people or it do something new', async (t) => {
  const sandbox = await startSandbox({ clock: systemClock });
  t.after(() => sandbox.close());
  const { world, scene } = sandbox.discord;
  const say = (channel: Channel, content: string) =>
    createMessage(world, { channel, author: world.bot, body: { content } });
  const connect = (connections: number) => world.emit({ type: 'connectionsChanged', connections });
  const recovery = createRecovery(sandbox);
  const people = (name: string) => {
    const message = sandbox.discord.post({ files: [{ name, content: name }] });
    return { round: 1, names: [name], message, alerts: scene.alerts, ending: 'malicious' as const };
  };
  const open = [people('old.exe')];

  recovery.killed('first', performance.now(), open);
  say(scene.alerts, 'a request of the dead bot about old.exe');
  connect(0);
  connect(1);
  const readyAt = performance.now();
  people('new.exe');
  say(scene.alerts, 'an alert about new.exe');
  recovery.killed('second', readyAt, open);
  assert.deepEqual([...recovery.times], []);

  connect(1);
  say(scene.alerts, 'an alert about old.exe');
  recovery.killed('third', performance.now(), open);
  const { first = [], ...others } = Object.fromEntries(recovery.times);
  assert.deepEqual([first.length, others], [1, {}]);
  assert.ok((first[0] ?? 0) > 0, 'the time of the bot in between counts');
});
