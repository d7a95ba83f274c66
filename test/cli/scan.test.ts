import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { z } from 'zod';
import { type CommandLine, commandLine, ran, tokenIn, unfinishedIn, uploads, vtscan } from './world.ts';

const lineSchema = z.object({
  file: z.string(),
  token: z.string().optional(),
  status: z.string(),
  detected: z.boolean(),
  detail: z.array(z.object({ VendorName: z.string(), ScanDetected: z.boolean() })),
  failure: z.string().optional(),
});
const linesOf = (output: string) =>
  output
    .trimEnd()
    .split('\n')
    .map((line) => lineSchema.parse(JSON.parse(line)));

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
    assert.equal(stderr, 'missing.bin: cannot be read (ENOENT)\n');
    assert.doesNotMatch(stdout + stderr, control);
  });

  test('ends with 0 when nothing is flagged, and with 2 when something cannot be judged', async (t) => {
    const { vt, put, virusTotal, folder } = await commandLine(t);
    await put('notes.txt', 'harmless');
    await mkdir(join(folder, 'empty'));
    assert.equal((await vt(['scan', 'notes.txt'])).code, 0);
    const { code, stderr } = await vt(['scan', 'notes.txt', 'empty']);
    assert.deepEqual([code, stderr], [2, 'empty: is a directory; use --recursive to scan the files in it\n']);
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
    const { code, stdout } = await vt(['scan', '--json', 'setup.exe', 'notes.txt', 'missing.bin']);
    assert.equal(code, 1);
    const lines = linesOf(stdout).toSorted((a, b) => a.file.localeCompare(b.file));
    assert.deepEqual(
      lines.map(({ file, status, detected, failure }) => [file, status, detected, failure]),
      [
        ['missing.bin', 'error', false, 'file.unreadable'],
        ['notes.txt', 'done', false, undefined],
        ['setup.exe', 'done', true, undefined],
      ],
    );
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
    const { code, stdout, stderr } = await vt(['scan', '-r', 'many', '--json']);
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
    assert.deepEqual([code, stderr], [0, '']);
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
    const words = [process.execPath, '--import', import.meta.resolve('tsx'), vtscan, 'scan', '--'];
    const script = `exec "$@" "$(printf 'odd\\377.bin')"`;
    const child = spawn('sh', ['-c', script, 'sh', ...words], {
      cwd: folder,
      env: { PATH: process.env.PATH, ...variables },
    });
    const { code, stdout, stderr } = await ran(child);
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^odd�\.bin: No engine flagged it/);
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
