import { setMaxListeners } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import axios from 'axios';
import { openKeys } from '../src/app/openKeys.ts';
import { createKeyring } from '../src/keys/keyring.ts';
import { createLines, type Line } from '../src/keys/lines.ts';
import { payingEngine } from '../src/keys/payingEngine.ts';
import type { ServerKey } from '../src/keys/storedKey.ts';
import type { QuotaState } from '../src/quota/ledger.ts';
import { type Limits, publicLimits } from '../src/quota/limits.ts';
import { createOutage } from '../src/quota/outage.ts';
import { scheduled } from '../src/quota/scheduled.ts';
import { createScheduler, type Scheduler } from '../src/quota/scheduler.ts';
import { systemClock } from '../src/scan/clock.ts';
import { createSealer } from '../src/secrets/sealer.ts';
import { secretKeyOf } from '../src/secrets/secretKey.ts';
import { openStore } from '../src/store/store.ts';
import { askOf } from '../test/fixtures/ask.ts';
import { memoryCalls } from '../test/fixtures/memoryCalls.ts';
import { memoryCollection } from '../test/fixtures/memoryStore.ts';
import { virtualClock } from '../test/fixtures/virtualClock.ts';

/** `npm run bench:keys`: what the keys of many servers cost in one process, against one key, in one run. */

/** In the store and in use: `npm run bench:keys -- 1000` measures fewer. */
const many = Number(process.argv[2] ?? 5_000);
const waiting = 10;
const perMinute = publicLimits.perMinute;
const noon = Date.UTC(2026, 2, 10, 12);
const secret = secretKeyOf(Buffer.alloc(32, 7));
const keyOf = (server: number) => server.toString(16).padStart(64, '0');
const stop = new AbortController();
setMaxListeners(0, stop.signal);

/** Keys of so many servers, in front of a service that answers after 300 ms of virtual time. */
async function keysOf(servers: number, limits: Limits) {
  const clock = virtualClock(noon);
  const outage = createOutage(clock, () => {});
  // What is saved is in a store, not in memory.
  const state = { ...memoryCollection<QuotaState>(), set: async () => {} };
  const shared = { clock, calls: memoryCalls(clock.now), outage, state, limits, log: () => {} };
  const lookUp = async () => {
    await clock.sleep(300);
    return undefined;
  };
  const service = { lookUp, upload: lost, submit: lost, poll: lost, usage: async () => undefined, uploadCost: () => 1 };
  const schedulers: Scheduler[] = [];
  async function create(name: string): Promise<Line> {
    const scheduler = await createScheduler({ ...shared, key: name });
    schedulers.push(scheduler);
    return { scheduler, engine: scheduled(service, scheduler) };
  }
  const keyring = createKeyring({
    records: memoryCollection<ServerKey>(),
    sealer: createSealer({ keys: [secret], file: '' }),
    own: 'of the operator',
    sharing: 'all',
    salt: async () => 'salt',
    news: { tell: () => {}, next: () => new Promise(() => {}) },
    stop: stop.signal,
  });
  for (let server = 0; server < servers; server++)
    await keyring.set({ guild: `${server}`, by: 'm', at: noon, limits, mayFallBack: false }, keyOf(server));
  const lines = createLines({ create: ({ name }) => create(name), clock });
  const engine = payingEngine({ keyring, own: await create(''), lines });
  let answered = 0;
  const ask = (server: number, n: number) => {
    const asker = {
      urgency: n % 3 ? 'automatic' : 'interactive',
      server: `${server}`,
      member: `${n}`,
      since: n,
    } as const;
    const hash = `${server}-${n}`;
    engine.lookUp({ kind: 'file', hash }, askOf(asker, stop.signal)).then(
      () => {
        answered += 1;
      },
      () => {},
    );
  };
  return { clock, ask, answered: () => answered, lines, schedulers };
}

const lost = async () => {
  throw new Error('not asked for here');
};

