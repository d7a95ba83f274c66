import { chmod, mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { compile } from './compile.ts';
import { type PostgresServer, postgresServer } from './fixtures/postgres.ts';

/**
 * Runs every `*.test.ts` below this folder, or those whose path holds all of the words given. Files share a few processes, as
 * each process loads the same packages, and one for those with a browser; those that measure memory or processes of their own
 * get one alone.
 */
const words = process.argv.slice(2);
const alone = /memory|process-/;
const withBrowser = /page\//;
const groups = availableParallelism() * 2;
/** A process of tests that does not end by then fails, in ms. */
const longest = 6 * 60_000;

const all = (await readdir(import.meta.dirname, { recursive: true }))
  .filter((path) => path.endsWith('.test.ts') && words.every((word) => path.includes(word)))
  .sort();
const shared = all.filter((path) => !alone.test(path) && !withBrowser.test(path));
const disk = tmpdir();
const folder = await mkdtemp(join(await quickest(), 'vtscan-test-'));
// PostgreSQL runs as a user of its own, where this is root.
await chmod(folder, 0o711);
process.env.TEST_DISK = disk;
process.env.TMPDIR = folder;
const postgres = await startPostgres();
try {
  const together = Array.from({ length: groups }, (_, group) =>
    shared.filter((_path, index) => index % groups === group),
  );
  const single = all.filter((path) => alone.test(path)).map((path) => [path]);
  // Those that take longest come first.
  const processes = [...together, ...single, all.filter((path) => withBrowser.test(path))];
  const files = await compile(
    folder,
    processes.filter((paths) => paths.length > 0),
  );
  process.env.TEST_COMPILED = folder;
  // Tests open one database several times in a process: who waits for its lock may not take all threads from who has it.
  process.env.UV_THREADPOOL_SIZE = '24';
  // Those of the processes for the tests: what is compiled needs no tsx.
  process.execArgv = ['--enable-source-maps'];
  const tests = run({ files, concurrency: groups, timeout: longest });
  const count = { passed: 0, failed: 0, skipped: 0 };
  tests.on('test:pass', ({ skip }) => (skip === undefined ? count.passed++ : count.skipped++));
  tests.on('test:fail', ({ todo }) => {
    if (todo !== undefined && todo !== false) return;
    count.failed++;
    process.exitCode = 1;
  });
  for await (const text of tests.pipe(new spec())) process.stdout.write(text);
  process.stdout.write(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`);
} finally {
  await postgres?.remove();
  await rm(folder, { recursive: true, force: true });
}

/** A folder in memory, where writing a file through takes no time, if 2 GB are free there. */
async function quickest(): Promise<string> {
  const memory = '/dev/shm';
  const { bavail, bsize } = await statfs(memory).catch(() => ({ bavail: 0, bsize: 0 }));
  return bavail * bsize > 2e9 ? memory : disk;
}

/** One server for all tests, unless TEST_POSTGRES_URL names another one. Where it cannot start, its tests are skipped. */
async function startPostgres(): Promise<PostgresServer | undefined> {
  if (process.env.TEST_POSTGRES_URL) return undefined;
  try {
    const server = await postgresServer();
    await server.start();
    process.env.TEST_POSTGRES_URL = server.url;
    return server;
  } catch (error) {
    process.stdout.write(`PostgreSQL cannot be started, its tests are skipped: ${error}\n`);
    return undefined;
  }
}
