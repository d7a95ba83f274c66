import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, cp, link, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { z } from 'zod';
import { startProcessWorld } from '../e2e/botProcess.ts';
import { textOf as wordsOf } from '../e2e/world.ts';
import { freePort } from '../fixtures/freePort.ts';
import { project, readImage, textOf } from './image.ts';

const run = promisify(execFile);
const patienceMs = 60_000;
const lockSchema = z.object({
  packages: z.record(z.string(), z.object({ dev: z.boolean().default(false) })),
});

/** The folders of packages that `npm ci --omit=dev` installs. */
async function productionPackages(): Promise<string[]> {
  const { packages } = lockSchema.parse(JSON.parse(await textOf('package-lock.json')));
  return Object.entries(packages).flatMap(([path, { dev }]) => (path === '' || dev ? [] : path));
}

/** What is in the image below its working folder: what the Dockerfile copies, and the packages for production. */
async function imageTree(t: TestContext): Promise<string> {
  const tree = await mkdtemp(join(process.env.TEST_DISK ?? tmpdir(), 'vtscan-image-'));
  t.after(() => rm(tree, { recursive: true, force: true }));
  const { copied } = await readImage();
  for (const { from, to } of copied) await cp(join(project, from), join(tree, to), { recursive: true });
  await Promise.all((await productionPackages()).map((path) => linkPackage(join(project, path), join(tree, path))));
  return tree;
}

/** Hard links, where the temporary folder is on the same disk: copies take long. Packages in it are linked by themselves. */
async function linkPackage(from: string, to: string): Promise<void> {
  // Packages for other machines are not installed.
  const entries = await readdir(from, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const source = join(entry.parentPath, entry.name);
    const path = relative(from, source);
    if (!entry.isFile() || path.split(sep).includes('node_modules')) continue;
    const target = join(to, path);
    await mkdir(dirname(target), { recursive: true });
    await link(source, target).catch(() => copyFile(source, target));
  }
}

const filesIn = async (folder: string) => (await readdir(folder, { recursive: true })).toSorted();

test('what is in the image starts, scans, tells its health, writes nothing beside its data, and stops at SIGTERM', async (t) => {
  const [world, tree, { command }] = await Promise.all([startProcessWorld(t), imageTree(t), readImage()]);
  const before = await filesIn(tree);
  const HTTP_PORT = String(await freePort());
  const [, ...words] = command('CMD');
  const bot = await world.start({ HTTP_PORT }, { command: [process.execPath, ...words], cwd: tree });

  const file = { name: 'notes.txt', content: 'harmless' };
  const reply = world.discord.invoke({ command: 'vtscan', options: { file } });
  await reply.next((message) => /No engine flagged it/.test(wordsOf(message)), patienceMs);

  const [, ...probe] = command('HEALTHCHECK');
  const check = (port: string) => run(process.execPath, probe, { env: { HTTP_PORT: port } });
  await check(HTTP_PORT);
  await assert.rejects(check('1'), { code: 1 });

  bot.kill('SIGTERM');
  assert.equal((await bot.exited()).code, 0);
  assert.deepEqual(await filesIn(tree), before);
});
