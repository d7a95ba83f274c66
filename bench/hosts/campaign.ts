import { setTimeout as pause } from 'node:timers/promises';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { type Faults, faultsOf, isClean, isRefused } from '../kills/faults.ts';
import { doWork, noWork, type Place, type Work } from '../kills/work.ts';
import type { Happening, Stage } from './events.ts';
import { acts } from './places.ts';

interface Campaign extends Stage {
  sandbox: Sandbox;
  places: readonly Place[];
  /** What happens, in this order. */
  happenings: Iterable<Happening>;
  /** How long people wait between two rounds of work, in ms: in the mean. */
  every: number;
  said(line: string): void;
}

/** What came of the events of one kind. */
export interface Outcome {
  times: number;
  /** In ms, of each shard. */
  takeovers: number[];
  /** Commands and messages meanwhile. */
  work: number;
  /** Commands that no host took within Discord's three seconds, or that the bot itself asked to try again. */
  refused: number;
  faults: Faults;
}

const settledWithin = 120_000;
/** A store that has failed is tried again after a minute. */
const finishedWithin = 360_000;

/** Lets things happen to hosts, one after the other, while people use the bot. Returns what came of each kind, by its name. */
export async function campaign(campaign: Campaign): Promise<Map<string, Outcome>> {
  const { sandbox, places, fleet, random, every, said } = campaign;
  const work = noWork(acts);
  const names: string[] = [];
  const takeovers: number[][] = [];
  let over = false;

  async function people(): Promise<void> {
    while (!over) {
      const place = places[Math.floor(random() * places.length)];
      if (place) doWork(sandbox, work, names.length, place);
      await pause(every * (0.5 + random()));
    }
  }

  await settled(campaign);
  const flood = people();
  for (const { name, happen } of campaign.happenings) {
    names.push(name);
    const since = Date.now();
    said(`${names.length}. ${name}`);
    takeovers.push((await happen(campaign)).map(({ ms }) => ms));
    await settled(campaign);
    await pause(2_000 + 3_000 * random());
    const open = faultsOf(sandbox, work).lost.length;
    said(
      `   over after ${seconds(Date.now() - since)} s; shards moved after ${takeovers.at(-1)?.map(seconds)} s; ${open} open`,
    );
  }
  over = true;
  await flood;
  for (const until = Date.now() + finishedWithin; Date.now() < until && !isClean(faultsOf(sandbox, work)); )
    await pause(500);
  // Whatever would come twice has time to.
  await pause(3_000);
  for (const { name, crashes } of fleet.hosts) if (crashes() > 0) said(`${name} ended by itself ${crashes()} times`);

  const kinds = [...new Set(names)].map((kind) => {
    const rounds = new Set(names.flatMap((name, index) => (name === kind ? index + 1 : [])));
    const own = during(work, rounds);
    const refused = own.commands.filter(isRefused).length;
    const moved = takeovers.filter((_, index) => rounds.has(index + 1)).flat();
    const outcome = {
      times: rounds.size,
      takeovers: moved,
      work: own.commands.length + own.messages.length,
      refused,
    };
    return [kind, { ...outcome, faults: faultsOf(sandbox, own) }] as const;
  });
  return new Map(kinds);
}

/** Resolves when every shard is connected once, by a host that runs. */
async function settled({ fleet, sandbox: { discord } }: Pick<Campaign, 'fleet' | 'sandbox'>): Promise<void> {
  const isSettled = () => fleet.holders.size === discord.world.shards && discord.connections() === discord.world.shards;
  for (const until = Date.now() + settledWithin; !isSettled(); await pause(100))
    if (Date.now() > until)
      throw new Error(
        `only the shards ${[...fleet.holders.keys()]} are connected, ${discord.connections()} connections`,
      );
}

const during = ({ commands, messages, ...rest }: Work, rounds: ReadonlySet<number>): Work => ({
  ...rest,
  commands: commands.filter(({ round }) => rounds.has(round)),
  messages: messages.filter(({ round }) => rounds.has(round)),
});

export const seconds = (ms: number) => (ms / 1_000).toFixed(1);
