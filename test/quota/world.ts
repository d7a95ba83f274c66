import type { Analysing } from '../../src/inquiry/inquiry.ts';
import type { Subject } from '../../src/inquiry/subject.ts';
import type { CallTable } from '../../src/quota/keyState.ts';
import type { QuotaState } from '../../src/quota/ledger.ts';
import type { Limits } from '../../src/quota/limits.ts';
import type { Outage } from '../../src/quota/outage.ts';
import { scheduled } from '../../src/quota/scheduled.ts';
import { createScheduler, type QuotaEvent, type Scheduler } from '../../src/quota/scheduler.ts';
import { Failure } from '../../src/scan/failure.ts';
import type { Ask, Asker, Collection, Engine, Place, Usage } from '../../src/scan/ports.ts';
import type { Report } from '../../src/verdict/report.ts';
import { memoryCalls } from '../fixtures/memoryCalls.ts';
import { memoryCollection } from '../fixtures/memoryStore.ts';
import { type VirtualClock, virtualClock } from '../fixtures/virtualClock.ts';

export interface Arrival {
  /** The service's own time: ms since the epoch. */
  at: number;
  /** Counts the arrivals at all services. */
  nth: number;
  what: string;
  asker: Asker;
}

/** How the service treats the next call. */
interface Treatment {
  /** Milliseconds until the call arrives, and from there until it is answered. */
  there: number;
  back: number;
  fails?: Failure | undefined;
}

/** A service that counts what arrives by its own clock, which nobody sets, and a scheduler in front of it. */
export interface World {
  clock: VirtualClock;
  arrivals: Arrival[];
  /** What was answered without a failure. */
  served: string[];
  events: QuotaEvent[];
  state: Collection<QuotaState>;
  /** Consulted for each call. */
  treat(what: string): Treatment;
  /** Answered by the quota endpoint. */
  usage(): Promise<Usage | undefined>;
  analysisTime(sha256: string): number;
  known: Set<string>;
  engine: Engine;
  scheduler: Scheduler;
  /** Ends the process without a word and starts another on what was saved. */
  restart(): Promise<void>;
}

let nth = 0;

export const noon = Date.UTC(2026, 2, 10, 12);
export const keyLimits: Limits = { perMinute: 4, perDay: 500, perMonth: 15_500 };

export async function createWorld({
  start = noon,
  limits = keyLimits,
  pollSeconds,
  clock = virtualClock(start),
  calls = memoryCalls(clock.now),
  usage = async () => undefined,
  uploadCost = 1,
  outage,
  key = '',
  state = memoryCollection<QuotaState>(),
}: {
  start?: number;
  limits?: Limits;
  pollSeconds?: number;
  /** What it shares with other worlds, on one clock. */
  calls?: CallTable;
  clock?: VirtualClock;
  usage?: () => Promise<Usage | undefined>;
  uploadCost?: number;
  outage?: Outage;
  key?: string;
  state?: Collection<QuotaState>;
} = {}): Promise<World> {
  const submitted = new Map<string, number>();
  const report: Report = { engines: [], analysedAt: 0, link: '' };
  const serverNow = () => start + clock.elapsed();

  async function call<T>(what: string, ask: Ask, answer: () => T): Promise<T> {
    const { there, back, fails } = world.treat(what);
    const asker = ask.asker();
    await clock.sleep(there);
    world.arrivals.push({ at: serverNow(), nth: nth++, what, asker });
    if (fails) {
      await clock.sleep(back);
      throw fails;
    }
    world.served.push(what);
    const result = answer();
    await clock.sleep(back);
    return result;
  }

  const bare: Engine = {
    lookUp: (subject, ask) =>
      call(`look up ${hashOf(subject)}`, ask, () =>
        world.known.has(hashOf(subject)) ? { report, lastSubmitted: undefined } : undefined,
      ),
    submit: (subject, ask) => call(`submit ${hashOf(subject)}`, ask, () => hashOf(subject)),
    upload: ({ sha256 }, ask) =>
      call(`upload ${sha256}`, ask, () => {
        submitted.set(sha256, serverNow());
        return sha256;
      }),
    poll: ({ subject }, ask) =>
      call(`poll ${hashOf(subject)}`, ask, () => {
        const hash = hashOf(subject);
        const finished = serverNow() >= (submitted.get(hash) ?? 0) + world.analysisTime(hash);
        return { finished, report };
      }),
    usage: () => world.usage(),
    uploadCost: () => uploadCost,
  };

  const world: World = {
    clock,
    arrivals: [],
    served: [],
    events: [],
    state,
    treat: () => ({ there: 100, back: 200 }),
    usage,
    analysisTime: () => 60_000,
    known: new Set(),
    engine: bare,
    scheduler: undefined as never,
    async restart() {
      const { scheduler } = world;
      const saved = await world.state.get(key === '' ? 'quota' : key);
      world.state = memoryCollection();
      if (saved) await world.state.set(key === '' ? 'quota' : key, saved);
      await scheduler.stop();
      await open();
    },
  };

  async function open(): Promise<void> {
    const log = (event: QuotaEvent) => void world.events.push(event);
    world.scheduler = await createScheduler({
      clock,
      limits,
      state: world.state,
      pollSeconds,
      calls,
      key,
      outage,
      log,
    });
    world.engine = scheduled(bare, world.scheduler);
  }
  await open();
  return world;
}

