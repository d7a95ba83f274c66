import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startSandbox } from '../sandbox/sandbox.ts';
import { systemClock } from '../src/scan/clock.ts';
import { postgresServer } from '../test/fixtures/postgres.ts';
import { campaign, type Outcome, seconds } from './hosts/campaign.ts';
import { type Happening, happenings } from './hosts/events.ts';
import { fleetOf, limits } from './hosts/fleet.ts';
import { openPlaces } from './hosts/places.ts';
import { isClean } from './kills/faults.ts';
import { seeded } from './quota/random.ts';
import { table } from './quota/table.ts';
import { median } from './scan/figures.ts';

/**
 * `npm run hosts -- --seed 1 --minutes 10`: three hosts, started by the bot's own command, with one PostgreSQL and 60 servers on
 * six shards, while people use them and hosts, networks and the database fail. At the end it says how long shards were with
 * nobody, what was lost and what was done twice. Ends with 1 if anything was. `--only kill,roll` lets only these things happen.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '10' },
    only: { type: 'string', default: Object.keys(happenings).join() },
  },
});
const [shards, servers, every] = [6, 60, 3_000];
const random = seeded(Number(values.seed));
const chosen = Object.entries(happenings).flatMap(([name, one]) => (values.only.split(',').includes(name) ? one : []));
const sandbox = await startSandbox({
  clock: systemClock,
  discord: { shards, sessionsEvery: 5_000 },
  virusTotal: { analysisTime: () => 1_500, ...limits },
});
const postgres = await postgresServer();
await postgres.start();
const fleet = await fleetOf(['first', 'second', 'third'], sandbox, postgres.url);
process.once('exit', () => {
  for (const host of fleet.hosts) host.bot().killAll('SIGKILL');
});
try {
  const places = await openPlaces(sandbox.discord, servers, { dir: '', url: postgres.url });
  await Promise.all(fleet.hosts.map((host) => host.start()));
  const until = Date.now() + Number(values.minutes) * 60_000;
  const outcome = await campaign({
    sandbox,
    places,
    fleet,
    postgres,
    random,
    every,
    happenings: untilThen(until),
    said,
  });
  report(outcome);
  if (process.exitCode) await keepLogs();
} finally {
  await fleet.close();
  await postgres.remove();
  await sandbox.close();
}

/** All of them in a random order, again and again, until the time is over. */
function* untilThen(until: number): Generator<Happening> {
  while (Date.now() < until) {
    for (const one of shuffled(chosen)) if (Date.now() < until) yield one;
  }
}

function shuffled<One>(all: readonly One[]): One[] {
  return all
    .map((one) => ({ one, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one);
}

async function keepLogs(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'vtscan-hosts-logs-'));
  for (const { name, log } of fleet.hosts) await writeFile(join(dir, `${name}.log`), log());
  console.log(`\nWhat the hosts logged is in ${dir}.`);
}

function said(line: string): void {
  process.stderr.write(`${line}\n`);
}

function report(outcomes: ReadonlyMap<string, Outcome>): void {
  console.log(
    `seed ${values.seed}, ${values.minutes} minutes, ${fleet.hosts.length} hosts, ${shards} shards, ${servers} servers\n`,
  );
  const head = [
    'what happened',
    'times',
    'shards moved',
    'median, s',
    'worst, s',
    'commands and messages',
    'refused',
    'lost',
  ];
  const rows = [...outcomes].map(([name, { times, takeovers, work, refused, faults }]) => {
    const [typical, worst] =
      takeovers.length > 0 ? [seconds(median(takeovers)), seconds(Math.max(...takeovers))] : ['', ''];
    const counts = [
      faults.lost,
      faults.doubledReplies,
      faults.doubledAlerts,
      faults.doubledUploads,
      faults.doubledActs,
    ];
    return [
      name,
      ...[times, takeovers.length].map(String),
      typical,
      worst,
      ...[work, refused].map(String),
      ...counts.map(({ length }) => String(length)),
    ];
  });
  console.log(table([...head, 'replies twice', 'alerts twice', 'uploads twice', 'acts twice'], rows));
  for (const [name, { faults }] of outcomes)
    for (const what of Object.values(faults).flat()) console.log(`- ${name}: ${what}`);
  const tooSoon = sandbox.discord.refusals.filter(({ method }) => method === 'IDENTIFY').length;
  console.log(
    `\n${tooSoon} sessions with Discord began too soon after one that another host had begun just before its end.`,
  );
  if ([...outcomes.values()].some(({ faults }) => !isClean(faults))) process.exitCode = 1;
}
