import { setTimeout as pause } from 'node:timers/promises';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import type { Point } from './points.ts';
import { doWork, type Faults, faultsOf, isClean, noWork, type Work } from './work.ts';

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
  kills: readonly Kill[];
  said?(line: string): void;
}

export interface Outcome {
  faults: Faults;
  /** By the name of the point: how long after it was ready the next bot went on with what was left, in ms. */
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

/** Starts the bot and kills it, again and again, while people use it. At the end it is left in peace. */
export async function campaign({ sandbox, start, kills, said }: Campaign): Promise<Outcome> {
  const work = noWork([72]);
  const recoveries = new Map<string, number[]>();
  let anyMoment = 0;
  let before: string | undefined;
  for (const [index, { point, count }] of kills.entries()) {
    const round = index + 1;
    const went = firstMove(sandbox);
    const bot = start();
    const over = new AbortController();
    const reached = point.reached(sandbox, count, over.signal).then(() => point.name);
    await bot.ready;
    const readyAt = performance.now();
    const open = faultsOf(sandbox, work).lost.length;
    if (before && open > 0) {
      const names = before;
      void went.then((at) => push(recoveries, names, Math.max(0, at - readyAt)));
    }
    if (open < mostOpen) doWork(sandbox, work, round);
    const name = await Promise.race([reached, pause(pointWithin).then(() => undefined)]);
    bot.kill();
    over.abort();
    sandbox.discord.calm();
    if (!name) anyMoment += 1;
    before = name ?? 'at any moment';
    if (round % 25 === 0) said?.(`${round} kills, ${open} open`);
  }
  const last = start();
  await last.ready;
  await settled(sandbox, work);
  last.kill();
  return { faults: faultsOf(sandbox, work), recoveries, anyMoment };
}

/** When the bot first does something that shows, after its start. */
function firstMove({ discord, virusTotal }: Sandbox): Promise<number> {
  return new Promise((resolve) => {
    const stops = [
      virusTotal.on((event) => {
        if (event.type === 'arrived' && !event.endpoint.startsWith('GET /users')) done();
      }),
      discord.on(({ type }) => {
        if (/message(Created|Edited|Deleted)|reaction/i.test(type)) done();
      }),
    ];
    const done = () => {
      for (const stop of stops) stop();
      resolve(performance.now());
    };
  });
}

async function settled(sandbox: Sandbox, work: Work): Promise<void> {
  for (const until = performance.now() + settledWithin; performance.now() < until; await pause(200)) {
    if (isClean(faultsOf(sandbox, work))) break;
  }
  // Whatever would come twice has time to.
  await pause(2_000);
}

function push(into: Map<string, number[]>, name: string, ms: number): void {
  into.set(name, [...(into.get(name) ?? []), ms]);
}
