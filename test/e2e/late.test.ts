import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { callsTo, marked, nextCall } from './calls.ts';
import { startWatching } from './watching.ts';
import { labelIn, says, startWorld, textOf, tokensIn, type World } from './world.ts';

const minute = 60_000;
/** An analysis that outlives the interaction, though not the bot's patience. */
const long = { virusTotal: { analysisTime: () => 20 * minute } };
const malicious = { name: 'tool.exe', content: marked('malicious') };

const editsBy = ({ discord }: World, path: RegExp) =>
  discord.requests.filter((request) => request.method === 'PATCH' && path.test(request.path) && request.status === 200);
const byToken = /^\/webhooks\//;
const byChannel = /^\/channels\/\d+\/messages\/\d+$/;

describe('after the interaction', { concurrency: 4 }, () => {
  test('a verdict arrives after the interaction has expired, in the same single reply', async (t) => {
    const world = await startWorld(t, long);
    const { scan, discord, jump } = world;
    const handle = scan(malicious);
    await says(handle, /Engines are analyzing/);
    assert.equal(editsBy(world, byChannel).length, 0);

    jump(15 * minute);
    await discord.waitFor(() => editsBy(world, byChannel).length > 0);
    const tokenEdits = editsBy(world, byToken).length;
    jump(6 * minute);
    await says(handle, /Malicious: do not open it/);

    assert.equal(editsBy(world, byToken).length, tokenEdits);
    assert.equal(discord.messagesIn(discord.scene.files).length, 1);
  });

  for (const { status, code } of [
    { status: 401, code: 50027 },
    { status: 404, code: 10015 },
  ]) {
    test(`when Discord gives the interaction up early (${code}), the reply goes on as a channel message`, async (t) => {
      const world = await startWorld(t);
      const { scan, discord } = world;
      discord.fail({ method: 'PATCH', path: byToken, status, code, times: 1_000 });
      const handle = scan(malicious);
      await says(handle, /Malicious/);

      assert.equal(editsBy(world, byToken).length, 0);
      assert.equal(discord.messagesIn(discord.scene.files).length, 1);
    });
  }

  test('an interaction that Discord gave up is not tried again', async (t) => {
    const { scan, discord } = await startWorld(t);
    discord.fail({ method: 'PATCH', path: byToken, status: 401, code: 50027, times: 1_000 });
    await says(scan(malicious), /Malicious/);

    const tried = discord.requests.filter(({ method, path }) => method === 'PATCH' && byToken.test(path));
    assert.equal(tried.length, 1);
  });

  test('a private reply ends with a button before Discord closes it, and a click answers afresh', async (t) => {
    const { scan, discord, jump } = await startWorld(t, long);
    const handle = scan(malicious, { private: true });
    await says(handle, /Engines are analyzing/);
    jump(14 * minute);
    const last = await says(handle, /Press the button later/);

    const early = discord.press(last, 'Show result');
    await says(early, /⏳[\s\S]*Engines are analyzing/);
    assert.ok(early.isEphemeral());
    jump(7 * minute);
    await says(early, /Malicious/);
    await says(discord.press(last, 'Show result'), /Malicious/);
    assert.equal(discord.messagesIn(discord.scene.files, discord.scene.moderator).length, 0);
  });

  test('the last words of a private reply come in time also while nothing happens and the clock is set, and name the token', async (t) => {
    const limits = { perMinute: 1_000, perDay: 50, perMonth: 1_000 };
    const { scan, result, discord, virusTotal, jump, setBy, start } = await startWorld(t, {
      asleep: true,
      bot: { limits },
      virusTotal: limits,
    });
    virusTotal.setUsed({ day: 50 });
    await start();
    const handle = scan(malicious, { private: true });
    const [token = ''] = tokensIn(await says(handle, /daily quota is used up/));
    discord.fail({ method: 'PATCH', path: byToken, status: 503, times: 8 });
    setBy(-5_000);
    jump(14 * minute);
    const last = textOf(await says(handle, /Press the button later/));

    assert.ok(last.includes(token));
    await says(result(token), /daily quota is used up/);
  });

  test('the button of a private reply works after a restart', async (t) => {
    const { scan, discord, jump, restart } = await startWorld(t, long);
    const handle = scan(malicious, { private: true });
    await says(handle, /Engines are analyzing/);
    jump(14 * minute);
    const last = await says(handle, /Press the button later/);
    await restart();
    jump(7 * minute);

    await says(discord.press(last, 'Show result'), /Malicious/);
  });

  test('the fresh answer of a private reply has its buttons and notes', async (t) => {
    const limits = { perMinute: 1_000, perDay: 50, perMonth: 1_000 };
    const options = { asleep: true, bot: { limits }, virusTotal: limits };
    const world = await startWatching(t, { upload: 'ask', watch: 'none' }, options);
    const { scan, discord, virusTotal, jump, start } = world;
    virusTotal.setUsed({ day: 50 });
    await start();
    const handle = scan(malicious, { private: true });
    await says(handle, /daily quota is used up/);
    jump(14 * minute);
    const last = await says(handle, /Press the button later/);
    jump(24 * 60 * minute);
    const fresh = discord.press(last, 'Show result');
    const question = await fresh.next((message) => labelIn(message, /^Upload/) !== '');
    assert.match(textOf(question), /An upload is shared with its partners/);
    discord.press(question, labelIn(question, /^Upload/));
    await says(fresh, /Malicious/);
  });

  for (const { how, more } of [
    { how: 'answers 502', more: 0 },
    { how: 'answers 502, and then is away for a while', more: 3 },
  ]) {
    test(`an acknowledgement that Discord takes but ${how} is no reason to keep anybody waiting`, async (t) => {
      const { scan, discord } = await startWorld(t, { refusals: 'expected' });
      const callback = { method: 'POST', path: /callback$/ };
      discord.fail({ ...callback, status: 502, performed: true });
      discord.fail({ ...callback, status: 503, times: more });
      await says(scan(malicious), /Malicious/);
      assert.equal(discord.messagesIn(discord.scene.files).length, 1);
    });
  }

  test('a reply that somebody deleted is no error, and its scan still finishes', async (t) => {
    const { scan, result, discord, jump, log } = await startWorld(t, { ...long, refusals: 'expected' });
    const handle = scan(malicious);
    const message = await says(handle, /Engines are analyzing/);
    discord.remove(message);
    await discord.waitFor(() => discord.refusals.some(({ code }) => code === 10008));
    jump(21 * minute);

    await says(result(tokensIn(message)[0] ?? ''), /Malicious/);
    assert.deepEqual(
      log.lines.filter((line) => /"level":(40|50|60)/.test(line)),
      [],
    );
  });

  test('Discord failing for a while delays the edit and loses nothing', async (t) => {
    const world = await startWorld(t);
    const { scan, discord } = world;
    discord.fail({ method: 'PATCH', path: byToken, status: 503, times: 9 });
    discord.fail({ method: 'PATCH', path: byToken, status: 0, times: 2 });
    discord.fail({ method: 'PATCH', path: byToken, status: 429, retryAfter: 0.1, times: 2 });
    await says(scan(malicious), /Malicious/);

    assert.equal(discord.messagesIn(discord.scene.files).length, 1);
  });

  test('an analysis without an end is given up after half an hour, with words on how to look later', async (t) => {
    const { scan, virusTotal, jump } = await startWorld(t);
    const content = marked('malicious never');
    const handle = scan({ name: 'tool.exe', content });
    await says(handle, /Engines are analyzing/);
    // One long wait does not count as half an hour: the clock may have been set.
    const failed = says(handle, /❌/);
    for (let polls = 0; polls < 5; polls++) {
      const polled = nextCall(virusTotal, 'GET /analyses/{id}');
      jump(11 * minute);
      await Promise.race([polled, failed]);
    }
    const text = textOf(await failed);
    assert.match(text, /unusually long.*Run `\/vtscan` on it again later: the result may be ready/s);

    const lookUps = callsTo(virusTotal, 'GET /files/{id}');
    await says(scan({ name: 'tool.exe', content }), /Engines are analyzing/);
    assert.ok(callsTo(virusTotal, 'GET /files/{id}') > lookUps);
    assert.equal(callsTo(virusTotal, 'POST /files'), 1);
  });
});
