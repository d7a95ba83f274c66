import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { lockedZip } from '../../sandbox/lockedZip.ts';
import { type ProcessWorld, startProcessWorld } from './botProcess.ts';
import { enter, ownKey, withKey } from './ownKey.ts';
import { textOf } from './world.ts';

const patienceMs = 60_000;
const password = 'canary-password-0123';

test('a session full of errors leaves no secret in the output, and a clean stop none in the data directory', async (t) => {
  const world = await startProcessWorld(t);
  const { discord, virusTotal, dataDir } = world;
  const bot = await world.start({ LOG_LEVEL: 'trace' });
  withKey(world, { perMinute: 1_000 });
  await enter(world, ownKey);
  await provokeErrors(world);
  bot.kill('SIGTERM');
  assert.deepEqual(await bot.exited(), { code: 0, signal: null });

  const interactions = Array.from(discord.world.interactions.keys(), (token, index) => [`interaction ${index}`, token]);
  const secrets = [
    ['bot token', discord.token],
    ['API key', virusTotal.key],
    ["the server's own key", ownKey],
    ['password', password],
    ...interactions,
  ];
  const foundIn = (text: string) => secrets.filter(([, secret = '']) => text.includes(secret)).map(([name]) => name);

  assert.ok(bot.output().split('"scan failed"').length > 3, bot.output());
  assert.deepEqual(foundIn(bot.output()), []);
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true });
  for (const file of entries.filter((entry) => entry.isFile())) {
    assert.deepEqual(foundIn(await readFile(join(file.parentPath, file.name), 'latin1')), [], file.name);
  }
});

async function provokeErrors({ discord, virusTotal }: ProcessWorld): Promise<void> {
  const failing = { path: /^\/webhooks/, method: 'PATCH', message: `Discord says ${discord.token}` };
  const scan = (content: string | Uint8Array, misbehaviour?: { kind: 'status'; status: number }) =>
    discord.invoke({
      command: 'vtscan',
      options: { file: { name: 'notes.txt', content, ...(misbehaviour && { misbehaviour }) }, password },
    });
  const ends = (handle: ReturnType<typeof scan>, how: RegExp) =>
    handle.next((message) => how.test(textOf(message)), patienceMs);

  // VirusTotal's own words may repeat the key.
  virusTotal.fail({
    code: 'BadRequestError',
    message: `Wrong API key: ${virusTotal.key} ${ownKey}`,
    endpoint: 'GET /files/{id}',
  });
  await ends(scan('refused by VirusTotal'), /VirusTotal refused the file/);
  await ends(scan(lockedZip('inside.exe', 'vtscan-sandbox: malicious\n')), /Wrong password/);
  virusTotal.garbage('html', { endpoint: 'GET /files/{id}' });
  await ends(scan('answered with garbage'), /this bot cannot read/);

  discord.fail({ ...failing, status: 503, times: 4 });
  discord.fail({ ...failing, status: 401, code: 50027 });
  await ends(scan('told by the channel message'), /No engine flagged it/);
  await ends(scan('gone', { kind: 'status', status: 410 }), /no longer has the file|could not be downloaded/);

  discord.fail({ path: /\/callback$/, status: 500, times: 4, message: failing.message });
  scan('never acknowledged');
  await discord.waitFor(() => discord.requests.filter(({ status }) => status === 500).length >= 4, patienceMs);
  // Discord does not know that answer, so nothing of it is kept.
  const isAsked = () => discord.requests.some(({ method, path }) => method === 'GET' && /@original$/.test(path));
  await discord.waitFor(isAsked, patienceMs);
}
