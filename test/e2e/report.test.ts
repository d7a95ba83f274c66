import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import type { Member } from '../../sandbox/discord/model.ts';
import { callsTo, marked } from './calls.ts';
import { says, startWorld, textOf, tokensIn, type World } from './world.ts';

const hashes = (content: string) => {
  const of = (kind: string) => createHash(kind).update(content).digest('hex');
  return { sha256: of('sha256'), sha1: of('sha1'), md5: of('md5') };
};
const content = marked('malicious');
const { sha256, sha1, md5 } = hashes(content);
const tool = { name: 'tool.exe', content };

const known = (content_: string) => ({ content: Buffer.from(content_), name: 'seen-as.exe' });

/** `/vtreport` */
const reportOf = ({ discord }: World, options: { query?: string; close?: boolean } = {}, member?: Member) =>
  discord.invoke({ command: 'vtreport', options, ...(member && { member }) });

/** What goes to VirusTotal and is not a look-up. */
const published = ({ virusTotal }: World) => virusTotal.requests.filter(({ method }) => method === 'POST');

describe('/vtreport', { concurrency: 4 }, () => {
  test('every form of query finds the file by one look-up, and nothing is ever uploaded', async (t) => {
    const queries = [
      sha256.toUpperCase(),
      sha1,
      `md5: ${md5}, is that bad?`,
      `https://www.virustotal.com/gui/file/${sha256}/detection`,
    ];
    for (const query of queries) {
      const world = await startWorld(t, { virusTotal: { known: [known(content)] } });
      const text = textOf(await says(reportOf(world, { query }), /Malicious/));
      assert.match(text, /\d\d of 71 engines/);
      assert.match(text, /\*\*Seen as\*\* `seen-as\.exe`/);
      assert.match(text, /\*\*Sandboxes\*\* `Zenbox` ⛔ malicious/);
      assert.ok(text.includes(`**SHA-256** \`${sha256}\``));
      assert.ok(text.includes(md5));
      assert.equal(callsTo(world.virusTotal, 'GET /files/{id}'), 1);
      assert.deepEqual(published(world), []);
    }
  });

  test('a token of ours is tried before it is taken for a SHA-256, asks VirusTotal nothing, and answers privately', async (t) => {
    const world = await startWorld(t, { virusTotal: { known: [known(content)] } });
    const [token = ''] = tokensIn(await says(world.scan(tool), /Malicious/));
    const asked = world.virusTotal.requests.length;

    const handle = reportOf(world, { query: `my token is ${token}` }, world.discord.scene.moderator);
    assert.match(textOf(await says(handle, /Malicious/)), /\*\*tool\.exe\*\*.*Seen as/s);
    assert.ok(handle.isEphemeral());
    assert.equal(world.virusTotal.requests.length, asked);
  });

  test('a file that VirusTotal has never seen is said to be unknown, and what it would take', async (t) => {
    const world = await startWorld(t);
    const text = textOf(await says(reportOf(world, { query: sha256 }), /Unknown: treat it as unsafe/));
    assert.match(text, /never seen this file.*share it with `\/vtscan`/s);
    assert.doesNotMatch(text, /✅|No engine/);
    assert.deepEqual(published(world), []);
  });

  test('junk and pages of web addresses are refused in words, what was typed is never repeated, nothing is asked', async (t) => {
    const world = await startWorld(t);
    const answers: [string, RegExp][] = [
      ['@everyone', /no SHA-256/],
      ['**bold** `code` ab12', /no SHA-256/],
      ['a'.repeat(65), /no SHA-256/],
      ['https://www.virustotal.com/gui/home/upload', /no SHA-256/],
      [`https://www.virustotal.com/gui/url/${sha256}`, /`\/vturl`/],
    ];
    for (const [query, expected] of answers) {
      const handle = reportOf(world, { query });
      const text = textOf(await says(handle, /./));
      assert.match(text, expected);
      assert.ok(!text.includes(query));
      assert.ok(handle.isEphemeral());
    }
    assert.equal(callsTo(world.virusTotal, 'GET /files/{id}'), 0);
  });

  test('a look-up that waits for quota says so, and answers later, also after a restart', async (t) => {
    const world = await startWorld(t, {
      virusTotal: { known: [known(content)], perMinute: 4 },
      bot: { limits: { perMinute: 1, perDay: 500, perMonth: 15_500 } },
    });
    await says(reportOf(world, { query: 'ab'.repeat(16) }), /never seen/);
    const handle = reportOf(world, { query: sha256 });
    await says(handle, /Waiting for VirusTotal/);
    await world.restart();
    world.jump(60_000);
    assert.match(textOf(await says(handle, /Malicious/)), /Seen as/);
    assert.deepEqual(published(world), []);
  });

  test('pages show the flagged engines or all of them, and the whole table comes as a text file, privately', async (t) => {
    const world = await startWorld(t, { virusTotal: { known: [known(content)] } });
    const { discord } = world;
    const reply = await says(reportOf(world, { query: sha256 }), /Malicious/);
    const labels = reply.components.flatMap((row) => row.components.map((one) => ('label' in one ? one.label : '')));
    const flagged = labels.find((label) => /^Flagged \(\d\d\)$/.test(label ?? '')) ?? '';
    assert.deepEqual(labels, [flagged, 'All engines (75)', 'As a text file', 'VirusTotal']);

    const opened = discord.press(reply, flagged);
    const page = await opened.next();
    assert.ok(opened.isEphemeral());
    assert.match(textOf(page), /^Engines that flagged `/m);
    assert.doesNotMatch(textOf(page), /▫️/);
    const all = await discord.press(page, 'All engines').next((message) => /All detections/.test(textOf(message)));
    assert.equal(all.id, page.id);
    const last = await discord.press(all, 'Next').next((message) => /Page 2 of 5/.test(JSON.stringify(message.embeds)));
    await discord.press(last, 'Flagged only').next((message) => /Engines that flagged/.test(textOf(message)));

    await world.restart();
    const sent = discord.press(reply, 'As a text file', discord.scene.moderator);
    const { attachments } = await sent.next();
    assert.ok(sent.isEphemeral());
    assert.equal(attachments[0]?.filename, `vtscan-${sha256.slice(0, 12)}.txt`);
    const text = await (await fetch(attachments[0]?.url ?? '')).text();
    assert.match(text, /^Engine +Verdict +Label +Version +Update$/m);
    assert.equal(text.match(/^\S.* \d{8}$/gm)?.length, 75);
  });

  test('reports are private where the server wishes it', async (t) => {
    const world = await startWorld(t, { virusTotal: { known: [known(content)] } });
    const { discord } = world;
    const panel = await discord.invoke({ command: 'vtconfig', member: discord.scene.moderator }).next();
    const section = await discord
      .select(panel, 'v1:config:show::', ['files'], discord.scene.moderator)
      .next((message) => /Private .vtscan/.test(textOf(message)));
    await discord.press(section, 'v1:config:set:privateByDefault:on', discord.scene.moderator).answered();

    const handle = reportOf(world, { query: sha256 });
    await says(handle, /Malicious/);
    assert.ok(handle.isEphemeral());
  });
});

describe('sessions', { concurrency: 4 }, () => {
  test('without a query the report is on the file that the member scanned last in that channel, after a restart too', async (t) => {
    const world = await startWorld(t);
    const { scan, discord } = world;
    await says(reportOf(world), /^No session opened\nScan a file in this channel with `\/vtscan`/);
    await says(scan({ name: 'first.exe', content: marked('clean', 1) }), /No engine flagged/);
    await says(scan([{ name: 'second.exe', content: marked('clean', 2) }, tool]), /2 files: /);
    await world.restart();
    const uploaded = published(world).length;

    assert.match(textOf(await says(reportOf(world), /Malicious/)), /\*\*tool\.exe\*\*/);
    await says(reportOf(world, {}, discord.scene.moderator), /^No session opened/);
    assert.equal(published(world).length, uploaded);
  });

  test('Scan attachments opens a session too, in its channel only', async (t) => {
    const world = await startWorld(t);
    const { discord } = world;
    const message = discord.post({ files: [tool] });
    await says(discord.invokeOnMessage({ command: 'Scan attachments', message }), /Malicious/);

    assert.match(textOf(await says(reportOf(world), /Malicious/)), /\*\*tool\.exe\*\*/);
    const elsewhere = discord.invoke({ command: 'vtreport', channel: discord.scene.general });
    await says(elsewhere, /^No session opened/);
  });

  test('a report or a scanned address opens no session', async (t) => {
    const world = await startWorld(t, { virusTotal: { known: [known(content)] } });
    await says(reportOf(world, { query: sha256 }), /Malicious/);
    await says(world.discord.invoke({ command: 'vturl', options: { url: 'https://clean.example/' } }), /No engine/);
    await says(reportOf(world), /^No session opened/);
  });

  test('a session ends when it is closed, or after a day', async (t) => {
    const world = await startWorld(t);
    await says(world.scan(tool), /Malicious/);
    const closed = reportOf(world, { close: true });
    await says(closed, /^The session is closed/);
    assert.ok(closed.isEphemeral());
    await says(reportOf(world), /^No session opened/);
    await says(reportOf(world, { close: true }), /^No session opened/);

    await says(world.scan(tool), /Malicious/);
    world.jump(23 * 60 * 60_000);
    await says(reportOf(world), /Malicious/);
    world.jump(2 * 60 * 60_000);
    await says(reportOf(world), /^No session opened/);
  });

  test('the report on a private scan is private, and goes on until an unfinished one has its verdict', async (t) => {
    const world = await startWorld(t, { virusTotal: { analysisTime: () => 15_000 } });
    await says(world.scan(tool, { private: true }), /Engines are analyzing/);
    const handle = reportOf(world);
    await says(handle, /⏳/);
    await says(handle, /Malicious/);
    assert.ok(handle.isEphemeral());
    assert.deepEqual(world.discord.messagesIn(world.discord.scene.files, world.discord.scene.moderator), []);
  });

  test('the report on a scan that failed looks the file up by its hash, under its name', async (t) => {
    const world = await startWorld(t);
    const { virusTotal } = world;
    virusTotal.fail({ endpoint: 'POST /files', code: 'InvalidArgumentError', status: 400 });
    await says(world.scan(tool), /❌ Refused by VirusTotal/);
    virusTotal.know(known(content));
    const before = published(world).length;

    const text = textOf(await says(reportOf(world), /Malicious/));
    assert.match(text, /\*\*tool\.exe\*\*.*Seen as/s);
    assert.equal(published(world).length, before);
  });
});
