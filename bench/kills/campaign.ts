import { setTimeout as pause } from 'node:timers/promises';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { type Faults, faultsOf, isClean, openIn } from './faults.ts';
import type { Point } from './points.ts';
import { createRecovery } from './recovery.ts';
import { doWork, newFile, noWork } from './work.ts';

/** The bot as a process of its own. */
export interface Bot {
  /** Resolves when it takes commands. */
  ready: Promise<unknown>;
  /** Kills it as the kernel does when memory is short. Does not wait. */
  kill(): void;
}

export interface Kill {
  point: Point;
  /** How many times the point is let pass before. */
  count: number;
}

export interface Campaign {
  sandbox: Sandbox;
  start(): Bot;
  /** Starts a scan on the command line. */
  scan(file: { name: string; content: string }): Promise<Pick<Bot, 'kill'>>;
  /** How many scans in the store are not settled. */
  unfinished(): Promise<number>;
  kills: readonly Kill[];
  said?(line: string): void;
}

export interface Outcome {
  faults: Faults;
  /** See `createRecovery`. */
  recoveries: Map<string, number[]>;
  /** Kills whose point did not come in time, so that they came at any moment. */
  anyMoment: number;
}

/** A point that does not come within this time is not waited for. Ms. */
const pointWithin = 4_000;
/** Longer than a scan pauses after its store has failed: what comes late is not lost. Ms. */
const settledWithin = 90_000;
/** How many commands and messages may be open: people go on all the time, and the bot is never left in peace. */
const mostOpen = 12;
/** In one of so many rounds somebody scans on the command line, and is killed with the bot of the next round. */
const terminalEvery = 4;

/** Starts the bot and kills it, again and again, while people use it. At the end it is left in peace. */
export async function campaign(campaign: Campaign): Promise<Outcome> {
  const { sandbox, start, scan, kills, said } = campaign;
  const work = noWork([72]);
  const recovery = createRecovery(sandbox);
  let anyMoment = 0;
  let terminal: Pick<Bot, 'kill'> | undefined;
  for (const [index, { point, count }] of kills.entries()) {
    const round = index + 1;
    const bot = start();
    const over = new AbortController();
    const reached = point.reached(sandbox, count, over.signal).then(() => point.name);
    await bot.ready;
    const readyAt = performance.now();
    if (openIn(sandbox, work).length < mostOpen) doWork(sandbox, work, round);
    const name = await Promise.race([reached, pause(pointWithin).then(() => undefined)]);
    bot.kill();
    terminal?.kill();
    terminal = undefined;
    over.abort();
    sandbox.discord.calm();
    if (!name) anyMoment += 1;
    const open = openIn(sandbox, work);
    recovery.killed(name ?? 'at any moment', readyAt, open);
    if (round % terminalEvery === 0) {
      const file = newFile(work, 'clean');
      work.terminals.push({ round, names: [file.name] });
      terminal = await scan(file);
    }
    if (round % 25 === 0) said?.(`${round} kills, ${open.length} open`);
  }
  const last = start();
  await last.ready;
  const readyAt = performance.now();
  for (const until = performance.now() + settledWithin; performance.now() < until; await pause(200)) {
    if (isClean(faultsOf(sandbox, work)) && (await campaign.unfinished()) === 0) break;
  }
  // Whatever would come twice has time to.
  await pause(2_000);
  last.kill();
  terminal?.kill();
  recovery.killed('', readyAt, []);
  const faults = faultsOf(sandbox, work);
  const unfinished = await campaign.unfinished();
  if (unfinished > 0) faults.lost.push(`${unfinished} scans in the store`);
  return { faults, recoveries: recovery.times, anyMoment };
}
