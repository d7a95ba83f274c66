import assert from 'node:assert/strict';
import { test } from 'node:test';
import { marked } from './calls.ts';
import { startWatching } from './watching.ts';
import { says, textOf } from './world.ts';

const channels = 5;
const messagesEach = 6;
const filesEach = 10;

test('a flood of 300 files in five channels loses none, keeps no /vtscan waiting, and leaves an alert a message', async (t) => {
  const world = await startWatching(t, {}, { rate: 10, virusTotal: { analysisTime: () => 0 } });
  const { discord, virusTotal } = world;
  const places = Array.from({ length: channels }, (_, number) => discord.addChannel(`flood-${number}`));
  const posted = Array.from({ length: messagesEach }, (_, round) =>
    places.map((channel, place) => {
      const files = Array.from({ length: filesEach }, (_, file) => {
        const number = (round * channels + place) * filesEach + file;
        return { name: `${number}.exe`, content: marked(file < 2 ? 'malicious' : 'clean', number) };
      });
      return discord.post({ channel, files });
    }),
  ).flat();
  const automatic = () => virusTotal.model.files.size;
  await discord.waitFor(() => automatic() > 5);
  await says(world.scan({ name: 'asked.exe', content: marked('clean', 1_000) }), /No engine flagged it/);
  assert.ok(automatic() < 200, `${automatic()} files went before the one that a member asked for`);

  await discord.waitFor(() => posted.every((message) => world.marksOn(message).includes('⛔')), 30_000);
  const scanned = channels * messagesEach * filesEach;
  assert.equal(automatic(), scanned + 1);
  const alerts = (await world.alerts(posted.length)).map(textOf);
  for (const { id } of posted) assert.equal(alerts.filter((text) => text.includes(id)).length, 1);
});
