import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { z } from 'zod';
import { startSandbox } from '../sandbox/sandbox.ts';
import { systemClock } from '../src/scan/clock.ts';
import { postgresServer } from '../test/fixtures/postgres.ts';
import { type Fleet, fleetOf } from './hosts/fleet.ts';
import { openPlaces } from './hosts/places.ts';
import { processorTime } from './processorTime.ts';
import { figure, table } from './quota/table.ts';

/**
 * `npm run bench:hosts`: how many verdicts a minute 1, 2 and 4 hosts give with a premium key of 1,000 calls a minute, while
 * members post new files of 1 MB without end; and what a file costs in processor time of the hosts, calls, and the database.
 * Everything runs on one machine, so the rate says little about many: the costs of a file do. It reads `/proc`.
 */
const limits = { perMinute: 1_000, perDay: 1_000_000, perMonth: 10_000_000 };
const [shards, servers] = [4, 40];
const [fileSize, inFlight] = [1_000_000, 250];
const [warmUp, measured] = [30_000, 60_000];
const names = ['first', 'second', 'third', 'fourth'];

const number = z.coerce.number();
const statistics = z.array(z.object({ transactions: number, active: number, size: number, connections: number }));

const rows: string[][] = [];
for (const hosts of [1, 2, 4]) rows.push([String(hosts), ...(await costs(hosts)).map(figure)]);
const head = ['hosts', 'verdicts a minute', 'CPU of hosts, s a file', 'calls a file', 'transactions a file'];
console.log(table([...head, 'database active, ms a file', 'database, bytes a file', 'connections'], rows));

async function costs(count: number): Promise<number[]> {
  const sandbox = await startSandbox({
    clock: systemClock,
    discord: { shards },
    virusTotal: { analysisTime: () => 10_000, ...limits },
  });
  const postgres = await postgresServer();
  await postgres.start();
  const fleet = await fleetOf(names.slice(0, count), sandbox, postgres.url, {
    VIRUSTOTAL_PER_MINUTE: String(limits.perMinute),
    VIRUSTOTAL_PER_DAY: String(limits.perDay),
    VIRUSTOTAL_PER_MONTH: String(limits.perMonth),
    VIRUSTOTAL_POLL_SECONDS: '10',
  });
  const database = new Client(postgres.url);
  const { world } = sandbox.discord;
  try {
    await database.connect();
    const places = await openPlaces(sandbox.discord, servers, { dir: '', url: postgres.url });
    await Promise.all(fleet.hosts.map((host) => host.start()));
    while (fleet.holders.size < shards || new Set([...fleet.holders.values()].map(({ host }) => host)).size < count)
      await systemClock.sleep(200);

    /** By the message: what it has attached. */
    const open = new Map<string, readonly string[]>();
    let [posted, judged, over] = [0, 0, false];
    world.on((event) => {
      if (event.type !== 'reactionAdded' || event.emoji.name !== '✅') return;
      for (const id of open.get(event.message.id) ?? []) world.files.delete(id);
      if (open.delete(event.message.id)) judged += 1;
    });
    const posting = (async () => {
      for (; !over; await systemClock.sleep(50)) {
        for (let some = 0; some < 5 && open.size < inFlight; some += 1, posted += 1) {
          const { channel, member } = places[posted % places.length] ?? {};
          const content = Buffer.concat([Buffer.from(`${posted}\nvtscan-sandbox: clean\n`), randomBytes(fileSize)]);
          const message = sandbox.discord.post({ channel, member, files: [{ name: `${posted}.exe`, content }] });
          open.set(
            message.id,
            message.attachments.map(({ id }) => id),
          );
        }
      }
    })();
    const sum = async () => ({
      at: Date.now(),
      judged,
      cpu: await processorTimeOf(fleet),
      calls: sandbox.virusTotal.requests.filter(({ cost }) => cost > 0).length,
      ...(await statisticsOf(database)),
    });
    await systemClock.sleep(warmUp);
    const before = await sum();
    await systemClock.sleep(measured);
    const after = await sum();
    over = true;
    await posting;
    const files = after.judged - before.judged;
    const perFile = (what: 'cpu' | 'calls' | 'transactions' | 'active' | 'size') =>
      (after[what] - before[what]) / files;
    const rate = (files * 60_000) / (after.at - before.at);
    return [
      rate,
      perFile('cpu') / 1_000,
      perFile('calls'),
      perFile('transactions'),
      perFile('active'),
      perFile('size'),
      after.connections,
    ];
  } finally {
    await fleet.close();
    await database.end();
    await postgres.remove();
    await sandbox.close();
  }
}

/** Of all hosts, in ms. */
async function processorTimeOf({ hosts }: Fleet): Promise<number> {
  const times = await Promise.all(hosts.map((host) => processorTime(host.bot())));
  return times.reduce((sum, time) => sum + time, 0);
}

/** `active`: time in which the database executed statements, in ms. `size`: in bytes. */
async function statisticsOf(database: Client) {
  const asking = `SELECT xact_commit + xact_rollback AS transactions, active_time AS active,
    pg_database_size(datname) AS size, numbackends AS connections FROM pg_stat_database WHERE datname = current_database()`;
  const [row] = statistics.parse((await database.query(asking)).rows);
  if (!row) throw new Error('the database has no statistics');
  return row;
}