export interface Asking extends Ask {
  places: (Place | undefined)[];
  raise(): void;
  abort(): void;
}

export function asking(asker: Partial<Asker> = {}): Asking {
  let who: Asker = { urgency: 'automatic', server: 'a', member: undefined, since: noon, ...asker };
  const ended = new AbortController();
  const listeners = new Set<() => void>();
  const places: (Place | undefined)[] = [];
  return {
    places,
    asker: () => who,
    askers: () => [who],
    joined(heard) {
      listeners.add(heard);
      return () => void listeners.delete(heard);
    },
    signal: ended.signal,
    waiting: (place) => void places.push(place),
    raise() {
      who = { ...who, urgency: 'interactive' };
      for (const heard of [...listeners]) heard();
    },
    abort: () => ended.abort(new Error('given up')),
  };
}

export const fileOf = (hash: string): Subject => ({ kind: 'file', hash });
const hashOf = (subject: Subject) => (subject.kind === 'file' ? subject.hash : subject.url);

/** A file from its look-up to its verdict, as the domain goes about it. */
export async function pursue({ clock, engine }: World, sha256: string, ask: Ask): Promise<number> {
  const known = await engine.lookUp(fileOf(sha256), ask);
  if (known?.report) return clock.now();
  const upload = { path: '', size: 1, sha256, name: '', password: undefined, ready: async () => {}, sent: () => {} };
  const analysisId = await engine.upload(upload, ask);
  let analysis: Analysing = {
    key: sha256,
    subject: fileOf(sha256),
    stage: 'analysing',
    analysisId,
    since: clock.now(),
    polls: 0,
    counted: 0,
  };
  for (;;) {
    if ((await engine.poll(analysis, ask)).finished) return clock.now();
    analysis = { ...analysis, polls: analysis.polls + 1, lastPollAt: clock.now() };
  }
}

export const quotaFailure = (retryAfter?: number) => new Failure('engine.quota', 'quota', { retryAfter });

/** The most calls that arrived within any window of the given length. */
export function mostIn(arrivals: readonly Arrival[], window: number): number {
  const times = arrivals.map(({ at }) => at).sort((a, b) => a - b);
  let most = 0;
  let from = 0;
  times.forEach((at, index) => {
    while ((times[from] ?? 0) <= at - window) from += 1;
    most = Math.max(most, index - from + 1);
  });
  return most;
}

/** The most calls that arrived in one UTC day, or month with 7 characters of the date. */
export function mostOn(arrivals: readonly Arrival[], characters = 10): number {
  const counts = new Map<string, number>();
  for (const { at } of arrivals) {
    const name = new Date(at).toISOString().slice(0, characters);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}
