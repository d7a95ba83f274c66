import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/sandbox.ts';
import type { Limits } from '../../src/quota/limits.ts';
import { systemClock } from '../../src/scan/clock.ts';
import { program, project } from '../fixtures/program.ts';

/** A start takes about a second; a busy machine may need many times that. */
const patienceMs = 60_000;

/** What `npm start` comes to, without npm's second and its processes in between. */
const directly = [process.execPath, '--max-semi-space-size=2', ...program('src/main.ts')];

export type Variables = Record<string, string | undefined>;

interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** The bot as a process of its own. */
export interface BotProcess {
  pid: number | undefined;
  /** All that it wrote to stdout and stderr until now. */
  output(): string;
  /** The first line, past or coming, that matches; rejects when the process ends without it. */
  says(what: RegExp): Promise<string>;
  /** Resolves when it and whatever it started are gone; rejects when that takes too long. */
  exited(): Promise<Exit>;
  /** The same, however long it takes. */
  ended: Promise<Exit>;
  kill(signal: NodeJS.Signals): void;
  /** As a terminal does by Ctrl-C: to the process and all that it started. */
  killAll(signal: NodeJS.Signals): void;
}

export interface SpawnOptions {
  command?: readonly string[];
  cwd?: string;
  /** Gets each line of its log. */
  hear?(line: string): void;
}

/** Starts a process with these variables and no others, but what is needed to find programs. */
export function spawnBot(
  variables: Variables,
  { command = directly, cwd = project, hear }: SpawnOptions = {},
): BotProcess {
  const [program = process.execPath, ...words] = command;
  const { PATH, HOME } = process.env;
  const child = spawn(program, words, {
    cwd,
    env: { PATH, HOME, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const changed = new Set<() => void>();
  let output = '';
  let exit: Exit | undefined;
  const tell = () => {
    for (const look of changed) look();
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      tell();
    });
  }
  if (hear) createInterface({ input: child.stdout }).on('line', hear);
  const ended = new Promise<Exit>((resolve) => {
    child.on('close', (code, signal) => {
      exit = { code, signal };
      tell();
      resolve(exit);
    });
  });

  /** What `find` gives once it gives something, looked at now and whenever the process wrote or ended. */
  function eventually<T>(find: () => T | undefined, what: string): Promise<T> {
    const over = new AbortController();
    return new Promise<T>((resolve, reject) => {
      const look = () => {
        const found = find();
        if (found !== undefined) resolve(found);
        else if (exit) reject(new Error(`It ended (${exit.code ?? exit.signal}), but ${what}:\n${output}`));
      };
      const late = () => reject(new Error(`Within ${patienceMs} ms, ${what}:\n${output}`));
      changed.add(look);
      over.signal.addEventListener('abort', () => changed.delete(look));
      systemClock.sleep(patienceMs, over.signal).then(late, () => {});
      look();
    }).finally(() => over.abort());
  }

  return {
    pid: child.pid,
    output: () => output,
    says: (what) =>
      eventually(
        () =>
          output
            .split('\n')
            .slice(0, -1)
            .find((line) => what.test(line)),
        `it did not say ${what}`,
      ),
    ended,
    exited: () => eventually(() => exit, 'it did not end'),
    kill: (signal) => child.kill(signal),
    killAll: (signal) => signalGroup(child, signal),
  };
}

/** A detached child leads a group of its own. */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // Nobody is left.
  }
}

/** What a bot in a sandbox is started with. */
export const variablesOf = ({ discord, virusTotal }: Sandbox, limits: Limits, dataDir: string) => ({
  DISCORD_TOKEN: discord.token,
  DISCORD_API_URL: discord.apiUrl,
  ATTACHMENT_HOSTS: discord.host,
  VIRUSTOTAL_API_KEY: virusTotal.key,
  VIRUSTOTAL_API_URL: virusTotal.url,
  VIRUSTOTAL_USER: virusTotal.userId,
  VIRUSTOTAL_PER_MINUTE: String(limits.perMinute),
  VIRUSTOTAL_PER_DAY: String(limits.perDay),
  VIRUSTOTAL_PER_MONTH: String(limits.perMonth),
  VIRUSTOTAL_POLL_SECONDS: '0.1',
  DATA_DIR: dataDir,
});

export interface ProcessWorld extends Sandbox {
  dataDir: string;
  /** What a bot in this sandbox is started with. */
  variables: Variables;
  /** Starts the bot and waits until it is ready. */
  start(changes?: Variables, options?: SpawnOptions): Promise<BotProcess>;
  /** Starts the bot, whatever comes of it. */
  spawn(changes?: Variables, options?: SpawnOptions): BotProcess;
}

/** A sandbox in this process for bots in others; all of them end with the test. Its key is generous. */
export async function startProcessWorld(t: TestContext, options: Partial<SandboxOptions> = {}): Promise<ProcessWorld> {
  const limits = { perMinute: 1_000, perDay: 10_000, perMonth: 100_000 };
  const virusTotal = { analysisTime: () => 500, ...limits, ...options.virusTotal };
  const sandbox = await startSandbox({ clock: systemClock, ...options, virusTotal });
  const dataDir = await mkdtemp(join(tmpdir(), 'vtscan-process-'));
  const bots: BotProcess[] = [];
  t.after(async () => {
    for (const bot of bots) bot.killAll('SIGKILL');
    await Promise.all(bots.map((bot) => bot.exited()));
    await sandbox.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const variables = variablesOf(sandbox, limits, dataDir);
  const spawned = (changes: Variables = {}, how?: SpawnOptions) => {
    const bot = spawnBot({ ...variables, ...changes }, how);
    bots.push(bot);
    return bot;
  };
  return {
    ...sandbox,
    dataDir,
    variables,
    spawn: spawned,
    async start(changes, how) {
      const bot = spawned(changes, how);
      await bot.says(/"msg":"ready"/);
      return bot;
    },
  };
}
