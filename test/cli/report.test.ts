import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { eicar, eicarSha256 } from '../../sandbox/virustotal/eicar.ts';
import { commandLine, tokenIn, uploads } from './world.ts';

const md5 = createHash('md5').update(eicar()).digest('hex');
const known = [{ content: eicar() }];

describe('vt report', { concurrency: 3 }, () => {
  test('prints "No session opened", or engines and signatures of the open session, flagged ones first, until it is closed', async (t) => {
    const { vt, putMalware, virusTotal } = await commandLine(t, { known });
    const none = await vt(['report']);
    assert.deepEqual([none.code, none.stdout], [2, 'No session opened\n']);
    assert.match(none.stderr, /open FILE/);

    await putMalware('setup.exe');
    const opened = await vt(['open', 'setup.exe'], { changes: { VIRUSTOTAL_API_KEY: undefined } });
    assert.equal(opened.code, 0);
    assert.match(opened.stdout, new RegExp(`setup\\.exe\nSHA-256 ${eicarSha256}\n`));

    const { code, stdout } = await vt(['report']);
    assert.equal(code, 1);
    assert.match(stdout, /^setup\.exe: Malicious, \d+\/\d+ engines/);
    assert.match(stdout, /^SHA-1 +[0-9a-f]{40}$/m);
    const rows = stdout.split('\n').filter((line) => line.startsWith('| '));
    assert.match(rows[0] ?? '', /^\| Engine +\| Signature +\|$/);
    assert.match(rows[1] ?? '', /EICAR/i);
    assert.match(rows.at(-1) ?? '', /\([a-z -]+\) +\|$/);
    assert.equal(new Set(rows.map((row) => row.length)).size, 1);
    assert.equal(uploads(virusTotal), 0);

    assert.deepEqual((await vt(['close'])).stdout, 'Session on setup.exe closed\n');
    assert.deepEqual((await vt(['close'])).stdout, 'No session opened\n');
  });

  test('takes a token, or a hash out of a text', async (t) => {
    const { vt, putMalware, virusTotal } = await commandLine(t, { known });
    await putMalware('setup.exe');
    const token = tokenIn((await vt(['scan', 'setup.exe'])).stdout);
    const queries = [[token], [`MD5 of it: ${md5.toUpperCase()}`, 'see above']];
    for (const query of queries) {
      const { code, stdout } = await vt(['report', ...query]);
      assert.equal(code, 1, query.join(' '));
      assert.match(stdout, /^[^\n]+: Malicious/);
    }
    assert.equal(uploads(virusTotal), 0);
  });

  test('says so when nobody has seen it, when the query is junk, and when it is an address', async (t) => {
    const { vt } = await commandLine(t);
    const unseen = await vt(['report', 'f'.repeat(64)]);
    assert.equal(unseen.code, 2);
    assert.match(unseen.stdout, /VirusTotal has never seen it/);
    const junk = await vt(['report', 'what', 'is', 'this']);
    assert.deepEqual([junk.code, junk.stdout], [2, '']);
    assert.match(junk.stderr, /That contains no token, SHA-256/);
  });
});

describe('vt url', () => {
  test('scans an address, shown defanged, and refuses what is no public one', async (t) => {
    const { vt, virusTotal } = await commandLine(t);
    const { code, stdout } = await vt(['url', 'evil.example/malicious.html']);
    assert.match(stdout, /^hxxp:\/\/evil\[\.\]example\/malicious\.html: /);
    assert.ok(code === 0 || code === 1);
    const asked = virusTotal.requests.length;
    for (const address of ['javascript:alert(1)', 'http://127.0.0.1/']) {
      const refused = await vt(['url', address]);
      assert.deepEqual([refused.code, refused.stdout], [2, ''], address);
    }
    assert.equal(virusTotal.requests.length, asked);
  });
});

describe('vt quota', () => {
  test('shows what all processes have used, in words and bars', async (t) => {
    const { vt, putMalware } = await commandLine(t, { known });
    await putMalware('setup.exe');
    await vt(['scan', 'setup.exe']);
    const { code, stdout } = await vt(['quota']);
    assert.equal(code, 0);
    assert.match(stdout, /^This minute +[█░]{20} 1\/1,000 used, 999 left$/m);
    assert.match(stdout, /^Today +[█░]{20} 1\/500 used, 499 left, resets in .+$/m);
  });

  test('is unknown when VirusTotal does not answer', async (t) => {
    const { vt } = await commandLine(t);
    const changes = { VIRUSTOTAL_API_URL: 'http://127.0.0.1:9/api/v3' };
    const { code, stdout, stderr } = await vt(['quota'], { changes });
    assert.deepEqual([code, stderr], [2, 'VirusTotal cannot be reached\n']);
    assert.match(stdout, /^Today +unknown\nThis month +unknown\n$/m);
    const json = await vt(['quota', '--json'], { changes });
    assert.match(json.stdout, /"day":null,"month":null/);
  });

  test('is unknown by the v2 API, which does not tell it', async (t) => {
    const { vt, virusTotal } = await commandLine(t);
    const changes = { VIRUSTOTAL_API_VERSION: '2', VIRUSTOTAL_API_URL: virusTotal.url2 };
    const { code, stdout, stderr } = await vt(['quota'], { changes });
    assert.equal(code, 2);
    assert.match(stdout, /^Today +unknown$/m);
    assert.match(stderr, /v2 API never does/);
  });
});
