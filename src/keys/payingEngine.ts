import { type Clock, systemClock } from '../scan/clock.ts';
import { Failure } from '../scan/failure.ts';
import type { Ask, Asker, Engine, Upload } from '../scan/ports.ts';
import { type Keyring, type OpenKey, operator } from './keyring.ts';
import type { Line } from './lines.ts';
import { type Delays, race } from './race.ts';

interface Parts {
  keyring: Pick<Keyring, 'serving' | 'listen'>;
  /** Of the operator's key. */
  own: Pick<Line, 'engine'>;
  lines: { use<T>(key: OpenKey, work: (line: Pick<Line, 'engine'>) => Promise<T>): Promise<T> };
  clock?: Pick<Clock, 'now'>;
}

/** Who pays for a call with one key. */
interface Payers {
  /** undefined: a server's own key that cannot be read. */
  line: OpenKey | typeof operator | undefined;
  askers: Asker[];
}

/**
 * An engine that makes each call with the key of a server that asks for it. What only asks goes with the key whose turn comes
 * first. What sends something goes with the key of the first who may send it; while that one does not come to its turn, with
 * the next one's.
 */
export function payingEngine({ keyring, own, lines, clock = systemClock }: Parts): Engine {
  /** By the names of the keys. Rejects if there is none and somebody needs one. `sends`: see `payingEngine`. */
  async function payersOf(askers: readonly Asker[], delays: Delays, sends: boolean): Promise<Map<string, Payers>> {
    const all = new Map<string, Payers>();
    function add(name: string, line: Payers['line'], asker: Asker): void {
      const known = all.get(name);
      if (known) known.askers.push(asker);
      else if (!sends || !isFound()) all.set(name, { line, askers: [asker] });
    }
    const isFound = () => [...all.keys()].some((name) => name !== unreadable && !delays.has(name));
    for (const asker of sends ? firstFirst(askers) : askers) {
      const serving = await keyring.serving(asker);
      if (serving.by === 'nobody') continue;
      if (serving.by === 'operator') {
        add(operator, operator, asker);
        continue;
      }
      const key = serving.by === 'server' ? serving.open : undefined;
      const name = key?.name ?? unreadable;
      add(name, name === operator ? operator : key, asker);
      if (serving.mayFallBack && delays.get(name) === 'stuck') add(operator, operator, asker);
    }
    if (all.size === 0) throw new Failure('engine.noKey', 'the server has no key of its own, and needs one');
    return all;
  }

  function callWith<T>(line: Payers['line'], ask: Ask, make: (engine: Engine, ask: Ask) => Promise<T>): Promise<T> {
    if (line === operator) return make(own.engine, ask);
    return line ? lines.use(line, ({ engine }) => make(engine, ask)) : untilReadable(ask);
  }

  function call<T>(ask: Ask, make: (engine: Engine, ask: Ask) => Promise<T>, sends = false): Promise<T> {
    return race<T>({
      ask,
      listen: keyring.listen,
      now: clock.now,
      async routes(delays) {
        const all = await payersOf(ask.askers(), delays, sends);
        return Array.from(all, ([name, { line, askers }]) => ({
          name,
          isOwn: line !== operator,
          askers,
          call: (one) => callWith(line, one, make),
        }));
      },
    });
  }

  return {
    lookUp: (subject, ask) => call(ask, (engine, one) => engine.lookUp(subject, one)),
    upload: (upload, ask) => call(ask, (engine, one) => engine.upload(sharedBy(one, upload), one), true),
    submit: (subject, ask) => call(ask, (engine, one) => engine.submit(subject, one), true),
    poll: (analysis, ask) => call(ask, (engine, one) => engine.poll(analysis, one)),
    usage: own.engine.usage,
    uploadCost: own.engine.uploadCost,
  };
}

/** People before machines, then by when they asked. */
const firstFirst = (askers: readonly Asker[]) =>
  askers.toSorted((a, b) => Number(isPerson(b)) - Number(isPerson(a)) || a.since - b.since);

const isPerson = ({ urgency }: Asker) => urgency === 'interactive';

/** The file as the first of those has shared it whom the key serves. */
function sharedBy(ask: Ask, upload: Upload): Upload {
  const [first] = ask.askers();
  return (first && upload.sharedBy?.(first)) ?? upload;
}

/** Stands for the keys that cannot be read. No key has this name. */
const unreadable = 'unreadable';

/** Waits until the call leaves this line, because the key was entered again or another key has made the call. */
function untilReadable(ask: Ask): Promise<never> {
  const { signal } = ask;
  ask.waiting({ for: 'ownKey', ahead: 0, until: undefined });
  return new Promise((_, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
