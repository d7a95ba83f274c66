import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { movableClock } from '../../sandbox/clock.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { withDatabase, withoutPostgres } from '../fixtures/postgres.ts';
import { commandsIn, type RunOptions } from './world.ts';

async function withDoctor(t: TestContext) {
  const clock = movableClock();
  const sandbox = await startSandbox({ clock });
  const folder = await mkdtemp(join(tmpdir(), 'vtscan-cli-'));
  t.after(() => sandbox.close());
  t.after(() => rm(folder, { recursive: true, force: true }));
  const { discord, virusTotal } = sandbox;
  const dataDir = join(folder, 'data');
  const variables = {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    VIRUSTOTAL_API_KEY: virusTotal.key,
    VIRUSTOTAL_API_URL: virusTotal.url,
    VIRUSTOTAL_USER: virusTotal.userId,
    DATA_DIR: dataDir,
  };
  const { vt } = commandsIn(folder, { variables, dataDir, virusTotal });
  const doctor = (changes: RunOptions['changes'] = {}) => vt(['doctor'], { changes });
  return { clock, sandbox, doctor };
}

describe('vt doctor', { concurrency: 3 }, () => {
  test('has a tick for everything when all is well', async (t) => {
    const { doctor } = await withDoctor(t);
    const { code, stdout, stderr } = await doctor();
    assert.deepEqual([code, stderr], [0, '']);
    const lines = stdout.trimEnd().split('\n');
    assert.ok(lines.length >= 10);
    for (const line of lines) assert.match(line, /^[✓!] /);
    for (const what of [
      /Node/,
      /Variables/,
      /Data directory/,
      /Database/,
      /Clock/,
      /the key/,
      /Quota/,
      /token/,
      /intent/,
    ])
      assert.match(stdout, what);
  });

  test('says of each thing that is wrong what to do, without the secrets', async (t) => {
    const { doctor, clock, sandbox } = await withDoctor(t);
    clock.jump(10 * 60_000);
    sandbox.virusTotal.revokeKey();
    const { code, stdout } = await doctor({ DISCORD_TOKEN: 'wrong-token', DATA_DIR: '/dev/null/data' });
    assert.equal(code, 2);
    assert.match(stdout, /^✗ Data directory .* cannot be written \(ENOTDIR\)/m);
    assert.match(stdout, /^✗ Clock is off by 6\d\d s/m);
    assert.match(stdout, /^✗ VirusTotal refuses VIRUSTOTAL_API_KEY: .*https:/m);
    assert.match(stdout, /^✗ Discord refuses DISCORD_TOKEN: .*https:/m);
    assert.doesNotMatch(stdout, new RegExp(`wrong-token|${sandbox.virusTotal.key}\\b`));
  });

  test('checks what it can when variables are wrong or a service is down', async (t) => {
    const { doctor } = await withDoctor(t);
    const { code, stdout } = await doctor({
      DISCORD_GUILD_ID: 'mine',
      VIRUSTOTAL_API_URL: 'http://127.0.0.1:9/api/v3',
    });
    assert.equal(code, 2);
    assert.match(stdout, /^✗ These variables .*\n {4}DISCORD_GUILD_ID must be a server id/m);
    assert.match(stdout, /^✓ Database/m);
    assert.match(stdout, /^✗ 127\.0\.0\.1:9 cannot be reached \(ECONNREFUSED\)/m);
    assert.match(stdout, /^✗ Discord was not checked/m);
  });

  test('looks at the PostgreSQL of DATABASE_URL, and says what is wrong with one', {
    skip: withoutPostgres,
  }, async (t) => {
    const { doctor } = await withDoctor(t);
    const SECRET_KEY = '00'.repeat(32);
    await withDatabase(async (url) => {
      const { code, stdout } = await doctor({ DATABASE_URL: url, SECRET_KEY });
      assert.equal(code, 0);
      assert.match(stdout, /^✓ Database .*PostgreSQL/m);
    });
    const { code, stdout } = await doctor({ DATABASE_URL: 'postgres://me:canary@127.0.0.1:9/x', SECRET_KEY });
    assert.equal(code, 2);
    assert.match(stdout, /^✗ PostgreSQL at 127\.0\.0\.1:9\/x cannot be reached \(ECONNREFUSED\)/m);
    assert.doesNotMatch(stdout, /canary/);
  });

  test('misses nothing when only the command line is used', async (t) => {
    const { doctor } = await withDoctor(t);
    const { code, stdout } = await doctor({ DISCORD_TOKEN: undefined, DISCORD_API_URL: 'http://127.0.0.1:9/api' });
    assert.equal(code, 0);
    assert.match(stdout, /^! Discord is not set up \(DISCORD_TOKEN\): it is needed for the bot only$/m);
    assert.doesNotMatch(stdout, /✗|127\.0\.0\.1:9\b/);
  });
});
