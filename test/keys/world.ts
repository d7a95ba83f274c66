import { createFlight, type Flight, type Question } from '../../src/inquiry/flight.ts';
import type { Serving } from '../../src/keys/keyring.ts';
import { payingEngine } from '../../src/keys/payingEngine.ts';
import { Failure } from '../../src/scan/failure.ts';
import type { Activity, Asker, Engine } from '../../src/scan/ports.ts';
import { memoryCalls } from '../fixtures/memoryCalls.ts';
import { type VirtualClock, virtualClock } from '../fixtures/virtualClock.ts';
import { createWorld, fileOf, keyLimits, noon, type World } from '../quota/world.ts';

/** Several keys, each with a service that counts what arrives with it, and one engine in front of them. */
export interface Keys {
  clock: VirtualClock;
  /** By the name of the key. The operator's is ''. */
  worlds: Map<string, World>;
  engine: Engine;
  /** Gives a server a key, or takes it away: undefined. */
  give(server: string, key: string | undefined, mayFallBack?: boolean): void;
  stop(): Promise<void>;
}

export async function keysOf(names: readonly string[], limits = keyLimits): Promise<Keys> {
  const clock = virtualClock(noon);
  const calls = memoryCalls(clock.now);
  const worlds = new Map<string, World>();
  for (const name of ['', ...names]) worlds.set(name, await createWorld({ clock, calls, key: name, limits }));
  const worldOf = (name: string) => worlds.get(name) ?? fail(name);
  const given = new Map<string, { key: string; mayFallBack: boolean }>();
  const listeners = new Set<() => void>();

  async function serving({ server = '' }: Pick<Asker, 'server'>): Promise<Serving> {
    const own = given.get(server);
    if (!own) return { by: 'operator' };
    const { key, mayFallBack } = own;
    if (key === 'unreadable') return { by: 'unreadable', mayFallBack };
    return { by: 'server', open: { name: key, key, limits, server }, mayFallBack };
  }

  const engine = payingEngine({
    keyring: {
      serving,
      listen(heard) {
        listeners.add(heard);
        return () => void listeners.delete(heard);
      },
    },
    own: worldOf(''),
    clock,
    lines: { use: (key, work) => work(worldOf(key.name)) },
  });
  return {
    clock,
    worlds,
    engine,
    give(server, key, mayFallBack = false) {
      if (key === undefined) given.delete(server);
      else given.set(server, { key, mayFallBack });
      for (const heard of [...listeners]) heard();
    },
    async stop() {
      for (const { scheduler } of worlds.values()) await scheduler.stop();
    },
  };
}

function fail(name: string): never {
  throw new RangeError(`no key is named ${name}`);
}

/** What one server asks about a file. */
export function questionOf(
  server: string,
  hash: string,
  more: Partial<Question> = {},
): Question & { told: Activity[] } {
  const told: Activity[] = [];
  return {
    told,
    key: hash,
    subject: { kind: 'file', hash },
    mode: 'scan',
    file: { path: '', spooled: true, size: 1, sha256: hash, content: { lock: 'open' } },
    name: 'a.exe',
    password: undefined,
    ready: async () => {},
    asker: { urgency: 'automatic', server, member: undefined, since: noon },
    tell: (activity) => void told.push(activity),
    uploaded: async () => {},
    ...more,
  };
}

export function flightOf(questions: readonly Question[]): Flight {
  const [first, ...others] = questions;
  if (!first) throw new RangeError('nobody asks');
  const flight = createFlight(first);
  for (const other of others) flight.join(other);
  return flight;
}

export const badKey = () => new Failure('engine.badKey', 'refused');

export const lookUp = (keys: Keys, server: string, hash: string) =>
  keys.engine.lookUp(fileOf(hash), flightOf([questionOf(server, hash)]).ask(new AbortController().signal));

export const uploadOf = (sha256: string) => ({
  path: '',
  size: 1,
  sha256,
  name: '',
  password: undefined,
  ready: async () => {},
  sent() {},
});

export function fails(keys: Keys, name: string, failure: () => Failure): void {
  const world = keys.worlds.get(name) ?? fail(name);
  world.treat = () => ({ there: 10, back: 10, fails: failure() });
}

/** Whatever waits is given up with this signal, so that a test may end. */
export function quitting() {
  const stop = new AbortController();
  return { signal: stop.signal, quit: () => stop.abort(new Error('the test is over')) };
}
