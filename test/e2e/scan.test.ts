import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lockedZip } from '../../sandbox/lockedZip.ts';
import { eicar } from '../../sandbox/virustotal/eicar.ts';
import { callsTo, costOf, marked, nextCall } from './calls.ts';
import { says, startWorld, textOf, tokensIn } from './world.ts';

const anyVerdict = /Malicious|Suspicious|No engine flagged|Unknown/;

const cases = [
  { marks: 'clean', verdict: /No engine flagged it/, says: /0 of 59 engines.*not a guarantee/s },
  {
    marks: 'few-engines',
    verdict: /Unknown: treat it as unsafe/,
    says: /treat it as unsafe.*0 of 5 engines.*Too few engines/s,
  },
  {
    marks: 'one-detection',
    verdict: /Suspicious/,
    says: /1 of 59 engines.*MaxSecure: Trojan\n/s,
  },
  { marks: 'suspicious', verdict: /Suspicious/, says: /2 of 59 engines.*Gridinsoft/s },
  { marks: 'reputable', verdict: /Suspicious/, says: /1 of 59 engines.*Kaspersky/s },
  {
    marks: 'malicious',
    verdict: /Malicious: do not open it/,
    says: /\d\d of \d\d engines\nMicrosoft, Kaspersky, BitDefender, and \d\d more.*Delete it\./s,
  },
  {
    marks: 'no-engines',
    verdict: /❌ No engine gave an opinion/,
    says: /but no engine gave an opinion.*Treat it as unsafe/s,
  },
];

