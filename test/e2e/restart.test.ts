import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { lockedZip } from '../../sandbox/lockedZip.ts';
import { callsTo, marked, nextCall } from './calls.ts';
import { says, startWorld, textOf, tokensIn, type World } from './world.ts';

const malicious = { name: 'tool.exe', content: marked('malicious') };

/** How often VirusTotal has taken a file in, each file apart. */
const taken = ({ virusTotal }: World) => Array.from(virusTotal.model.files.values(), (file) => file.timesSubmitted);
const replies = ({ discord }: World) => discord.messagesIn(discord.scene.files).length;

describe('restarts', { concurrency: 4 }, () => {
  test('a scan that was being downloaded when the bot stopped ends with its verdict in the same reply', async (t) => {
    const world = await startWorld(t);
    const misbehaviour = { kind: 'stall', afterBytes: 5, times: 1 } as const;
    const handle = world.scan({ ...malicious, misbehaviour });
    const before = await says(handle, /Downloading/);
    await world.restart();

    assert.deepEqual(tokensIn(await says(handle, /Malicious/)), tokensIn(before));
    assert.equal(replies(world), 1);
  });

  test('a scan that waited for the quota when the bot stopped goes on waiting, and the quota is not exceeded', async (t) => {
    const limits = { perMinute: 2, perDay: 100, perMonth: 1_000 };
    const world = await startWorld(t, { bot: { limits, pollSeconds: 20 }, virusTotal: limits });
    const handle = world.scan(malicious);
    await says(handle, /Waiting for VirusTotal/);
    await world.restart();
    await says(handle, /Malicious/);

    assert.equal(world.virusTotal.model.refused, 0);
    assert.deepEqual(taken(world), [1]);
    assert.equal(replies(world), 1);
  });

  test('a scan that was in the middle of its upload is uploaded again, whole', async (t) => {
    const world = await startWorld(t);
    const size = 30 * 1024 * 1024;
    const chunks = () => Array.from({ length: 30 }, () => Buffer.alloc(1024 * 1024, 7));
    const uploading = nextCall(world.virusTotal, 'POST /files', 'arrived');
    const handle = world.scan({ name: 'disk.img', content: { size, chunks } });
    await uploading;
    await world.restart();
    await says(handle, /No engine flagged it/);

    assert.equal(replies(world), 1);
    assert.deepEqual(taken(world), [1]);
  });

  test('an upload that VirusTotal had taken before the bot stopped is not sent again', async (t) => {
    const world = await startWorld(t);
    world.virusTotal.dropConnection({ endpoint: 'POST /files', afterwards: true });
    const uploaded = nextCall(world.virusTotal, 'POST /files');
    const handle = world.scan(malicious);
    await uploaded;
    await world.restart();
    await says(handle, /Malicious/);

    assert.equal(callsTo(world.virusTotal, 'POST /files'), 1);
    assert.equal(replies(world), 1);
  });

  test('an analysis that ran when the bot stopped is asked for again, and nothing is uploaded again', async (t) => {
    const analysisTime = 5 * 60_000;
    const world = await startWorld(t, { virusTotal: { analysisTime: () => analysisTime } });
    const handle = world.scan([malicious, { name: 'other.txt', content: 'other' }]);
    await handle.next((message) => (textOf(message).match(/Engines are analyzing it/g) ?? []).length === 2);
    await world.restart();
    world.jump(analysisTime);
    await says(handle, /^2 files: ⛔ 1 malicious, ✅ 1 without findings/);

    assert.equal(callsTo(world.virusTotal, 'POST /files'), 2);
    assert.equal(replies(world), 1);
  });

  test('a verdict that could not be shown before the bot stopped is shown after its start, at no cost', async (t) => {
    const world = await startWorld(t);
    const { discord, virusTotal, scan } = world;
    const fault = { method: 'PATCH', path: /@original$/, status: 503, times: 1e6 };
    discord.fail(fault);
    const handle = scan(malicious);
    await discord.waitFor(() => discord.requests.some(({ body }) => JSON.stringify(body ?? '').includes('Malicious')));
    await world.stop();
    const asked = virusTotal.requests.filter(({ cost }) => cost > 0).length;
    fault.path = /^never$/;
    await world.start();
    await says(handle, /Malicious/);

    assert.equal(virusTotal.requests.filter(({ cost }) => cost > 0).length, asked);
    assert.equal(replies(world), 1);
  });

  test('a bot that was down for a day edits its reply as a channel message', async (t) => {
    const world = await startWorld(t, { virusTotal: { analysisTime: () => 60_000 } });
    const handle = world.scan(malicious);
    await says(handle, /Engines are analyzing/);
    await world.stop();
    world.jump(24 * 60 * 60_000);
    await world.start();
    await says(handle, /Malicious/);

    assert.equal(replies(world), 1);
  });

  test('three restarts in a row do no harm', async (t) => {
    const world = await startWorld(t, { virusTotal: { analysisTime: () => 30_000 } });
    const handle = world.scan(malicious);
    await handle.next((message) => tokensIn(message).length === 1);
    for (let time = 1; time <= 3; time++) await world.restart();
    await says(handle, /Malicious/);

    assert.deepEqual(taken(world), [1]);
    assert.equal(replies(world), 1);
  });

  test('no copy of a file stays behind when its scan has ended', async (t) => {
    const world = await startWorld(t);
    await says(world.scan([malicious, { name: 'other.txt', content: 'other' }]), /^2 files/);
    await world.stop();

    assert.deepEqual(
      (await filesOf(world.dataDir)).filter(({ path }) => path.includes('spool')),
      [],
    );
  });

  test('interaction tokens and passwords are gone from the data directory when they are of no more use', async (t) => {
    const world = await startWorld(t, { virusTotal: { analysisTime: () => 20 * 60_000 } });
    const content = lockedZip(
      'inside.exe',
      'vtscan-sandbox: malicious never\nvtscan-sandbox-password: canary-password\n',
    );
    const finished = world.scan({ name: 'a.txt', content: marked('clean', 1) });
    const unfinished = world.scan({ name: 'a.zip', content }, { password: 'canary-password' });
    const hidden = world.scan({ name: 'b.txt', content: marked('never', 2) }, { private: true });
    for (const handle of [finished, unfinished, hidden]) await says(handle, /Engines are analyzing/);
    world.jump(14 * 60_000);
    await says(hidden, /Press the button later/);
    world.jump(7 * 60_000);
    await says(finished, /No engine flagged it/);
    await world.stop();

    const secrets = [finished, unfinished, hidden]
      .map(({ interaction }) => interaction.token)
      .concat('canary-password');
    for (const { path, bytes } of await filesOf(world.dataDir)) {
      if (path.includes('spool')) continue;
      for (const [number, secret] of secrets.entries())
        assert.ok(!bytes.includes(secret), `secret ${number} in ${path}`);
    }
  });
});

async function filesOf(folder: string): Promise<{ path: string; bytes: Buffer }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return Promise.all(paths.map(async (path) => ({ path, bytes: await readFile(path) })));
}
