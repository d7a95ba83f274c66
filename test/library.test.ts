import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Keyv } from 'keyv';
import { movableClock } from '../sandbox/clock.ts';
import { eicar } from '../sandbox/virustotal/eicar.ts';
import { type SandboxVirusTotal, startVirusTotal } from '../sandbox/virustotal/server.ts';
import { type Activity, ConfigError, createScanner, keyvStore, type VirusTotalOptions } from '../src/index.ts';
import { parsed, usedAt } from '../src/quota/keyState.ts';
import { systemClock } from '../src/scan/clock.ts';
import { scanStore } from '../src/store/scanStore.ts';
import { openStore } from '../src/store/store.ts';
import { commandLine, ran, spawnNode } from './cli/world.ts';
import { memoryEngine, reportOf } from './fixtures/memoryEngine.ts';
import { withDatabase, withoutPostgres } from './fixtures/postgres.ts';
import { program } from './fixtures/program.ts';
import { sql } from './store/opened.ts';

interface Around {
  dir: string;
  virusTotal: SandboxVirusTotal;
  options: VirusTotalOptions;
}

async function withVirusTotal(analysisTime: number, body: (around: Around) => Promise<void>): Promise<void> {
  const limits = { perMinute: 1_000, perDay: 10_000, perMonth: 100_000 };
  const virusTotal = await startVirusTotal({ clock: systemClock, analysisTime: () => analysisTime, ...limits });
  const dir = await mkdtemp(join(tmpdir(), 'vtscan-library-'));
  const { key: apiKey, url: apiUrl, userId: user } = virusTotal;
  try {
    await body({ dir, virusTotal, options: { apiKey, apiUrl, user, dataDir: dir, limits, pollSeconds: 0.05 } });
  } finally {
    await virusTotal.close();
    await rm(dir, { recursive: true, force: true });
  }
}

test('a scan goes from a token to a verdict, and tells what happens on the way', () =>
  withVirusTotal(100, async ({ dir, options }) => {
    const path = join(dir, 'setup.exe');
    await writeFile(path, eicar());
    const heard: Activity['kind'][] = [];
    const scanner = await createScanner({
      ...options,
      onActivity: (_scan, activity) => activity && heard.push(activity.kind),
    });
    const token = await scanner.upload(path);
    assert.match(token, /^[0-9a-f]{64}$/);
    assert.deepEqual((await scanner.getResult(token))?.detail, []);

    const result = await scanner.settled(token);
    assert.deepEqual([result?.status, result?.detected], ['done', true]);
    assert.ok(result?.detail.some(({ VendorName, ScanDetected }) => VendorName === 'ClamAV' && ScanDetected));
    assert.ok(heard.includes('lookingUp') && heard.includes('analysing'));

    const known = await scanner.settled(await scanner.lookUp('f'.repeat(40)));
    assert.equal(known?.status, 'error');
    assert.equal(await scanner.getResult('no token'), undefined);
    assert.equal(await scanner.settled('f'.repeat(64)), undefined);
    await scanner.close();
  }));

test('what has expired is gone from the file when a scanner is closed: no bot needs to run', () =>
  withVirusTotal(100, async ({ dir, options }) => {
    const path = join(dir, 'notes.txt');
    await writeFile(path, 'harmless');
    const clock = movableClock();
    const first = await createScanner({ ...options, clock });
    const token = await first.upload(path, { password: 'hunter2' });
    await first.close();

    clock.jump(31 * 24 * 60 * 60_000);
    await (await createScanner({ ...options, clock })).close();
    const file = join(dir, 'vtscan.sqlite');
    assert.deepEqual(await sql(file, 'SELECT token FROM scans WHERE token = ?', token), []);
    assert.ok(!(await readFile(file)).includes('hunter2'));
  }));

