import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Endpoint } from '../../sandbox/virustotal/endpoints.ts';
import { callsTo, marked, nextCall } from './calls.ts';
import { says, startWorld, textOf, tokensIn, type World } from './world.ts';

const endpoints: readonly Endpoint[] = ['GET /files/{id}', 'POST /files', 'GET /analyses/{id}'];
const malicious = { name: 'tool.exe', content: marked('malicious') };
const uploadsTaken = ({ virusTotal }: World) =>
  Array.from(virusTotal.model.files.values(), (file) => file.timesSubmitted);

describe('trouble with VirusTotal', { concurrency: 4 }, () => {
  test('a VirusTotal that is unavailable at every step delays the verdict only', async (t) => {
    const world = await startWorld(t, { rate: 80 });
    for (const endpoint of endpoints) {
      world.virusTotal.fail({ endpoint, status: 503 });
      world.virusTotal.fail({ endpoint, code: 'TransientError', retryAfter: 3 });
      world.virusTotal.fail({ endpoint, status: 502, body: '<h1>Bad Gateway</h1>' });
    }
    await says(world.scan(malicious), /Malicious/);

    assert.deepEqual(uploadsTaken(world), [1]);
  });

  test('connections that break, before and in the middle of an answer, delay the verdict only', async (t) => {
    const world = await startWorld(t);
    for (const endpoint of endpoints) world.virusTotal.dropConnection({ endpoint });
    for (const endpoint of endpoints) world.virusTotal.truncate({ endpoint });
    await says(world.scan(malicious), /Malicious/);

    assert.deepEqual(uploadsTaken(world), [1]);
  });

  test('a quota that somebody else used up is waited for, as long as VirusTotal asks', async (t) => {
    const world = await startWorld(t, { rate: 80 });
    const { virusTotal } = world;
    for (const endpoint of endpoints) virusTotal.fail({ endpoint, code: 'QuotaExceededError', retryAfter: 20 });
    virusTotal.fail({ endpoint: 'GET /analyses/{id}', code: 'TooManyRequestsError' });
    const handle = world.scan(malicious);
    await says(handle, /Waiting for VirusTotal/);
    await says(handle, /Malicious/);

    const paid = virusTotal.requests.filter(({ endpoint }) => endpoints.includes(endpoint));
    const waits = paid.flatMap(({ status, at }, index) => {
      const next = paid[index + 1];
      return status === 429 && next ? [next.at - at] : [];
    });
    assert.equal(waits.length, 4);
    assert.ok(
      waits.slice(0, 3).every((wait) => wait >= 20_000),
      waits.join(),
    );
    assert.ok((waits[3] ?? 0) >= 15_000);
  });

  for (const lost of ['answer', 'connection'] as const) {
    test(`an upload that arrived though its ${lost} was lost is not sent again`, async (t) => {
      const world = await startWorld(t);
      const { virusTotal, scan } = world;
      if (lost === 'answer') virusTotal.fail({ endpoint: 'POST /files', status: 503, afterwards: true });
      else virusTotal.dropConnection({ endpoint: 'POST /files', afterwards: true });
      await says(scan(malicious), /Malicious/);

      assert.equal(callsTo(virusTotal, 'POST /files'), 1);
    });
  }

  for (const code of ['NotFoundError', 'NotAvailableYet'] as const) {
    test(`an analysis that is not there yet just after the upload (${code}) is asked for again`, async (t) => {
      const world = await startWorld(t);
      world.virusTotal.forgetFor(8_000, code);
      await says(world.scan(malicious), /Malicious/);

      assert.equal(callsTo(world.virusTotal, 'POST /files'), 1);
    });
  }

  for (const garbage of ['html', 'odd', 'cut'] as const) {
    test(`an answer that makes no sense (${garbage}) is an error at any step, never a verdict, and a later scan works`, async (t) => {
      const { scan, virusTotal } = await startWorld(t, { rate: 80 });
      for (const [number, endpoint] of endpoints.entries()) {
        virusTotal.garbage(garbage, { endpoint });
        const file = { name: 'tool.exe', content: marked('malicious', number) };
        const handle = scan(file);
        const text = textOf(await says(handle, /❌/));
        assert.match(text, /an answer that this bot cannot read/);
        for (const { message } of handle.edits) assert.doesNotMatch(textOf(message), /No engine|Malicious|0\/\d/);
        await says(scan(file), /Malicious/);
      }
    });
  }

  test('a refused key is told to the member, with whom to ask, and all goes on when the key is mended', async (t) => {
    const { scan, virusTotal, jump, log } = await startWorld(t);
    virusTotal.revokeKey();
    const handle = scan(malicious);
    await says(handle, /refuses the API key.*Tell whoever runs this bot/s);
    assert.ok(log.lines.some((line) => line.includes('VirusTotal refuses VIRUSTOTAL_API_KEY')));

    // The next one is not even sent: the key is tried every few minutes.
    const other = scan({ name: 'other.txt', content: 'other' });
    await says(other, /refuses the API key/);
    virusTotal.restoreKey();
    const tried = nextCall(virusTotal, 'GET /users/{id}/overall_quotas');
    jump(3 * 60_000);
    await tried;
    await Promise.all([says(handle, /Malicious/), says(other, /No engine/)]);
  });

  test("VirusTotal's own words and the key reach neither replies nor the log", async (t) => {
    const { scan, virusTotal, discord, log } = await startWorld(t);
    for (const endpoint of endpoints) {
      virusTotal.fail({ endpoint, code: 'BadRequestError', message: `canary ${virusTotal.key}` });
      await says(scan(malicious), /❌/);
    }
    virusTotal.revokeKey();
    await says(scan({ name: 'other.exe', content: 'other' }), /refuses the API key/);

    const said = JSON.stringify([discord.requests, log.lines]);
    for (const secret of ['canary', virusTotal.key]) assert.ok(!said.includes(secret));
    const { token } = discord;
    assert.ok(!log.lines.join().includes(token));
  });

  test("a day's quota that is used up is told with the time, and the scan goes on by itself next day", async (t) => {
    const limits = { perMinute: 1_000, perDay: 50, perMonth: 1_000 };
    const { scan, virusTotal, jump, start } = await startWorld(t, {
      asleep: true,
      bot: { limits },
      virusTotal: limits,
    });
    virusTotal.setUsed({ day: 49 });
    await start();
    const handle = scan(malicious);
    await says(handle, /VirusTotal's daily quota is used up[\s\S]*Continues by itself <t:\d+:R>/);
    jump(24 * 60 * 60_000);
    await says(handle, /Malicious/);

    assert.equal(virusTotal.model.refused, 0);
  });

  test("a wait for the minute's quota is told, and the limit of the key is never exceeded", async (t) => {
    const limits = { perMinute: 2, perDay: 500, perMonth: 1_000 };
    const { scan, virusTotal } = await startWorld(t, { rate: 80, bot: { limits }, virusTotal: limits });
    const known = [1, 2, 3, 4].map((number) => ({ name: `${number}.exe`, content: marked('malicious', number) }));
    for (const { content } of known) virusTotal.know({ content: Buffer.from(content) });
    const handle = scan(known);
    const waiting = await says(handle, /Waiting for VirusTotal .*<t:\d+:R>/);

    assert.equal(tokensIn(waiting).length, 4);
    await says(handle, /^4 files: ⛔ 4 malicious/);
    assert.equal(virusTotal.model.refused, 0);
  });
});
