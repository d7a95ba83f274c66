import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { callsTo } from './calls.ts';
import { labelIn, says, startWorld, textOf, tokensIn, type World } from './world.ts';

const day = 24 * 60 * 60_000;

/** `/vturl` */
const scanUrl = ({ discord }: World, url: string, more: { private?: boolean } = {}) =>
  discord.invoke({ command: 'vturl', options: { url, ...more } });

const analysesOf = ({ virusTotal }: World) => callsTo(virusTotal, 'POST /urls');

describe('/vturl', { concurrency: 4 }, () => {
  test('an unknown address is looked up, then submitted, and has a verdict, a token and no link in its reply', async (t) => {
    const world = await startWorld(t);
    const handle = scanUrl(world, 'https://malicious.example/login?next=1#top');
    const reply = await says(handle, /Malicious: do not visit it/);

    const text = textOf(reply);
    assert.match(text, /`hxxps:\/\/malicious\[\.\]example\/login\?next=1`/);
    for (const { message } of handle.edits) assert.doesNotMatch(textOf(message), /https?:\/\/|malicious\.example/);
    assert.doesNotMatch(text, /do not open it/);
    const endpoints = world.virusTotal.requests.map(({ endpoint }) => endpoint).filter((one) => one.includes('/urls'));
    assert.deepEqual(endpoints.slice(0, 2), ['GET /urls/{id}', 'POST /urls']);
    assert.ok(!handle.isEphemeral());

    const [token = ''] = tokensIn(reply);
    const result = await says(world.result(token), /do not visit it/);
    assert.match(textOf(result), /malicious\[\.\]example/);
  });

  test('a known address costs one look-up, and the same one again nothing, however it is written', async (t) => {
    const world = await startWorld(t);
    world.virusTotal.knowUrl({ url: 'https://malicious.example:8443/a' });
    await says(scanUrl(world, 'https://malicious.example:8443/a'), /Malicious/);
    await says(scanUrl(world, '<HTTPS://MALICIOUS.example:8443/a#elsewhere>'), /Malicious/);
    await says(scanUrl(world, 'hxxps://malicious[.]example:8443/a'), /Malicious/);
    assert.equal(callsTo(world.virusTotal, 'GET /urls/{id}'), 1);
    assert.equal(analysesOf(world), 0);
  });

  test('a unicode host is shown in ASCII, so that nobody takes it for another', async (t) => {
    const world = await startWorld(t);
    const text = textOf(await says(scanUrl(world, 'https://пример.malicious.example/путь'), /Malicious/));
    assert.match(text, /hxxps:\/\/xn--e1afmkfd\[\.\]malicious\[\.\]example\//);
    assert.doesNotMatch(text, /пример/);
  });

  test('what must not or cannot be scanned is refused in words, privately, without repeating it or asking VirusTotal', async (t) => {
    const world = await startWorld(t);
    const refusals: [string, RegExp][] = [
      ['javascript:alert(1)', /Only `http` and `https`/],
      ['data:text/html,@everyone', /Only `http` and `https`/],
      ['ftp://files.example/', /Only `http` and `https`/],
      ['https://me:canary-word@evil.example/', /user name or password/],
      ['http://127.0.0.1:8080/admin', /in a private network/],
      ['http://2130706433/', /in a private network/],
      ['http://[::1]/', /in a private network/],
      ['http://router.local/', /in a private network/],
      ['two words', /not a web address/],
      [`https://evil.example/${'a'.repeat(2_100)}`, /longer than 2048/],
    ];
    for (const [url, expected] of refusals) {
      const handle = scanUrl(world, url);
      const text = textOf(await says(handle, /./));
      assert.match(text, expected);
      assert.ok(!text.includes(url) && !text.includes('canary-word'));
      assert.ok(handle.isEphemeral());
    }
    assert.ok(world.virusTotal.requests.every(({ endpoint }) => !endpoint.includes('/urls')));
  });

  test('the pages, the text file and the buttons of an address show it defanged', async (t) => {
    const world = await startWorld(t);
    const { discord } = world;
    const reply = await says(scanUrl(world, 'https://malicious.example/a', { private: true }), /Malicious/);
    const details = await discord.press(reply, 'Details').next();
    const page = await discord.press(details, labelIn(details, /^All engines/)).next();
    assert.match(textOf(page), /All detections of `hxxps:\/\/malicious\[\.\]example\/a`/);
    const { attachments } = await discord.press(page, 'As a text file').next();
    const text = await (await fetch(attachments[0]?.url ?? '')).text();
    assert.match(text, /^Name +hxxps:\/\/malicious\[\.\]example\/a$/m);
  });

  test('an interrupted scan of an address goes on after a restart, and is submitted once', async (t) => {
    const world = await startWorld(t, { virusTotal: { analysisTime: () => 15_000 } });
    const handle = scanUrl(world, 'https://malicious.example/');
    await says(handle, /Engines are analyzing/);
    await world.restart();
    await says(handle, /Malicious/);
    assert.equal(analysesOf(world), 1);
  });

  test('an old verdict on an address can be had anew', async (t) => {
    const world = await startWorld(t);
    world.virusTotal.knowUrl({ url: 'https://malicious.example/', analysedAt: world.now() - 8 * day });
    const reply = await says(scanUrl(world, 'https://malicious.example/'), /Malicious/);
    const again = world.discord.press(reply, 'Analyze again (costs about 3 requests)');
    const verdict = await says(again, /Malicious/);
    assert.match(textOf(verdict), /It costs about 3 requests.*malicious\[\.\]example/s);
    assert.equal(analysesOf(world), 1);
  });
});
