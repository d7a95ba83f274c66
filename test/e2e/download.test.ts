import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import type { Attachment } from '../../sandbox/discord/model.ts';
import { marked } from './calls.ts';
import { says, startWorld, textOf } from './world.ts';

const hour = 60 * 60_000;
const content = marked('malicious');

describe('downloads', { concurrency: 4 }, () => {
  test('a file of a host that is not allowed is not fetched', async (t) => {
    const configure = <Config>(config: Config) => ({ ...config, attachmentHosts: ['cdn.discordapp.com'] });
    const { scan, virusTotal } = await startWorld(t, { configure });
    const text = textOf(await says(scan({ name: 'tool.exe', content }), /❌/));

    assert.match(text, /leads to a site that this bot does not download from.*Upload the file to Discord itself/s);
    assert.ok(virusTotal.requests.every(({ cost }) => cost === 0));
  });

  test('a redirect to a host that is not allowed is not followed, one to an allowed host is', async (t) => {
    const { scan, discord } = await startWorld(t);
    const elsewhere = await countingServer(t);
    const posted = discord.post({ files: [{ name: 'moved.exe', content }] });
    const [{ url = '' } = {}] = posted.attachments;
    const reply = await says(
      scan([
        { name: 'away.exe', content: 'x', misbehaviour: { kind: 'redirect', to: elsewhere.url } },
        { name: 'moved.exe', content, misbehaviour: { kind: 'redirect', to: url } },
      ]),
      /^2 files/,
    );

    assert.match(reply.embeds[0]?.title ?? '', /Malicious/);
    assert.match(
      reply.embeds[1]?.description ?? '',
      /^❌ \*\*away\.exe\*\* Not downloaded: its link leads elsewhere$/m,
    );
    assert.equal(elsewhere.requests(), 0);
  });

  test('a body without an end is cut off, and told', async (t) => {
    const { scan } = await startWorld(t);
    const file = { name: 'tool.exe', content: 'a few bytes', misbehaviour: { kind: 'endless' } as const };
    assert.match(textOf(await says(scan(file), /❌/)), /The file is larger than Discord announced/);
  });

  test('a file that is declared larger than VirusTotal takes is refused without a download', async (t) => {
    const { scan } = await startWorld(t);
    const reply = await says(scan({ name: 'disk.img', content: 'x', size: 651 * 1024 * 1024 }), /❌/);
    assert.match(textOf(reply), /larger than 650 MB/);
  });

  test('downloads that break off or meet a failing host are tried again', async (t) => {
    const { scan } = await startWorld(t);
    const reply = await says(
      scan([
        { name: 'cut.exe', content, misbehaviour: { kind: 'cut', afterBytes: 10, times: 2 } },
        { name: 'down.exe', content, misbehaviour: { kind: 'status', status: 503, times: 2 } },
        { name: 'busy.exe', content, misbehaviour: { kind: 'status', status: 429, times: 1 } },
      ]),
      /^3 files: ⛔ 3 malicious/,
    );
    assert.doesNotMatch(textOf(reply), /❌/);
  });

  test('a host that keeps failing is given up with words on what to do', async (t) => {
    const { scan } = await startWorld(t);
    const file = { name: 'tool.exe', content, misbehaviour: { kind: 'cut', afterBytes: 10 } as const };
    assert.match(textOf(await says(scan(file), /❌/)), /could not be downloaded.*Run `\/vtscan` on it again/s);
  });

  test('a file whose link expired while the bot was down is fetched through its message', async (t) => {
    const { discord, stop, start, jump } = await startWorld(t);
    const misbehaviour = { kind: 'stall', afterBytes: 5, times: 1 } as const;
    const message = discord.post({ files: [{ name: 'tool.exe', content, misbehaviour }] });
    const handle = discord.invokeOnMessage({ command: 'Scan attachments', message });
    await says(handle, /Downloading/);
    await stop();
    jump(25 * hour);
    await start();

    await says(handle, /Malicious/);
    const path = `/channels/${message.channel_id}/messages/${message.id}`;
    assert.ok(discord.requests.some((request) => request.method === 'GET' && request.path === path));
  });

  test('a file of a slash command whose link expired while the bot was down gets a fresh link', async (t) => {
    const { scan, discord, stop, start, jump } = await startWorld(t);
    const misbehaviour = { kind: 'stall', afterBytes: 5, times: 1 } as const;
    const handle = scan({ name: 'tool.exe', content, misbehaviour });
    await says(handle, /Downloading/);
    await stop();
    jump(25 * hour);
    await start();

    await says(handle, /Malicious/);
    assert.ok(discord.requests.some(({ path }) => path === '/attachments/refresh-urls'));
  });

  test('the context menu scans the attachments of a message, those that it forwards included', async (t) => {
    const { discord } = await startWorld(t);
    const original = discord.post({ files: [{ name: 'original.exe', content: marked('malicious', 1) }] });
    const message = discord.post({ content: 'look', files: [{ name: 'own.txt', content: marked('clean', 2) }] });
    forward(original.attachments, original.channel_id, discord.world.messages.get(message.id)?.message);
    const handle = discord.invokeOnMessage({ command: 'Scan attachments', message, member: discord.scene.moderator });
    const reply = await says(handle, /2 files: ⛔ 1/);

    assert.match(textOf(reply), /\*\*original\.exe\*\*.*\*\*own\.txt\*\*/s);
    assert.match(textOf(reply), /⛔ 1 malicious, ✅ 1 without/);
  });

  test('the context menu on a message without attachments says so, privately', async (t) => {
    const { discord } = await startWorld(t);
    const handle = discord.invokeOnMessage({ command: 'Scan attachments', message: discord.post({ content: 'hi' }) });

    assert.match(textOf(await says(handle, /./)), /That message has no attachments/);
    assert.ok(handle.isEphemeral());
  });

  test('of a message with more files than a reply can show the first ten are scanned, and that is said', async (t) => {
    const { discord } = await startWorld(t);
    const files = Array.from({ length: 12 }, (_, number) => ({
      name: `${number}.exe`,
      content: marked('malicious', number),
    }));
    const original = discord.post({ files: files.slice(10) });
    const message = discord.post({ files: files.slice(0, 10) });
    forward(original.attachments, original.channel_id, discord.world.messages.get(message.id)?.message);
    const reply = await says(discord.invokeOnMessage({ command: 'Scan attachments', message }), /⛔ 10/);

    assert.match(textOf(reply), /That message has 12 files; these are the first 10/);
  });

  /** Makes a message one that forwards attachments of another. */
  function forward(attachments: Attachment[], channelId: string, message: object | undefined): void {
    assert.ok(message);
    const snapshot = {
      type: 0,
      content: '',
      embeds: [],
      attachments,
      components: [],
      timestamp: '2026-01-01T00:00:00Z',
    };
    Object.assign(message, {
      message_reference: { type: 1, channel_id: channelId, message_id: '1' },
      message_snapshots: [{ message: { ...snapshot, edited_timestamp: null, flags: 0, mentions: [] } }],
    });
  }
});

/** A server beside the allowed one, which should hear nothing. */
async function countingServer(t: TestContext) {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    response.end('x');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const address: AddressInfo | string | null = server.address();
  assert.ok(address && typeof address === 'object');
  return { url: `http://127.0.0.1:${address.port}/tool.exe`, requests: () => requests };
}
