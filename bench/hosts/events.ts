import { setTimeout as pause } from 'node:timers/promises';
import type { PostgresServer } from '../../test/fixtures/postgres.ts';
import type { Fleet, Host } from './fleet.ts';

/** What an event can do. */
export interface Stage {
  fleet: Fleet;
  postgres: Pick<PostgresServer, 'start' | 'stop'>;
  random(): number;
}

/** For how long a shard was with nobody who could serve it. */
interface Takeover {
  shard: number;
  ms: number;
}

/** Something that goes wrong, or is done on purpose, while people use the bot. */
export interface Happening {
  name: string;
  /** Resolves when it is over; with the shards that other hosts took meanwhile. */
  happen(stage: Stage): Promise<Takeover[]>;
}

/** Longer than a lease, which is 30 s. */
const longerThanLease = [35_000, 45_000] as const;
const takenWithin = 120_000;

const between = ([least, most]: readonly [number, number], random: () => number) => least + random() * (most - least);

/** A host that has shards. */
function someHost({ fleet, random }: Stage): Host {
  const busy = fleet.hosts.filter((one) => shardsOf(fleet, one).length > 0);
  const host = busy[Math.floor(random() * busy.length)];
  if (!host) throw new Error('no host has a shard');
  return host;
}

const shardsOf = ({ holders }: Fleet, host: Host) =>
  [...holders].flatMap(([shard, { host: holder }]) => (holder === host ? shard : []));

/** Resolves when others have connected these shards; with how long each took from `since` on. */
async function taken({ fleet }: Stage, shards: readonly number[], since: number): Promise<Takeover[]> {
  const times = new Map<number, number>();
  for (const until = Date.now() + takenWithin; times.size < shards.length; await pause(50)) {
    if (Date.now() > until)
      throw new Error(`shards ${shards.filter((shard) => !times.has(shard))} were not taken over`);
    for (const shard of shards) {
      const at = fleet.holders.get(shard)?.since ?? 0;
      if (at >= since && !times.has(shard)) times.set(shard, at - since);
    }
  }
  return [...times].map(([shard, ms]) => ({ shard, ms }));
}

const kill: Happening = {
  name: 'kill a host, start it again',
  async happen(stage) {
    const host = someHost(stage);
    const shards = shardsOf(stage.fleet, host);
    const since = Date.now();
    await host.end('SIGKILL');
    const takeovers = await taken(stage, shards, since);
    await host.start();
    return takeovers;
  },
};

const freeze: Happening = {
  name: 'pause a host for longer than a lease',
  async happen(stage) {
    const host = someHost(stage);
    const shards = shardsOf(stage.fleet, host);
    const since = Date.now();
    host.bot().kill('SIGSTOP');
    const [takeovers] = await Promise.all([
      taken(stage, shards, since),
      pause(between(longerThanLease, stage.random)),
    ]).finally(() => host.bot().kill('SIGCONT'));
    return takeovers;
  },
};

/** Cuts a wire of one host. Whether others must have taken its shards by then depends on what it is cut off from. */
function cutOff(
  what: keyof Host['wires'],
  where: string,
  silent: boolean,
  times: readonly [number, number],
): Happening {
  return {
    name: `cut a host off from ${where}: ${silent ? 'silence' : 'refusal'}`,
    async happen(stage) {
      const host = someHost(stage);
      const shards = what === 'database' ? shardsOf(stage.fleet, host) : [];
      const since = Date.now();
      host.wires[what].cut(silent);
      const [takeovers] = await Promise.all([taken(stage, shards, since), pause(between(times, stage.random))]).finally(
        () => host.wires[what].mend(),
      );
      return takeovers;
    },
  };
}

/** The host must keep its shards. */
const forget: Happening = {
  name: "forget a host's connections to the database",
  async happen(stage) {
    const host = someHost(stage);
    const shards = shardsOf(stage.fleet, host);
    host.wires.database.forget();
    await pause(between(longerThanLease, stage.random)).finally(() => host.wires.database.mend());
    const kept = shardsOf(stage.fleet, host);
    if (shards.some((shard) => !kept.includes(shard))) throw new Error(`${host.name} has lost its shards ${shards}`);
    return [];
  },
};

const restartDatabase: Happening = {
  name: 'restart PostgreSQL',
  async happen({ postgres, random }) {
    await postgres.stop();
    await pause(between([1_000, 8_000], random));
    await postgres.start();
    return [];
  },
};

const roll: Happening = {
  name: 'roll all hosts, one by one',
  async happen(stage) {
    const takeovers: Takeover[] = [];
    for (const host of stage.fleet.hosts) {
      const shards = shardsOf(stage.fleet, host);
      const since = Date.now();
      await host.end('SIGTERM');
      const others = taken(stage, shards, since);
      await host.start();
      takeovers.push(...(await others));
    }
    return takeovers;
  },
};

export const happenings = {
  kill,
  freeze,
  databaseSilent: cutOff('database', 'the database', true, longerThanLease),
  databaseRefused: cutOff('database', 'the database', false, longerThanLease),
  databaseForgotten: forget,
  discordSilent: cutOff('discord', 'Discord', true, longerThanLease),
  discordRefused: cutOff('discord', 'Discord', false, longerThanLease),
  virusTotal: cutOff('virusTotal', 'VirusTotal', true, [10_000, 30_000]),
  restartDatabase,
  roll,
} satisfies Record<string, Happening>;
