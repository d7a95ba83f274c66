import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PermissionFlagsBits } from 'discord.js';
import { marked } from './calls.ts';
import { says, startWorld, textOf, tokensIn } from './world.ts';

const minute = 60_000;
const long = { virusTotal: { analysisTime: () => 20 * minute } };
const malicious = { name: 'tool.exe', content: marked('malicious') };

test('in a channel that the bot does not see, a public reply ends with a button before its token does', async (t) => {
  const { scan, discord, jump } = await startWorld(t, long);
  discord.overwrite(discord.scene.files, discord.scene.botRole, { deny: PermissionFlagsBits.ViewChannel });
  const handle = scan(malicious);
  await says(handle, /Engines are analysing/);
  jump(14 * minute);
  const last = await says(handle, /Press the button later/);

  jump(7 * minute);
  await says(discord.press(last, 'Show result'), /Malicious/);
});

test('a card that Discord refuses is told in plain words, and the reply goes on', async (t) => {
  const { scan, discord } = await startWorld(t);
  discord.fail({ method: 'PATCH', path: /^\/webhooks\//, status: 400, code: 50035, times: 1 });
  const handle = scan(malicious);
  const bare = await says(handle, /Token `/);
  assert.deepEqual(bare.embeds, []);
  assert.equal(tokensIn(bare).length, 1);
  assert.match(textOf(await says(handle, /Malicious: do not open it/)), /tool\.exe/);
});
