import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, test } from 'node:test';
import { project } from '../fixtures/program.ts';
import { commandLine, ran, vtscan } from './world.ts';

describe('vt', { concurrency: 3 }, () => {
  test('names all that is wrong with the variables at once and ends with 2', async (t) => {
    const { vt, put } = await commandLine(t);
    await put('notes.txt', 'harmless');
    const changes = { VIRUSTOTAL_API_KEY: undefined, VIRUSTOTAL_PER_DAY: 'many', VIRUSTOTAL_API_URL: 'nowhere' };
    const { code, stdout, stderr } = await vt(['scan', 'notes.txt'], { changes });
    assert.deepEqual([code, stdout], [2, '']);
    for (const name of Object.keys(changes)) assert.match(stderr, new RegExp(`^ {2}${name} `, 'm'));
    assert.doesNotMatch(stderr, /DISCORD|nowhere/);
  });

  test('reads the variables of a file .env in the working directory', async (t) => {
    const { vt, put, virusTotal } = await commandLine(t);
    await put('.env', `VIRUSTOTAL_API_KEY=${virusTotal.key}\n`);
    assert.equal((await vt(['quota'], { changes: { VIRUSTOTAL_API_KEY: undefined } })).code, 0);
  });

  test('ends with 2 for what it does not understand, and with 0 for help, which has examples', async (t) => {
    const { vt } = await commandLine(t);
    for (const args of [['frobnicate'], ['scan'], ['result', 'xyz']]) {
      const { code, stdout, stderr } = await vt(args);
      assert.deepEqual([code, stdout], [2, ''], args.join(' '));
      assert.notEqual(stderr, '');
    }
    const { code, stdout } = await vt(['scan', '--help']);
    assert.equal(code, 0);
    assert.match(stdout, /^Usage: vtscan scan .*Examples:\n {2}vtscan scan/s);
    for (const line of stdout.split('\n')) assert.ok(line.length <= 80, line);
    assert.match(stdout, /2 trouble/);
  });

  test('is the command vtscan in any folder, with the variables of its own project', async (t) => {
    const { folder, put, variables } = await commandLine(t);
    await put('notes.txt', 'harmless');
    await put('.env', 'VIRUSTOTAL_API_URL=http://127.0.0.1:9/not-yours\nDATA_DIR=/dev/null/not-yours\n');
    await symlink(join(project, 'bin/vtscan.js'), join(folder, 'vtscan'));
    const { VIRUSTOTAL_API_URL, ...others } = variables;
    const start = (args: string[], env: typeof variables) =>
      ran(spawn(join(folder, 'vtscan'), args, { cwd: folder, env: { PATH: process.env.PATH, ...env } }));
    const scanned = await start(['scan', 'notes.txt'], { ...others, VIRUSTOTAL_API_URL });
    assert.deepEqual([scanned.code, scanned.stderr], [0, '']);
    assert.match(scanned.stdout, /^notes\.txt: No engine flagged it/);
    assert.match((await start(['--version'], {})).stdout, /^\d+\.\d+\.\d+\n$/);
  });

  test('started by npm, its help shows what to type', async (t) => {
    const { vt, put, folder } = await commandLine(t);
    await put('notes.txt', 'harmless');
    const changes = { npm_lifecycle_event: 'vt', INIT_CWD: folder };
    const { stdout } = await vt(['scan', '--help'], { changes });
    assert.match(stdout, /^Usage: npm run -s vt -- scan .*Examples:\n {2}npm run -s vt -- scan/s);
    for (const line of stdout.split('\n')) assert.ok(line.length <= 80, line);
  });

  test('says what is wrong with the data directory', async (t) => {
    const { vt, put, dataDir } = await commandLine(t);
    await mkdir(dataDir);
    await writeFile(join(dataDir, 'vtscan.sqlite'), 'no database'.repeat(100));
    await put('notes.txt', 'harmless');
    const { code, stderr } = await vt(['scan', 'notes.txt']);
    assert.equal(code, 2);
    assert.match(stderr, /is not an intact SQLite database/);
  });

  test('a key that VirusTotal refuses is trouble, and the key is not shown', async (t) => {
    const { vt, put } = await commandLine(t);
    await put('notes.txt', 'harmless');
    const { code, stdout, stderr } = await vt(['scan', 'notes.txt'], { changes: { VIRUSTOTAL_API_KEY: 'wrong-key' } });
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /VirusTotal refuses VIRUSTOTAL_API_KEY/);
    assert.doesNotMatch(stderr, /wrong-key/);
  });

  test('ends quietly when nobody reads its results', async (t) => {
    const { vt, put } = await commandLine(t);
    for (const name of ['a', 'b', 'c']) await put(name, name);
    const { code, stderr } = await vt(['scan', 'a', 'b', 'c'], { reads: false });
    assert.equal(code, 130);
    assert.doesNotMatch(stderr, /EPIPE| at /);
  });

  test('on a terminal it shows colours and what happens, with NO_COLOR no colours', async (t) => {
    if (spawnSync('script', ['--version']).status !== 0) return t.skip('there is no program "script"');
    const { folder, putMalware, put, virusTotal, dataDir } = await commandLine(t);
    await putMalware('setup.exe');
    await put('notes.txt', 'harmless');
    const words = [process.execPath, ...vtscan];
    const command = `stty cols 100 rows 30; ${words.map((word) => `'${word}'`).join(' ')} scan setup.exe notes.txt`;
    const env = {
      PATH: process.env.PATH,
      TERM: 'xterm-256color',
      VIRUSTOTAL_API_KEY: virusTotal.key,
      VIRUSTOTAL_API_URL: virusTotal.url,
      VIRUSTOTAL_PER_MINUTE: '1000',
      VIRUSTOTAL_POLL_SECONDS: '0.1',
      DATA_DIR: dataDir,
    };
    const shown = await onTerminal(command, folder, env);
    assert.match(shown, /\p{Cc}\[31mMalicious/u);
    assert.match(shown, /notes\.txt +.*analyzing/);
    assert.match(shown, /of 2 files finished/);
    const plain = await onTerminal(command, folder, { ...env, NO_COLOR: '1' });
    assert.match(plain, /setup\.exe: Malicious/);
    assert.doesNotMatch(plain, /\p{Cc}\[3\dm/u);
  });
});

async function onTerminal(command: string, cwd: string, env: Record<string, string | undefined>): Promise<string> {
  const child = spawn('script', ['-qec', command, '/dev/null'], { cwd, env, stdio: ['ignore', 'pipe', 'ignore'] });
  return text(child.stdout);
}
