import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { eicar } from '../../sandbox/virustotal/eicar.ts';
import { type SandboxVirusTotal, startVirusTotal, type VirusTotalOptions } from '../../sandbox/virustotal/server.ts';
import { systemClock } from '../../src/scan/clock.ts';
import { scanStore } from '../../src/store/scanStore.ts';
import { openStore } from '../../src/store/store.ts';
import type { Variables } from '../e2e/botProcess.ts';
import { program } from '../fixtures/program.ts';

export const vtscan = program('src/cli/main.ts');

export interface Ran {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  input?: string | Buffer;
  changes?: Variables;
  /** Whether anybody reads the results. */
  reads?: boolean;
  /** Meets the running command. */
  meanwhile?(child: ChildProcess): void;
}

/** A folder that a person works in, and a VirusTotal that the commands speak to. */
export interface CommandLine {
  folder: string;
  variables: Variables;
  dataDir: string;
  virusTotal: SandboxVirusTotal;
  /** The real entry, with these variables and no others. */
  vt(args: readonly string[], options?: RunOptions): Promise<Ran>;
  put(name: string | Buffer, content: string | Buffer): Promise<void>;
  putMalware(name: string): Promise<void>;
}

export interface Place {
  variables: Variables;
  dataDir: string;
  virusTotal: SandboxVirusTotal;
}

/** Everything goes when the test ends. */
export async function commandLine(t: TestContext, options: Partial<VirusTotalOptions> = {}): Promise<CommandLine> {
  const limits = { perMinute: 1_000, perDay: 10_000, perMonth: 100_000 };
  const virusTotal = await startVirusTotal({ clock: systemClock, analysisTime: () => 300, ...limits, ...options });
  const folder = await mkdtemp(join(tmpdir(), 'vtscan-cli-'));
  t.after(() => virusTotal.close());
  t.after(() => rm(folder, { recursive: true, force: true }));
  const dataDir = join(folder, 'data');
  const variables = {
    VIRUSTOTAL_API_KEY: virusTotal.key,
    VIRUSTOTAL_API_URL: virusTotal.url,
    VIRUSTOTAL_USER: virusTotal.userId,
    VIRUSTOTAL_PER_MINUTE: `${options.perMinute ?? limits.perMinute}`,
    VIRUSTOTAL_POLL_SECONDS: '0.1',
    DATA_DIR: dataDir,
  };
  return commandsIn(folder, { variables, dataDir, virusTotal });
}

export function commandsIn(folder: string, { variables, dataDir, virusTotal }: Place): CommandLine {
  return {
    folder,
    variables,
    dataDir,
    virusTotal,
    vt: (args, { changes = {}, ...options } = {}) =>
      ran(spawnNode([...vtscan, ...args], folder, { ...variables, ...changes }), options),
    put: (name, content) => writeFile(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name)]), content),
    putMalware: (name) => writeFile(join(folder, name), eicar()),
  };
}

export function spawnNode(words: readonly string[], cwd: string, variables: Variables): ChildProcess {
  const { PATH, HOME } = process.env;
  return spawn(process.execPath, words, { cwd, env: { PATH, HOME, ...variables } });
}

export async function ran(
  child: ChildProcess,
  { input = '', reads = true, meanwhile }: Omit<RunOptions, 'changes'> = {},
): Promise<Ran> {
  if (!child.stdout || !child.stderr) throw new TypeError('its output is not read');
  const ended = new Promise<Pick<Ran, 'code' | 'signal'>>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
  child.stdin?.end(input);
  meanwhile?.(child);
  if (!reads) child.stdout.destroy();
  const [stdout, stderr, end] = await Promise.all([reads ? text(child.stdout) : '', text(child.stderr), ended]);
  return { ...end, stdout, stderr };
}

export const tokenIn = (output: string) => /\b[0-9a-f]{64}\b/.exec(output)?.[0] ?? '';

/** Uploads that VirusTotal has taken. */
export const uploads = ({ requests }: SandboxVirusTotal) =>
  requests.filter(({ endpoint, status }) => endpoint === 'POST /files' && status === 200).length;

/** The tokens of unfinished scans, as the data directory has them. */
export async function unfinishedIn(dir: string): Promise<string[]> {
  const store = await openStore({ dir, clock: systemClock, log: () => {} });
  const scans = await scanStore(store, systemClock).unfinished('anybody');
  await store.close();
  return scans.map(({ token }) => token);
}