describe('a scan', { concurrency: 4 }, () => {
  test('a file that VirusTotal knows as malware costs one request, and the reply says not to open it', async (t) => {
    const { discord, virusTotal } = await startWorld(t);
    virusTotal.know({ content: eicar(), name: 'eicar.com' });
    const handle = discord.invoke({ command: 'vtscan', options: { file: { name: 'invoice.com', content: eicar() } } });
    const message = await says(handle, /Malicious: do not open it/);

    const text = textOf(message);
    assert.match(text, /\d+ of \d+ engines/);
    assert.match(text, /\*\*invoice\.com\*\*/);
    assert.equal(tokensIn(message).length, 1);
    assert.equal(virusTotal.requests.filter(({ cost }) => cost > 0).length, 1);
  });

  test('an empty file costs nothing, and the reply neither warns nor reassures', async (t) => {
    const { discord, virusTotal } = await startWorld(t);
    const handle = discord.invoke({ command: 'vtscan', options: { file: { name: 'nothing.txt', content: '' } } });
    const text = textOf(await says(handle, /It is empty/));
    assert.match(text, /📭 It is empty.*There is nothing in it to scan\./s);
    assert.doesNotMatch(text, anyVerdict);
    assert.equal(virusTotal.requests.filter(({ cost }) => cost > 0).length, 0);
  });

  test('a new harmless file is uploaded, and no clean word is said before the analysis is complete', async (t) => {
    const { discord, virusTotal } = await startWorld(t);
    const handle = discord.invoke({
      command: 'vtscan',
      options: { file: { name: 'notes.txt', content: 'just some notes' } },
    });
    await says(handle, /No engine flagged it/);

    const states = handle.edits.map(({ message }) => textOf(message));
    const first = states.findIndex((text) => /No engine flagged|0 of \d+ engines|clean|safe|✅/i.test(text));

    assert.ok(first > 0, states.join('\n---\n'));
    const completed = virusTotal.requests.filter(({ endpoint }) => endpoint === 'GET /analyses/{id}');
    assert.ok(completed.length >= 1);
    for (const text of states.slice(0, first)) assert.doesNotMatch(text, anyVerdict);
  });

  test('each kind of answer has its verdict, told in words, figures and advice', async (t) => {
    const { scan } = await startWorld(t);
    await Promise.all(
      cases.map(async ({ marks, verdict, says: words }) => {
        const reply = await says(scan({ name: `${marks}.bin`, content: marked(marks) }), verdict);
        assert.match(textOf(reply), words);
        if (marks !== 'clean') assert.doesNotMatch(textOf(reply), /No engine flagged/);
      }),
    );
  });

  test('a finished card has threat, type, size, date and token; what an analysis does not tell comes without another wait', async (t) => {
    const { scan, virusTotal } = await startWorld(t);
    const handle = scan({ name: 'tool.exe', content: Buffer.from(`MZ${marked('malicious')}`) });
    await says(handle, /Malicious/);
    const text = textOf(await says(handle, /first seen/));

    assert.match(text, /more: Trojan$/m);
    assert.match(text, /^-# Windows program, \d+ bytes, first seen <t:\d+:R>$/m);
    assert.match(text, /^-# Token `[0-9a-f]{64}`$/m);
    assert.equal(callsTo(virusTotal, 'GET /files/{id}'), 2);
  });

  test('a file that VirusTotal is just analysing for somebody else is not uploaded', async (t) => {
    const { scan, virusTotal, now } = await startWorld(t, { virusTotal: { analysisTime: () => 6_000 } });
    const content = marked('malicious');
    virusTotal.know({ content: Buffer.from(content), analysedAt: now() });
    await says(scan({ name: 'tool.exe', content }), /Malicious/);

    assert.equal(callsTo(virusTotal, 'POST /files'), 0);
  });

  test('a locked archive is unknown, never clean; its password opens it, and both results are kept apart', async (t) => {
    const { scan, virusTotal, log, discord } = await startWorld(t);
    const content = lockedZip('inside.exe', `vtscan-sandbox: malicious\nvtscan-sandbox-password: canary-password\n`);
    const file = { name: 'files.zip', content };
    const locked = textOf(await says(scan(file), /Locked: nobody could look inside/));
    assert.match(locked, /Treat it as unsafe.*with its password/s);

    await says(scan(file, { password: 'canary-password' }), /Malicious/);
    // Each of the two results takes a look-up, and another one for late facts.
    while (callsTo(virusTotal, 'GET /files/{id}') < 4) await nextCall(virusTotal, 'GET /files/{id}');
    const spent = costOf(virusTotal);
    await says(scan(file), /Locked: nobody could look inside/);
    await says(scan(file, { password: 'canary-password' }), /Malicious/);
    assert.equal(costOf(virusTotal), spent);
    assert.ok(!JSON.stringify([log.lines, discord.requests]).includes('canary'));
  });

  test('a wrong password is told as such, and one for something that is no archive is not used', async (t) => {
    const { scan } = await startWorld(t);
    const words = /❌ Wrong password.*with the right one, or without/s;
    const content = lockedZip('inside.exe', 'vtscan-sandbox: malicious\n');
    await says(scan({ name: 'files.zip', content }, { password: 'wrong' }), words);
    await says(scan({ name: 'notes.txt', content: 'notes' }, { password: 'wrong' }), /No engine flagged it/);
  });

  test('what is known as malware is not uploaded again because a password was given', async (t) => {
    const { scan, virusTotal } = await startWorld(t);
    const content = Buffer.from(marked('malicious'));
    virusTotal.know({ content });
    await says(scan({ name: 'files.zip', content }, { password: 'any' }), /Malicious/);

    assert.equal(callsTo(virusTotal, 'POST /files'), 0);
  });

  test('a large file goes to an address of its own, for two requests', async (t) => {
    const { scan, virusTotal } = await startWorld(t);
    const size = 40 * 1024 * 1024;
    const chunk = Buffer.alloc(1024 * 1024, 7);
    const chunks = () => Array.from({ length: 40 }, () => chunk);
    const handle = scan({ name: 'disk.img', content: { size, chunks } });
    await says(handle, /No engine flagged it/);

    assert.equal(callsTo(virusTotal, 'GET /files/upload_url'), 1);
    assert.equal(callsTo(virusTotal, 'POST /_ah/upload/{once}'), 1);
    assert.equal(callsTo(virusTotal, 'POST /files'), 0);
    const uploading = virusTotal.requests.filter(({ endpoint }) => /upload/.test(endpoint));
    assert.equal(
      uploading.reduce((sum, { cost }) => sum + cost, 0),
      2,
    );
    assert.deepEqual(
      Array.from(virusTotal.model.files.values(), (file) => file.size),
      [size],
    );
  });
});
