import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type PostgresServer, postgresServer } from './fixtures/postgres.ts';

/**
 * Runs every `*.test.ts` below this folder, or those whose path holds one of the words given. A process for each file would
 * spend most of its time on loading the same packages, so files share a few processes; those that measure memory or processes
 * of their own get one alone.
 */
const here = fileURLToPath(new URL('.', import.meta.url));
const words = process.argv.slice(2);
const alone = /memory|process-|page\//;
const groups = availableParallelism() * 2;

const all = (await readdir(here, { recursive: true }))
  .filter((path) => path.endsWith('.test.ts') && words.every((word) => path.includes(word)))
  .sort();
const shared = all.filter((path) => !alone.test(path));
const folder = await mkdtemp(join(tmpdir(), 'vtscan-test-'));
const postgres = await startPostgres();
try {
  const together = Array.from({ length: groups }, (_, group) =>
    shared.filter((_path, index) => index % groups === group),
  );
  const files = await Promise.all(together.filter((paths) => paths.length > 0).map(writeGroup));
  const single = all.filter((path) => alone.test(path)).map((path) => join(here, path));
  const tests = run({ files: [...single, ...files], concurrency: groups });
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

/** A file that imports others: their tests run one after the other in its process. */
async function writeGroup(paths: string[], index: number): Promise<string> {
  const file = join(folder, `group-${index}.test.mjs`);
  await writeFile(
    file,
    paths.map((path) => `import ${JSON.stringify(pathToFileURL(join(here, path)).href)};\n`).join(''),
  );
  return file;
}
