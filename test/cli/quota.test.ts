import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { Command } from 'commander';
import { addQuota } from '../../src/cli/commands/quota.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { createKeyring } from '../../src/keys/keyring.ts';
import { serverKeySchema } from '../../src/keys/storedKey.ts';
import { enUS } from '../../src/locales/en-US.ts';
import { systemClock } from '../../src/scan/clock.ts';
import { soloNews } from '../../src/scan/solo.ts';
import { createSealer } from '../../src/secrets/sealer.ts';
import { secretKeyOf } from '../../src/secrets/secretKey.ts';
import { openStore } from '../../src/store/store.ts';
import { type CommandLine, commandLine } from './world.ts';

/** The quota of the key that serves a server, for the operator at the terminal of the machine. */

const own = '0123456789abcdef'.repeat(4);
const server = '123456789012345678';
const secret = Buffer.alloc(32, 7);
const changes = { SECRET_KEY: secret.toString('base64') };

/** A command line on a data directory in which the bot has stored the key of a server. */
async function withServerKey(t: TestContext): Promise<CommandLine> {
  const line = await commandLine(t);
  const key = line.virusTotal.addKey({ key: own, perMinute: 7, perDay: 70, perMonth: 700 });
  key.setUsed({ day: 3, month: 5 });
  const store = await openStore({ dir: line.dataDir, clock: systemClock, log: () => {} });
  const keyring = createKeyring({
    records: store.collection('serverKeys', serverKeySchema),
    sealer: createSealer({ keys: [secretKeyOf(secret)], file: `${line.dataDir}/secret.key` }),
    own: line.virusTotal.key,
    sharing: 'all',
    salt: async () => 'salt',
    news: soloNews(systemClock),
    stop: AbortSignal.abort(),
  });
  const limits = { perMinute: 7, perDay: 70, perMonth: 700 };
  await keyring.set({ guild: server, by: '1', at: 0, limits, mayFallBack: false }, own);
  await store.close();
  return line;
}

/** The command in this process. */
async function quota({ variables, folder }: CommandLine, words: readonly string[], more = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    print: (text) => void out.push(text),
    complain: (text) => void err.push(text),
    live() {},
    isLive: false,
    room: () => ({ columns: 80, rows: 24 }),
    columns: undefined,
    canAsk: false,
    ask: async () => false,
    style: (_, text) => text,
  };
  let code: number | undefined;
  const program = new Command('vtscan');
  addQuota(program, {
    terminal,
    locale: enUS,
    clock: systemClock,
    environment: { ...variables, ...changes, ...more },
    called: 'vtscan',
    from: folder,
    interrupted: new AbortController().signal,
    end(exitCode) {
      code = exitCode;
    },
  });
  await program.parseAsync(['quota', ...words], { from: 'user' });
  return { code, stdout: out.join('\n'), stderr: err.join('\n') };
}

describe('vt quota --server', () => {
  test("says what the server's own key has left, and not what the key is", async (t) => {
    const line = await withServerKey(t);
    const { code, stdout, stderr } = await line.vt(['quota', '--server', server], { changes });
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^Server 123456789012345678 has its own key, ending in cdef$/m);
    assert.match(stdout, /^Today +[█░]{20} 3\/70 used, 67 left, resets in .+$/m);
    assert.match(stdout, /^This month +[█░]{20} 5\/700 used/m);
    assert.ok(!stdout.includes(own));

    const json = await quota(line, ['--json', '--server', server]);
    const { key, day, minute } = JSON.parse(json.stdout);
    assert.deepEqual([json.code, key, day.used, day.allowed, minute.allowed], [0, 'own', 3, 70, 7]);
    const ofOperator = JSON.parse((await quota(line, ['--json'])).stdout);
    assert.deepEqual([ofOperator.key, ofOperator.day.allowed], [undefined, 500]);
  });

  const rows: [string, string, object, string, RegExp, number][] = [
    ['has none', '2'.repeat(18), {}, 'operator', /^Server 2{18} has no key of its own: these are yours$/m, 0],
    ['lacks one', '2'.repeat(18), { SHARED_KEY: 'off' }, 'none', /no key of its own, and SHARED_KEY lends it none/, 2],
    [
      'has one that cannot be decrypted',
      server,
      { SECRET_KEY: '00'.repeat(32) },
      'unreadable',
      /cannot be decrypted with this SECRET_KEY or secret\.key/,
      2,
    ],
  ];
  for (const [what, id, more, key, words, expected] of rows)
    test(`says so of a server that ${what}`, async (t) => {
      const line = await withServerKey(t);
      const { code, stdout, stderr } = await quota(line, ['--server', id], more);
      assert.match(`${stdout}\n${stderr}`, words);
      assert.equal(code, expected);
      const json = JSON.parse((await quota(line, ['--server', id, '--json'], more)).stdout);
      assert.equal(json.key, key);
      assert.equal(json.day?.allowed, expected === 0 ? 500 : undefined);
    });

  test('says that the key is refused, and whose', async (t) => {
    const line = await withServerKey(t);
    line.virusTotal.keys[0]?.revoke();
    const { code, stdout, stderr } = await quota(line, ['--server', server]);
    assert.deepEqual([code, stderr], [2, "VirusTotal refuses this server's key"]);
    assert.match(stdout, /^Today +unknown$/m);
    assert.equal((await quota(line, [])).code, 0);
  });

  test('refuses what is no id of a server', async (t) => {
    const line = await commandLine(t);
    for (const id of ['', 'my server', '12', `${server}1234`]) {
      const { code, stdout, stderr } = await quota(line, ['--server', id]);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /is no server id: 17 to 20 digits/);
    }
    assert.equal(line.virusTotal.requests.length, 0);
  });
});
