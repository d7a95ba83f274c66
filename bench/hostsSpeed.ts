import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { z } from 'zod';
import { startSandbox } from '../sandbox/sandbox.ts';
import { systemClock } from '../src/scan/clock.ts';
import { postgresServer } from '../test/fixtures/postgres.ts';
import { fleetOf } from './hosts/fleet.ts';
import { openPlaces } from './hosts/places.ts';
import { processorTime, tick } from './processorTime.ts';
import { figure, table } from './quota/table.ts';

/**
 * `npm run bench:hosts -- --hosts 1,2,4`: verdicts a minute with a premium key of 1,000 calls a minute, while members post new
 * files of 1 MB, about as many as the key can scan; and what a file costs the hosts and the database beyond what they
 * use without files. Everything runs on one machine, so the costs say more than the rate. It reads `/proc`, so it needs Linux.
 */
const { values } = parseArgs({ options: { hosts: { type: 'string', default: '1,2,4' } } });
const limits = { perMinute: 1_000, perDay: 1_000_000, perMonth: 10_000_000 };
const [shards, servers, fileSize] = [4, 40, 1_000_000];
/** Ms. An unknown file costs at least three calls, so that the key scans at most 333 a minute. 300 are posted. */
const postEvery = 200;
/** In ms. The idle window begins when all shards have been connected for a while. */
const [settling, idle, warmUp, measured] = [5_000, 15_000, 20_000, 30_000];
const connectedWithin = 120_000;
/** A fixed delay between polls, since the scheduler would first learn how long an analysis takes. Seconds. */
const [analysisTime, pollSeconds] = [2_000, '3'];
const names = ['first', 'second', 'third', 'fourth'];

const number = z.coerce.number();
const counts = z.array(
  z.object({ scans: number, settled: number, transactions: number, size: number, connections: number }),
);
const counting = `SELECT (SELECT count(*) FROM vtscan.scans) AS scans, xact_commit + xact_rollback AS transactions,
  (SELECT count(*) FROM vtscan.scans WHERE stage = 'settled') AS settled, pg_database_size(datname) AS size,
  (SELECT count(*) FROM pg_stat_activity WHERE application_name = 'vtscan') AS connections
  FROM pg_stat_database WHERE datname = current_database()`;

const head = ['hosts', 'posted a minute', 'verdicts a minute', 'calls a file', 'requests to Discord a file'];
const costs = ['CPU of hosts, ms a file', 'CPU of PostgreSQL, ms a file', 'transactions a file', 'bytes a scan'];
const idling = ['connections', 'idle host: CPU, ms a s', 'transactions a s'];
const rows: string[][] = [];
for (const count of values.hosts.split(',').map(Number)) {
  rows.push([String(count), ...(await measure(count)).map(figure)]);
  process.stderr.write(`${rows.at(-1)?.join(' | ')}\n`);
}
console.log(table([...head, ...costs, ...idling], rows));

async function measure(hosts: number): Promise<number[]> {
  const sandbox = await startSandbox({
    clock: systemClock,
    discord: { shards },
    virusTotal: { analysisTime: () => analysisTime, ...limits },
  });
  const postgres = await postgresServer();
  await postgres.start();
  const fleet = await fleetOf(names.slice(0, hosts), sandbox, postgres.url, {
    VIRUSTOTAL_PER_MINUTE: String(limits.perMinute),
    VIRUSTOTAL_PER_DAY: String(limits.perDay),
    VIRUSTOTAL_PER_MONTH: String(limits.perMonth),
    VIRUSTOTAL_POLL_SECONDS: pollSeconds,
  });
  const killed = () => {
    for (const host of fleet.hosts) host.bot().killAll('SIGKILL');
  };
  process.once('exit', killed);
  const database = new Client(postgres.url);
  try {
    await database.connect();
    const places = await openPlaces(sandbox.discord, servers, { dir: '', url: postgres.url });
    await Promise.all(fleet.hosts.map((host) => host.start()));
    const isConnected = () =>
      fleet.holders.size === shards && new Set([...fleet.holders.values()].map(({ host }) => host)).size === hosts;
    for (const until = Date.now() + connectedWithin; !isConnected(); await systemClock.sleep(200))
      if (Date.now() > until) throw new Error('not every host has a shard');

    const sum = async () => {
      const cpu = await Promise.all(fleet.hosts.map((host) => processorTime(host.bot())));
      const [stored] = counts.parse((await database.query(counting)).rows);
      if (!stored) throw new Error('the database has no statistics');
      return {
        at: Date.now(),
        cpu: cpu.reduce((all, one) => all + one, 0),
        postgres: await processorTimeOfServer(database),
        calls: sandbox.virusTotal.requests.filter(({ cost }) => cost > 0).length,
        requests: sandbox.discord.requests.length,
        ...stored,
      };
    };
    type Sum = Awaited<ReturnType<typeof sum>>;
    const between = async (ms: number): Promise<readonly [Sum, Sum]> => {
      const before = await sum();
      await systemClock.sleep(ms);
      return [before, await sum()];
    };
    await systemClock.sleep(settling);
    const quiet = await between(idle);
    const over = new AbortController();
    const posting = (async () => {
      for (let [next, posted] = [Date.now(), 0]; !over.signal.aborted; next += postEvery, posted += 1) {
        const { channel, member } = places[posted % places.length] ?? {};
        const content = Buffer.concat([Buffer.from(`${posted}\nvtscan-sandbox: clean\n`), randomBytes(fileSize)]);
        sandbox.discord.post({ channel, member, files: [{ name: `${posted}.exe`, content }] });
        await systemClock.sleep(Math.max(0, next + postEvery - Date.now()), over.signal).catch(() => {});
      }
    })();
    await systemClock.sleep(warmUp);
    const busy = await between(measured);
    over.abort();
    await posting;

    const rate = ([before, after]: typeof busy, what: keyof Sum) =>
      (after[what] - before[what]) / (after.at - before.at);
    const files = rate(busy, 'settled');
    const perFile = (what: keyof Sum) => (rate(busy, what) - rate(quiet, what)) / files;
    const [, end] = busy;
    return [
      rate(busy, 'scans') * 60_000,
      files * 60_000,
      perFile('calls'),
      perFile('requests'),
      perFile('cpu'),
      perFile('postgres'),
      perFile('transactions'),
      (end.size - quiet[1].size) / end.scans,
      end.connections,
      (rate(quiet, 'cpu') * 1_000) / hosts,
      (rate(quiet, 'transactions') * 1_000) / hosts,
    ];
  } finally {
    process.off('exit', killed);
    await fleet.close();
    await database.end();
    await postgres.remove();
    await sandbox.close();
  }
}

/** All processes of the server, those that have ended included: ms. */
async function processorTimeOfServer(database: Client): Promise<number> {
  const [backend] = z
    .array(z.object({ pid: z.number() }))
    .parse((await database.query('SELECT pg_backend_pid() AS pid')).rows);
  const stats = await Promise.all(
    (await readdir('/proc'))
      .filter((name) => /^\d+$/.test(name))
      .map(async (pid) => {
        const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
        return { pid: Number(pid), fields: (text.split(') ')[1]?.split(' ') ?? []).map(Number) };
      }),
  );
  const server = stats.find(({ pid }) => pid === backend?.pid)?.fields[1];
  // Fields 11 to 14 are the times of the process in user and system mode, and those of its children that have ended.
  return stats
    .filter(({ pid, fields }) => pid === server || fields[1] === server)
    .reduce((all, { fields }) => all + fields.slice(11, 15).reduce((sum, ticks) => sum + ticks, 0) * tick, 0);
}
