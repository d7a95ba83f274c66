import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Message } from '../../sandbox/discord/model.ts';
import { marked, nextCall } from './calls.ts';
import { labelIn, says, startWorld, textOf, tokensIn } from './world.ts';

const unknownToken = 'ab'.repeat(32);

describe('/vtresult', { concurrency: 4 }, () => {
  test('/vtresult shows the card of a finished scan to the one who asks, without asking VirusTotal', async (t) => {
    const { scan, result, virusTotal } = await startWorld(t);
    const scanned = await says(scan({ name: 'tool.exe', content: marked('malicious') }), /first seen/);
    const asked = virusTotal.requests.length;

    const handle = result(tokensIn(scanned)[0] ?? '');
    const shown = await says(handle, /Malicious/);
    assert.ok(handle.isEphemeral());
    assert.deepEqual(textOf(shown), textOf(scanned).replace(/^-# Files that.*\n/, '\n'));
    assert.equal(virusTotal.requests.length, asked);
  });

  test('/vtresult of an unfinished scan goes on until the verdict', async (t) => {
    const { scan, result } = await startWorld(t, { virusTotal: { analysisTime: () => 15_000 } });
    const waiting = await says(scan({ name: 'tool.exe', content: marked('malicious') }), /Engines are analyzing/);
    const handle = result(tokensIn(waiting)[0] ?? '');

    await says(handle, /⏳/);
    await says(handle, /Malicious/);
  });

  test('a token may be typed in upper case and with spaces around it, by any member', async (t) => {
    const { scan, result, discord } = await startWorld(t);
    const [token = ''] = tokensIn(await says(scan({ name: 'tool.exe', content: marked('malicious') }), /Malicious/));

    await says(result(`  ${token.toUpperCase()} `, discord.scene.moderator), /Malicious/);
  });

  test('a token that is not ours is unknown, and anything else no token; what was typed is never repeated', async (t) => {
    const { result } = await startWorld(t);
    const unknown = result(unknownToken);
    assert.match(textOf(await says(unknown, /./)), /^Unknown token/);
    assert.ok(unknown.isEphemeral());

    const junk = ['@everyone', '<@123456789012345678>', `${unknownToken}0`, '**bold** `code`', 'z'.repeat(64), '🦠'];
    for (const typed of junk) {
      const handle = result(typed);
      const text = textOf(await says(handle, /./));
      assert.match(text, /^Not a token: 64 hex characters$/m);
      assert.ok(!text.includes(typed));
      assert.ok(handle.isEphemeral());
    }
  });

  test('/vtresult answers after a restart, for a finished scan and for one that was interrupted', async (t) => {
    const { scan, result, restart, virusTotal } = await startWorld(t, { virusTotal: { analysisTime: () => 15_000 } });
    const first = scan({ name: 'done.exe', content: marked('malicious', 1) });
    const [done = ''] = tokensIn(await says(first, /Malicious/));
    const second = scan({ name: 'later.exe', content: marked('one-detection', 2) });
    const [later = ''] = tokensIn(await says(second, /Engines are analyzing/));
    await restart();

    await says(result(done), /Malicious/);
    await says(result(later), /Suspicious/);
    await says(second, /Suspicious/);
    assert.equal(virusTotal.requests.filter(({ endpoint }) => endpoint === 'POST /files').length, 2);
  });

  test('/vtresult of a failed scan says why it failed', async (t) => {
    const { scan, result } = await startWorld(t);
    const misbehaviour = { kind: 'status', status: 404 } as const;
    const failed = await says(scan({ name: 'lost.txt', content: 'x', misbehaviour }), /❌/);

    const text = textOf(await says(result(tokensIn(failed)[0] ?? ''), /❌/));
    assert.match(text, /Discord no longer has the file/);
  });

  test('results are forgotten after 30 days', async (t) => {
    const { scan, result, jump, virusTotal, discord } = await startWorld(t);
    // With its late facts, so that nothing is stored any more after the jump.
    const [token = ''] = tokensIn(await says(scan({ name: 'tool.exe', content: marked('malicious') }), /first seen/));
    jump(29 * 24 * 60 * 60_000);
    await says(result(token), /Malicious/);
    jump(2 * 24 * 60 * 60_000);
    await says(result(token), /Unknown token/);

    // The file itself is asked about anew.
    const lookedUp = nextCall(virusTotal, 'GET /files/{id}');
    scan({ name: 'tool.exe', content: marked('malicious') }, { member: discord.scene.moderator });
    await lookedUp;
  });
});

const footerOf = ({ embeds }: Message) => embeds[0]?.footer?.text ?? '';
const rowsOf = ({ embeds }: Message) => embeds[0]?.description?.split('\n').slice(1) ?? [];
const controlsOf = ({ components }: Message) => components.flatMap((row) => row.components);

describe('buttons and menus', { concurrency: 4 }, () => {
  test('all detections are shown in pages that turn in place, to whoever pressed the button only', async (t) => {
    const { scan, discord } = await startWorld(t);
    const reply = await says(scan({ name: 'tool.exe', content: marked('malicious') }), /Malicious/);

    const details = await discord.press(reply, 'Details').next();
    const opened = discord.press(details, 'All engines (75)');
    let page = await opened.next();
    assert.ok(opened.isEphemeral());
    assert.match(textOf(page), /All detections of `tool\.exe`/);
    assert.match(footerOf(page), /^Page 1 of \d$/);
    assert.match(rowsOf(page)[0] ?? '', /⛔ `Avast` · `/);

    const pages = Number(footerOf(page).split(' ').at(-1));
    const rows = rowsOf(page);
    for (let number = 2; number <= pages; number++) {
      const turned = discord.press(page, 'Next');
      page = await turned.next((message) => footerOf(message).startsWith(`Page ${number} `));
      assert.equal(page.id, opened.message()?.id);
      rows.push(...rowsOf(page));
    }
    assert.equal(new Set(rows).size, 75);
    assert.throws(() => discord.press(page, 'Next'), /disabled/);

    const back = discord.press(page, 'Previous');
    await back.next((message) => footerOf(message).startsWith(`Page ${pages - 1} `));
    const seenByOthers = discord.messagesIn(discord.scene.files, discord.scene.moderator);
    assert.deepEqual(
      seenByOthers.map(({ id }) => id),
      [reply.id],
    );
  });

  test('buttons work after a restart, and for another member', async (t) => {
    const { scan, discord, restart } = await startWorld(t);
    const reply = await says(scan({ name: 'tool.exe', content: marked('malicious') }), /Malicious/);
    const details = await discord.press(reply, 'Details').next();
    const opened = await discord.press(details, 'All engines (75)').next();
    await restart();

    const turned = discord.press(opened, 'Next');
    await turned.next((message) => footerOf(message).startsWith('Page 2 '));
    const others = discord.press(reply, 'Details', discord.scene.moderator);
    assert.match(textOf(await others.next()), /Malicious.*\*\*SHA-256\*\*/s);
    assert.ok(others.isEphemeral());
  });

  test('details are a private answer with all hashes, the token, the link and the engines', async (t) => {
    const { scan, discord } = await startWorld(t);
    const reply = await says(scan({ name: 'tool.exe', content: marked('malicious') }), /first seen/);
    assert.deepEqual(
      controlsOf(reply).map((one) => ('label' in one ? one.label : '')),
      ['Details', 'VirusTotal'],
    );
    const opened = discord.press(reply, 'Details');
    const details = await opened.next();
    assert.ok(opened.isEphemeral());
    const text = textOf(details);
    for (const what of ['Analyzed', 'Type', 'Seen as', 'First seen', 'SHA-256', 'SHA-1', 'MD5'])
      assert.ok(text.includes(`**${what}** `), what);
    assert.deepEqual(tokensIn(details), tokensIn(reply));
    const labels = controlsOf(details).map((one) => ('label' in one ? one.label : ''));
    assert.deepEqual(labels, ['Flagged (54)', 'All engines (75)', 'As a text file', 'VirusTotal']);
    const [link] = controlsOf(details).flatMap((one) => ('url' in one && one.url ? [one.url] : []));
    assert.match(link ?? '', /^https:\/\/www\.virustotal\.com\/gui\/file\/[0-9a-f]{64}/);
  });

  test('of several files a menu shows the details of one, privately, also of one that failed', async (t) => {
    const { scan, discord, restart } = await startWorld(t);
    const reply = await says(
      scan([
        { name: 'one.exe', content: marked('malicious', 1) },
        { name: 'lost.txt', content: 'x', misbehaviour: { kind: 'status', status: 404 } },
        { name: 'three.exe', content: marked('one-detection', 3) },
      ]),
      /^3 files/,
    );
    const [menu, ...others] = controlsOf(reply);
    assert.deepEqual(others, []);
    assert.ok(menu && 'options' in menu && menu.custom_id);
    assert.deepEqual(
      menu.options?.map(({ label }) => label),
      ['⛔ one.exe', '⚠️ three.exe', '❌ lost.txt'],
    );

    const [first = '', third = '', lost = ''] = tokensIn(reply);
    const picked = discord.select(reply, menu.custom_id, [third]);
    const card = await picked.next();
    assert.ok(picked.isEphemeral());
    assert.match(textOf(card), /Suspicious.*\*\*three\.exe\*\*/s);
    assert.deepEqual(tokensIn(card), [third]);
    assert.match(
      textOf(await discord.press(card, labelIn(card, /^All engines/)).next()),
      /All detections of `three\.exe`/,
    );
    const failed = await discord.select(reply, menu.custom_id, [lost]).next();
    assert.match(textOf(failed), /❌ Discord no longer has the file.*\*\*lost\.txt\*\*/s);

    await restart();
    const again = discord.select(reply, menu.custom_id, [first], discord.scene.moderator);
    assert.match(textOf(await again.next()), /Malicious.*\*\*one\.exe\*\*/s);
  });

  test('a button whose result has been forgotten, or of another version, is answered in words', async (t) => {
    const { scan, discord, jump } = await startWorld(t);
    const reply = await says(scan({ name: 'tool.exe', content: marked('malicious') }), /Trojan/);
    jump(31 * 24 * 60 * 60_000);
    const late = discord.press(reply, 'Details');
    assert.match(textOf(await late.next()), /Unknown token/);
    assert.ok(late.isEphemeral());

    const [button] = controlsOf(reply);
    assert.ok(button);
    const other = { ...button, custom_id: 'v9:something:else' };
    const stored = discord.world.messages.get(reply.id);
    assert.ok(stored && 'style' in other);
    stored.message = { ...reply, components: [{ type: 1, id: undefined, components: [other] }] };
    assert.match(textOf(await discord.press(reply, 'v9:something:else').next()), /older version/);
  });
});
