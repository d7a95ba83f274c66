import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { systemClock } from '../../src/scan/clock.ts';
import { type BotProcess, spawnBot, type Variables, variablesOf } from '../../test/e2e/botProcess.ts';
import { type Wire, wireTo } from './wire.ts';

/** A machine that runs the bot, and starts it again when it ends by itself, as a supervisor does. */
export interface Host {
  name: string;
  wires: Record<'database' | 'discord' | 'virusTotal', Wire>;
  /** The process that runs now. */
  bot(): BotProcess;
  /** Starts it and waits until it is ready. */
  start(): Promise<void>;
  /** Ends it by a signal, and waits until it is gone. Nobody starts it again by itself. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** How often it has ended without being told to. */
  crashes(): number;
  /** What all its processes have logged. */
  log(): string;
}

export interface Fleet {
  hosts: readonly Host[];
  /** Which host connected a shard last and has not ended since, and when it did: ms since the epoch. */
  holders: ReadonlyMap<number, { host: Host; since: number }>;
  /** Ends all and deletes what they have written. */
  close(): Promise<void>;
}

/** Hosts that have one PostgreSQL and are not started yet. Each reaches it, Discord and VirusTotal by wires of its own. */
export async function fleetOf(
  names: readonly string[],
  sandbox: Sandbox,
  databaseUrl: string,
  changes: Variables = {},
): Promise<Fleet> {
  const holders = new Map<number, { host: Host; since: number }>();
  const folders: string[] = [];
  const hosts: Host[] = [];
  for (const name of names) {
    const dir = await mkdtemp(join(tmpdir(), 'vtscan-host-'));
    folders.push(dir);
    hosts.push(await hostIn({ dir, name, databaseUrl, changes }, sandbox, holders));
  }
  return {
    hosts,
    holders,
    async close() {
      await Promise.all(hosts.map((host) => host.end('SIGKILL')));
      for (const { wires } of hosts) for (const wire of Object.values(wires)) wire.close();
      await Promise.all(folders.map((dir) => rm(dir, { recursive: true, force: true })));
    },
  };
}

interface HostOptions {
  dir: string;
  name: string;
  databaseUrl: string;
  /** Of its variables. */
  changes: Variables;
}

async function hostIn(
  { dir, name, databaseUrl, changes }: HostOptions,
  sandbox: Sandbox,
  holders: Map<number, { host: Host; since: number }>,
): Promise<Host> {
  const { discord, virusTotal } = sandbox;
  const database = new URL(databaseUrl);
  const wires = {
    database: await wireTo(Number(database.port)),
    discord: await wireTo(Number(discord.host.split(':')[1])),
    virusTotal: await wireTo(Number(new URL(virusTotal.url).port)),
  };
  database.host = wires.database.address;
  const variables = {
    ...variablesOf(sandbox, limits, dir),
    DISCORD_API_URL: `http://${wires.discord.address}/api`,
    VIRUSTOTAL_API_URL: virusTotal.url.replace(new URL(virusTotal.url).host, wires.virusTotal.address),
    VIRUSTOTAL_POLL_SECONDS: '0.2',
    DATABASE_URL: database.href,
    SECRET_KEY: '00'.repeat(32),
    ...changes,
  };
  let bot: BotProcess | undefined;
  let wanted = false;
  let crashes = 0;
  const lines: string[] = [];

  const lost = () => {
    for (const [shard, { host: holder }] of holders) if (holder === host) holders.delete(shard);
  };

  async function start(): Promise<void> {
    wanted = true;
    const started = spawnBot(variables, { hear });
    bot = started;
    void started.ended.then(async () => {
      lost();
      if (!wanted || bot !== started) return;
      crashes += 1;
      process.stderr.write(`${name} ended by itself: ${started.output().split('\n').slice(-3).join('\n')}\n`);
      await systemClock.sleep(restartAfter);
      if (wanted && bot === started) await start();
    });
    await started.says(/"msg":"ready"/);
  }

  function hear(line: string): void {
    lines.push(line);
    const read = lineSchema.safeParse(line);
    if (!read.success) return;
    const { msg, shard, time } = read.data;
    if (shard !== undefined && msg === 'shard connected') holders.set(shard, { host, since: time });
    else if (
      shard !== undefined &&
      /^shard (given to|taken over by) another/.test(msg) &&
      holders.get(shard)?.host === host
    )
      holders.delete(shard);
  }

  const host: Host = {
    name,
    wires,
    bot() {
      if (!bot) throw new Error(`${name} does not run`);
      return bot;
    },
    start,
    async end(signal) {
      wanted = false;
      bot?.kill(signal);
      await bot?.exited();
      lost();
    },
    crashes: () => crashes,
    log: () => lines.join('\n'),
  };
  return host;
}

/** A supervisor waits a moment. Ms. */
const restartAfter = 1_000;
/** So generous that only the hosts can be slow. */
export const limits = { perMinute: 100_000, perDay: 1_000_000, perMonth: 10_000_000 };

const lineSchema = z
  .string()
  .transform((line, context) => {
    try {
      return JSON.parse(line) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'no line of the log' });
      return z.NEVER;
    }
  })
  .pipe(z.object({ msg: z.string(), time: z.number(), shard: z.number().optional() }));