test('what a closed scanner left unfinished, the next one takes up', () =>
  withVirusTotal(1_500, async ({ dir, virusTotal, options }) => {
    const path = join(dir, 'notes.txt');
    await writeFile(path, 'harmless');
    const first = await createScanner(options);
    const token = await first.upload(path);
    await new Promise<void>((resolve) => {
      virusTotal.on((event) => event.type === 'answered' && event.endpoint === 'GET /analyses/{id}' && resolve());
    });
    await first.close();

    const second = await createScanner(options);
    assert.equal((await second.getResult(token))?.status, 'progress');
    assert.equal(await second.resume(), 1);
    assert.equal((await second.settled(token))?.status, 'done');
    assert.equal(virusTotal.requests.filter(({ endpoint }) => endpoint === 'POST /files').length, 1);
    await second.close();
  }));

test('beside a bot on PostgreSQL, scans and the quota are those of the bot', { skip: withoutPostgres }, () =>
  withDatabase((databaseUrl) =>
    withVirusTotal(100, async ({ dir, virusTotal, options }) => {
      const hash = 'a'.repeat(64);
      const bot = await openStore({ dir, url: databaseUrl, clock: systemClock, log: () => {} });
      const scanner = await createScanner({ ...options, databaseUrl });
      const token = await scanner.lookUp(hash);
      await scanner.settled(token);
      assert.equal((await scanStore(bot, systemClock).get(token))?.stage, 'settled');
      const { day } = usedAt(parsed((await bot.calls.read('')).state), systemClock.now());
      assert.deepEqual([day, virusTotal.requests.length > 0], [1, true]);
      assert.ok(!(await readdir(dir)).includes('vtscan.sqlite'));
      await scanner.close();
      await bot.close();
    }),
  ),
);

test('options that make no sense are named', async () => {
  await assert.rejects(createScanner({ apiKey: ' ', dataDir: 'data', limits: { perDay: -1 } }), (error) => {
    assert.ok(error instanceof ConfigError);
    assert.match(error.message, /VIRUSTOTAL_API_KEY is missing\n.*VIRUSTOTAL_PER_DAY/);
    return true;
  });
});

test('the example in docs/ runs', async (t) => {
  const { folder, dataDir, virusTotal, putMalware } = await commandLine(t, { known: [{ content: eicar() }] });
  await putMalware('setup.exe');
  const variables = { VIRUSTOTAL_API_KEY: virusTotal.key, VIRUSTOTAL_API_URL: virusTotal.url, DATA_DIR: dataDir };
  const { code, stdout, stderr } = await ran(
    spawnNode([...program('docs/library.ts'), 'setup.exe'], folder, variables),
  );
  assert.deepEqual([code, stderr], [0, '']);
  assert.match(stdout, /^setup\.exe [0-9a-f]{64} (ready|progress)\nsetup\.exe done \d+\/\d+ engines\n {2}.+: .+/);
});

test('without a key, the example in docs/ uses its own engine and a store in memory', async (t) => {
  const { folder, putMalware } = await commandLine(t, {});
  await putMalware('setup.exe');
  const { code, stdout, stderr } = await ran(spawnNode([...program('docs/library.ts'), 'setup.exe'], folder, {}));
  assert.deepEqual([code, stderr], [0, '']);
  assert.match(stdout, /\nsetup\.exe done 1\/1 engines\n {2}Own list: EICAR-Test-File/);
});

test('an own engine, store and clock are used, and another scanner resumes from the same store', async () => {
  const [clock, keyv] = [movableClock(), new Keyv()];
  const [hash, hour] = ['a'.repeat(64), 3_600_000];
  clock.jump(hour);
  const silent = memoryEngine();
  const asked = new Promise<void>((resolve) => {
    silent.before = () => new Promise(() => resolve());
  });
  const first = await createScanner({ engine: silent, store: keyvStore(keyv), clock });
  const token = await first.lookUp(hash);
  await asked;
  assert.ok(((await first.find(token))?.createdAt ?? 0) > Date.now() + hour / 2, "the time is the own clock's");

  const engine = memoryEngine();
  engine.known.set(hash, { report: reportOf({ malicious: 9, undetected: 50 }), lastSubmitted: undefined });
  const second = await createScanner({ engine, store: keyvStore(keyv), clock });
  assert.equal(await second.resume(), 1);
  const result = await second.settled(token);
  assert.deepEqual([result?.status, result?.detected, engine.calls[0]], ['done', true, 'lookUp']);
  await second.close();
});