async function heap(): Promise<number> {
  for (let round = 0; round < 4; round++) {
    await setImmediate();
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

/** Bytes of heap for each key: once it was used and nothing waits, and with calls in its line. */
async function memory() {
  const { clock, ask, answered, lines, schedulers } = await keysOf(many, publicLimits);
  const before = await heap();
  const all = Array.from({ length: many }, (_, server) => server);
  for (const server of all) ask(server, 0);
  await clock.runWhile(() => answered() < many);
  // The slots of the minute come free.
  await clock.runUntil(clock.now() + 120_000);
  const idle = (await heap()) - before;
  if (lines.open() !== many) throw new Error(`${lines.open()} keys are open`);
  // People take the slots of the minute. The others wait.
  for (const server of all) for (let n = 0; n < perMinute; n++) ask(server, 3 * n);
  await clock.runUntil(clock.now() + 1_000);
  for (const server of all) for (let n = 1; n <= waiting; n++) ask(server, n);
  await clock.runUntil(clock.now() + 2_000);
  const busy = (await heap()) - before;
  for (const { interactive, automatic } of schedulers.slice(1).map((one) => one.overview().waiting))
    if (interactive + automatic !== waiting) throw new Error(`${interactive + automatic} calls wait`);
  return { idle: idle / many, busy: busy / many };
}

/** Microseconds of the processor for one call, all told, when the lines are open. Each key makes four calls a round. */
async function dispatch(servers: number, rounds: number): Promise<number> {
  const { clock, ask, answered } = await keysOf(servers, { perMinute: 4, perDay: 1e9, perMonth: 1e9 });
  let asked = 0;
  async function round(): Promise<void> {
    for (let server = 0; server < servers; server++) for (let n = 0; n < 4; n++) ask(server, asked + n);
    asked += servers * 4;
    await clock.runWhile(() => answered() < asked);
    await clock.runUntil(clock.now() + 61_000);
  }
  await round();
  const began = process.cpuUsage();
  for (let n = 0; n < rounds; n++) await round();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / (servers * 4 * rounds);
}

/** Milliseconds that opening the keys of a store takes, and encrypting anew what is old: the best of three, as other programs run too. */
async function start(servers: number): Promise<number> {
  const dir = await mkdtemp(join(tmpdir(), 'vtscan-keys-'));
  const service = {
    key: 'operator',
    version: '3',
    url: 'http://127.0.0.1:1',
    user: undefined,
    limits: publicLimits,
  } as const;
  const config = {
    virusTotal: { ...service, pollSeconds: undefined },
    sharedKey: 'all',
    secretKeys: [secret],
    dataDir: dir,
    databaseUrl: undefined,
  } as const;
  const open = async () => {
    const store = await openStore({ dir, clock: systemClock, log: () => {} });
    const parts = {
      store,
      config,
      http: axios.create(),
      clock: systemClock,
      queueName: 'quota',
      log: () => {},
      salt: async () => 'salt',
    };
    const keys = await openKeys(parts);
    return { keys, close: () => keys.stop().then(() => store.close()) };
  };
  const first = await open();
  for (let server = 0; server < servers; server++)
    await first.keys.keyring.set(
      { guild: `${server}`, by: 'm', at: noon, limits: publicLimits, mayFallBack: false },
      keyOf(server),
    );
  await first.close();
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round++) {
    const began = performance.now();
    const again = await open();
    await again.keys.keyring.reseal(() => true);
    best = Math.min(best, performance.now() - began);
    await again.close();
  }
  await rm(dir, { recursive: true });
  return best;
}

const { idle, busy } = await memory();
await dispatch(1, 200);
const [one, all] = [await dispatch(1, 500), await dispatch(many, 1)];
const [startOne, startAll] = [await start(1), await start(many)];
const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
const goals = [
  { what: `memory of an idle key (${many} in use)`, is: kB(idle), goal: 'at most 20 kB', met: idle <= 20_000 },
  { what: `memory of a key with ${waiting} calls waiting`, is: kB(busy), goal: 'at most 100 kB', met: busy <= 100_000 },
  {
    what: `cost of a call, ${many} keys to one`,
    is: `${(all / one).toFixed(2)} (${all.toFixed(0)} to ${one.toFixed(0)} µs)`,
    goal: 'at most 1.5',
    met: all <= 1.5 * one,
  },
  {
    what: `start with ${many} stored keys, more than with one`,
    is: `${(startAll - startOne).toFixed(0)} ms (${startAll.toFixed(0)} to ${startOne.toFixed(0)} ms)`,
    goal: 'at most 1000 ms',
    met: startAll - startOne <= 1_000,
  },
];
for (const { what, is, goal, met } of goals) console.log(`${met ? '✔' : '✖'} ${what}: ${is}, ${goal}`);
process.exitCode = goals.every(({ met }) => met) ? 0 : 1;
process.exit();
