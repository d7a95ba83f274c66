import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { json } from 'node:stream/consumers';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** What a file at each place may not import, and what it may. */
const rules: { place: string; never: string[]; mayBe: string[] }[] = [
  {
    place: 'src/scan/x.ts',
    never: ['../http/retryAfter.ts', '../store/store.ts', '../app/bot.ts', '../config.ts'],
    mayBe: ['./scan.ts', '../inquiry/inquiry.ts', '../verdict/verdict.ts', 'zod'],
  },
  {
    place: 'src/content/archives/x.ts',
    never: ['../../downloads/spool.ts', '../../main.ts'],
    mayBe: ['../magic.ts', '../../scan/scan.ts', 'lzma1'],
  },
  { place: 'src/inquiry/x.ts', never: ['../quota/scheduler.ts', '../virustotal/v3.ts'], mayBe: ['../scan/ports.ts'] },
  {
    place: 'src/locales/en-US/x.ts',
    never: ['../../discord/cards/card.ts', '../../store/store.ts', '../../config.ts'],
    mayBe: ['../../verdict/verdict.ts', './cards.ts'],
  },
  { place: 'src/verdict/x.ts', never: ['../discord/cards/card.ts', '../locales/en-US.ts'], mayBe: ['./report.ts'] },
  { place: 'src/address/x.ts', never: ['../http/loopback.ts'], mayBe: ['../scan/token.ts'] },
  { place: 'src/http/x.ts', never: ['../virustotal/v3.ts', '../discord/command.ts'], mayBe: ['../scan/clock.ts'] },
  {
    place: 'src/virustotal/x.ts',
    never: ['../downloads/address.ts', '../discord/cards/card.ts', '../../sandbox/clock.ts', '../app/log.ts'],
    mayBe: ['../scan/clock.ts', '../verdict/report.ts', '../http/loopback.ts', './v3.ts'],
  },
  { place: 'src/downloads/x.ts', never: ['../virustotal/addresses.ts'], mayBe: ['../content/content.ts', 'axios'] },
  { place: 'src/store/x.ts', never: ['../quota/state.ts', '../cli/main.ts'], mayBe: ['../scan/ports.ts'] },
  {
    place: 'src/store/sqlite/x.ts',
    never: ['../../quota/ledger.ts', '../../downloads/link.ts', '../../app/bot.ts'],
    mayBe: ['../database.ts', '../../scan/clock.ts', './file.ts'],
  },
  {
    place: 'src/health/x.ts',
    never: ['../discord/gateway/client.ts', '../store/store.ts', '../app/bot.ts'],
    mayBe: ['../scan/ports.ts', './vitals.ts', 'prom-client'],
  },
  { place: 'src/quota/x.ts', never: ['../store/calls.ts', '../scan/../store/calls.ts'], mayBe: ['../scan/ports.ts'] },
  { place: 'src/secrets/x.ts', never: ['../keys/keyring.ts', '../store/store.ts'], mayBe: ['../scan/failure.ts'] },
  {
    place: 'src/keys/x.ts',
    never: ['../store/store.ts', '../virustotal/v3.ts', '../discord/command.ts', '../app/openKeys.ts'],
    mayBe: ['../scan/ports.ts', '../quota/scheduler.ts', '../secrets/sealer.ts', '../config.ts'],
  },
  {
    place: 'src/discord/x.ts',
    never: ['../virustotal/v3.ts', '../app/bot.ts', '../cli/main.ts'],
    mayBe: ['../scan/ports.ts', './cards/card.ts', '../locales/en-US.ts', 'discord.js'],
  },
  {
    place: 'src/discord/cards/x.ts',
    never: ['../../virustotal/v3.ts', '../../store/store.ts', '../../main.ts'],
    mayBe: ['../../verdict/verdict.ts', '../command.ts'],
  },
  {
    place: 'sandbox/discord/x.ts',
    never: ['../../src/discord/cards/card.ts', '../../src/store/store.ts', '../../src/virustotal/v3.ts'],
    mayBe: ['../../src/scan/clock.ts', '../../src/app/bot.ts', './model.ts'],
  },
  {
    place: 'commands/x.ts',
    never: ['../src/virustotal/v3.ts', '../src/quota/scheduler.ts', '../sandbox/clock.ts', '../src/downloads/link.ts'],
    mayBe: ['../src/discord/command.ts', '../src/scan/token.ts'],
  },
  {
    place: 'src/app/x.ts',
    never: ['../../sandbox/sandbox.ts'],
    mayBe: ['../store/store.ts', '../discord/command.ts', '../config.ts'],
  },
];

const biome = fileURLToPath(new URL('../node_modules/@biomejs/biome/bin/biome', import.meta.url));
const config = fileURLToPath(new URL('../biome.json', import.meta.url));

const findingsSchema = z.object({
  diagnostics: z.array(
    z.object({
      category: z.literal('lint/style/noRestrictedImports'),
      location: z.object({ path: z.string(), start: z.object({ line: z.number() }) }),
    }),
  ),
});

/** The lines with imports that the project's linter refuses, by the file that they stand in. */
async function refused(files: Record<string, string[]>): Promise<Record<string, string[]>> {
  const folder = await mkdtemp(join(tmpdir(), 'vtscan-structure-'));
  after(() => rm(folder, { recursive: true, force: true }));
  await copyFile(config, join(folder, 'biome.json'));
  for (const [path, lines] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), `${lines.join('\n')}\n`);
  }
  const options = [
    '--vcs-enabled=false',
    '--only=style/noRestrictedImports',
    '--reporter=json',
    '--max-diagnostics=none',
  ];
  const linter = spawn(process.execPath, [biome, 'lint', ...options], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { diagnostics } = findingsSchema.parse(await json(linter.stdout));
  return Object.fromEntries(
    Object.entries(files).map(([path, lines]) => [
      path,
      lines.filter((_line, index) =>
        diagnostics.some(({ location }) => location.path === path && location.start.line === index + 1),
      ),
    ]),
  );
}

describe('the linter holds the directions of imports', () => {
  test('between folders', async () => {
    const importing = (from: string) => `export { x } from '${from}';`;
    const files = rules.map(({ place, never, mayBe }) => [place, [...never, ...mayBe].map(importing)] as const);
    const expected = rules.map(({ place, never }) => [place, never.map(importing)] as const);
    assert.deepEqual(await refused(Object.fromEntries(files)), Object.fromEntries(expected));
  });

  test('in whatever form', async () => {
    const lines = [
      "import { a } from '../../virustotal/v3.ts';",
      "import type { B } from '../../virustotal/v3.ts';",
      "export * from '../../virustotal/v3.ts';",
      "import '../../virustotal/v3.ts';",
      "await import('../../virustotal/v3.ts');",
    ];
    const files = { 'src/discord/cards/x.ts': lines };
    assert.deepEqual(await refused(files), files);
  });
});
