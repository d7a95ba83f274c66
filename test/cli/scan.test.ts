import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { eicar } from '../../sandbox/virustotal/eicar.ts';
import { recordSchema } from '../../src/cli/record.ts';
import { type CommandLine, commandLine, ran, tokenIn, unfinishedIn, uploads, vtscan } from './world.ts';

/** Each line is as the schema says, with no field beside it. */
function parseLine(line: string) {
  const record = recordSchema.parse(JSON.parse(line));
  assert.deepEqual(record, JSON.parse(line));
  return record;
}
const linesOf = (output: string) => output.trimEnd().split('\n').map(parseLine);

/** All of them but the ends of lines. */
const control = /(?!\n)\p{Cc}/u;

describe('vt scan', { concurrency: 3 }, () => {
  test('gives a verdict for each file as it comes and ends with 1 when something is flagged', async (t) => {
    const { vt, put, putMalware } = await commandLine(t);
    await putMalware('setup.exe');
    await put('notes.txt', 'harmless');
    const { code, stdout, stderr } = await vt(['scan', 'setup.exe', './notes.txt', 'missing.bin']);
    assert.equal(code, 1);
    assert.match(stdout, /^setup\.exe: Malicious, \d+\/\d+ engines, .+ \(token [0-9a-f]{64}\)$/m);
    assert.match(stdout, /^\.\/notes\.txt: No engine flagged it, 0\/\d+ engines \(token [0-9a-f]{64}\)$/m);
    assert.match(
      stderr,
      /^missing\.bin: cannot be read \(ENOENT\)\n3 files: 1 malicious, 1 not scanned, 1 without findings \(\d+ sec\)\n$/,
    );
    assert.doesNotMatch(stdout + stderr, control);
  });

  test('ends with 0 when nothing is flagged, and with 2 when something cannot be judged', async (t) => {
    const { vt, put, virusTotal, folder } = await commandLine(t);
    await put('notes.txt', 'harmless');
    await mkdir(join(folder, 'empty'));
    assert.equal((await vt(['scan', 'notes.txt'])).code, 0);
    const { code, stderr } = await vt(['scan', 'notes.txt', 'empty']);
    assert.equal(code, 2);
    assert.match(stderr, /^empty: is a directory; use --recursive to scan the files in it\n2 files: /);
    assert.equal(uploads(virusTotal), 1);
  });

  test('says that an empty file is empty, and asks nobody about it', async (t) => {
    const { vt, put, virusTotal } = await commandLine(t);
    await put('nothing.txt', '');
    const { code, stdout } = await vt(['scan', 'nothing.txt']);
    assert.match(stdout, /^nothing\.txt: It is empty \(token [0-9a-f]{64}\)$/m);
    assert.equal(code, 0);
    assert.equal(virusTotal.requests.filter(({ cost }) => cost > 0).length, 0);
  });

  test('--json gives one line a result, each the published status', async (t) => {
    const { vt, put, putMalware } = await commandLine(t);
    await putMalware('setup.exe');
    await put('notes.txt', 'harmless');
    const { code, stdout, stderr } = await vt(['scan', '--json', 'setup.exe', 'notes.txt', 'missing.bin']);
    assert.equal(code, 1);
    const lines = linesOf(stdout).toSorted((a, b) => a.file.localeCompare(b.file));
    assert.deepEqual(
      lines.map(({ file, status, detected, verdict, failure }) => [file, status, detected, verdict, failure]),
      [
        ['missing.bin', 'error', false, 'unknown', 'file.unreadable'],
        ['notes.txt', 'done', false, 'clean', undefined],
        ['setup.exe', 'done', true, 'malicious', undefined],
      ],
    );
    assert.equal(stderr, 'missing.bin: cannot be read (ENOENT)\n');
    assert.ok(lines[2]?.detail.some(({ ScanDetected }) => ScanDetected));
  });

  test('--hash-only uploads nothing, and says that unseen is not clean', async (t) => {
    const { vt, put, virusTotal } = await commandLine(t);
    await put('new.txt', 'never seen');
    const { code, stderr, stdout } = await vt(['scan', '--hash-only', 'new.txt']);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /^new\.txt: VirusTotal has never seen it/);
    assert.equal(uploads(virusTotal), 0);
  });

  test('many files at once are scanned, directories with --recursive', async (t) => {
    const { vt, put, folder } = await commandLine(t);
    await mkdir(join(folder, 'many/deeper'), { recursive: true });
    const names = Array.from({ length: 45 }, (_, index) => `many/${index % 2 ? '' : 'deeper/'}${index}.txt`);
    for (const name of names) await put(name, name);
    const { code, stdout, stderr } = await vt(['scan', '-r', 'many', '--json', '--yes']);
    assert.deepEqual([code, stderr], [0, '']);
    assert.deepEqual(
      linesOf(stdout)
        .map(({ file }) => file)
        .sort(),
      names.toSorted(),
    );
  });

  test('reads names of any bytes: with a dash, from a list, and what is no UTF-8', async (t) => {
    const { vt, put, virusTotal } = await commandLine(t);
    const odd = Buffer.from('odd\xff\x1b[31m.bin', 'latin1');
    await put('-r', 'dash');
    await put('two\nlines', 'lines');
    const named = await put(odd, 'odd').then(
      () => [odd],
      () => t.diagnostic('this file system takes UTF-8 only') ?? [],
    );
    const list = Buffer.concat([...named, Buffer.from('two\nlines')].flatMap((name) => [name, Buffer.of(0)]));
    const { code, stdout, stderr } = await vt(['scan', '--files-from', '-', '--', '-r'], { input: list });
    assert.equal(code, 0);
    assert.match(stderr, /^\d files: \d without findings \(\d+ sec\)\n$/);
    assert.match(stdout, /^-r: No engine/m);
    assert.match(stdout, /^two�lines: No engine/m);
    assert.equal(stdout.trimEnd().split('\n').length, 2 + named.length);
    assert.doesNotMatch(stdout, control);
    if (named.length === 0) return;
    const sha256 = createHash('sha256').update('odd').digest('hex');
    assert.ok(virusTotal.model.files.has(sha256));
  });

  test('reads names that are no UTF-8 from its command line, where the system still knows them', async (t) => {
    if (process.platform !== 'linux') return t.skip('only Linux tells a process the bytes of its command line');
    const { folder, put, variables } = await commandLine(t);
    await put(Buffer.from('odd\xff.bin', 'latin1'), 'odd');
    const words = [process.execPath, ...vtscan, 'scan', '--'];
    const script = `exec "$@" "$(printf 'odd\\377.bin')"`;
    const child = spawn('sh', ['-c', script, 'sh', ...words], {
      cwd: folder,
      env: { PATH: process.env.PATH, ...variables },
    });
    const { code, stdout, stderr } = await ran(child);
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^odd�\.bin: No engine flagged it/);
  });

  test('-i prints only what is bad; what nobody could judge is said beside', async (t) => {
    const { vt, put, putMalware } = await commandLine(t);
    await putMalware('setup.exe');
    await put('notes.txt', 'harmless');
    await put('photo.jpg.exe', 'MZ');
    const { code, stdout, stderr } = await vt(['scan', '-i', 'setup.exe', 'notes.txt', 'photo.jpg.exe', 'missing']);
    assert.equal(code, 1);
    assert.deepEqual(stdout.match(/^[^:\n]+(?=: )/gm)?.sort(), ['photo.jpg.exe', 'setup.exe']);
    assert.match(stdout, /^ {2}! Its name looks like a \.jpg, but it is a program/m);
    assert.match(stderr, /^missing: .*\n4 files: 1 malicious, 1 with a misleading name, 1 not scanned, 1 without/);
  });

  test('reads a file from standard input, and leaves nothing of it', async (t) => {
    const { vt, dataDir, virusTotal } = await commandLine(t);
    let modes: Promise<number[]> | undefined;
    virusTotal.on(({ endpoint }) => {
      if (endpoint === 'GET /files/{id}') modes ??= modesIn(join(dataDir, 'stdin'));
    });
    const named = await vt(['scan', '-', '--name', 'setup.exe'], { input: eicar() });
    assert.equal(named.code, 1);
    assert.match(named.stdout, /^setup\.exe: Malicious/);
    assert.deepEqual(await modes, [0o600]);
    const { code, stdout, stderr } = await vt(['scan', '-'], { input: 'harmless' });
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^stdin: No engine/);
    assert.deepEqual(await readdir(join(dataDir, 'stdin')), []);

    for (const args of [
      ['-', '--files-from', '-'],
      ['--name', 'a', 'b'],
    ]) {
      const refused = await vt(['scan', ...args]);
      assert.deepEqual([refused.code, refused.stdout], [2, ''], args.join(' '));
    }
  });

  test('uploads more than five unknown files of a folder only if told so, nothing hidden, and looks up once', async (t) => {
    const { vt, put, folder, virusTotal } = await commandLine(t);
    for (const name of ['all/.git', 'all/node_modules/x']) await mkdir(join(folder, name), { recursive: true });
    for (const name of ['.env', '.git/config', 'node_modules/x/index.js']) await put(`all/${name}`, name);
    for (const name of 'abcdef') await put(`all/${name}.txt`, name);
    const held = await vt(['scan', '-r', 'all']);
    assert.deepEqual([held.code, held.stdout, uploads(virusTotal)], [2, '', 0]);
    assert.match(held.stderr, /^3 hidden files left out: --hidden includes them$/m);
    assert.match(held.stderr, /never seen 6 of these files.*--yes/s);
    assert.match(held.stderr, /^6 files: 6 never seen by VirusTotal/m);

    const told = await vt(['scan', '-r', 'all', '--yes']);
    assert.equal(told.code, 0);
    assert.equal(uploads(virusTotal), 6);
    const endpoints = virusTotal.requests.map(({ endpoint }) => endpoint);
    const before = endpoints.slice(0, endpoints.indexOf('POST /files'));
    assert.equal(before.filter((endpoint) => endpoint === 'GET /files/{id}').length, 6);

    await put('all/new.txt', 'only one is new');
    const few = await vt(['scan', '-r', 'all']);
    assert.deepEqual([few.code, uploads(virusTotal)], [0, 7]);
    await vt(['scan', '-r', 'all', '--hidden', 'all/.env']);
    assert.equal(uploads(virusTotal), 10);
  });

  test('interrupted, it names what is unfinished, and "result" goes on without a second upload', async (t) => {
    const { vt, put, virusTotal } = await commandLine(t, { analysisTime: () => 1_000 });
    await put('notes.txt', 'harmless');
    const stopped = await vt(['scan', 'notes.txt'], {
      changes: { VIRUSTOTAL_POLL_SECONDS: '60' },
      meanwhile: (child) => whenUploaded(virusTotal, () => child.kill('SIGINT')),
    });
    assert.deepEqual([stopped.code, stopped.stdout], [130, '']);
    assert.match(stopped.stderr, /^One scan is not finished.*\n[0-9a-f]{64} {2}notes\.txt\n$/);
    const token = tokenIn(stopped.stderr);
    const { code, stdout } = await vt(['result', token.toUpperCase()]);
    assert.equal(code, 0);
    assert.match(stdout, /^notes\.txt: No engine flagged it/);
    assert.equal(uploads(virusTotal), 1);
  });

  test('killed, its scans are not lost either', async (t) => {
    const { vt, put, virusTotal, dataDir } = await commandLine(t, { analysisTime: () => 1_000 });
    await put('notes.txt', 'harmless');
    const killed = await vt(['scan', 'notes.txt'], {
      meanwhile: (child) => whenUploaded(virusTotal, () => child.kill('SIGKILL')),
    });
    assert.equal(killed.signal, 'SIGKILL');
    const [token = ''] = await unfinishedIn(dataDir);
    const { code, stdout } = await vt(['result', '--json', token]);
    assert.equal(code, 0);
    assert.deepEqual(
      linesOf(stdout).map(({ status }) => status),
      ['done'],
    );
    assert.equal(uploads(virusTotal), 1);
  });
});

function whenUploaded(virusTotal: CommandLine['virusTotal'], act: () => void): void {
  const stop = virusTotal.on((event) => {
    if (event.type !== 'answered' || event.endpoint !== 'POST /files') return;
    stop();
    act();
  });
}

async function modesIn(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  const found = await Promise.all(names.map((name) => stat(join(folder, name))));
  return found.map(({ mode }) => mode & 0o777);
}
