import { Failure } from '../scan/failure.ts';
import type { Ask, Asker, Engine } from '../scan/ports.ts';
import { type Keyring, type OpenKey, operator } from './keyring.ts';
import type { Line, Lines } from './lines.ts';
import { race } from './race.ts';

interface Parts {
  keyring: Pick<Keyring, 'serving' | 'listen'>;
  /** Of the operator's key. */
  own: Line;
  lines: Pick<Lines, 'use'>;
}

/** Who pays for a call with one key. */
interface Payers {
  /** undefined: a server's own key that cannot be read. */
  line: OpenKey | typeof operator | undefined;
  askers: Asker[];
}

/** An engine that makes each call with the key of a server that asks for it. */
export function keyedEngine({ keyring, own, lines }: Parts): Engine {
  /** By the names of the keys. Rejects if there is none and somebody needs one. */
  async function payersOf(askers: readonly Asker[], stuck: ReadonlySet<string>): Promise<Map<string, Payers>> {
    const all = new Map<string, Payers>();
    function add(name: string, line: Payers['line'], asker: Asker): void {
      const known = all.get(name);
      if (known) known.askers.push(asker);
      else all.set(name, { line, askers: [asker] });
    }
    for (const asker of askers) {
      const serving = await keyring.serving(asker);
      if (serving.by === 'nobody') continue;
      if (serving.by === 'operator') {
        add(operator, operator, asker);
        continue;
      }
      const key = serving.by === 'server' ? serving.open : undefined;
      const name = key?.name ?? unreadable;
      add(name, name === operator ? operator : key, asker);
      if (serving.mayFallBack && stuck.has(name)) add(operator, operator, asker);
    }
    if (all.size === 0) throw new Failure('engine.noKey', 'the server has no key of its own, and needs one');
    return all;
  }

  function callWith<T>(line: Payers['line'], ask: Ask, make: (engine: Engine, ask: Ask) => Promise<T>): Promise<T> {
    if (line === operator) return make(own.engine, ask);
    return line ? lines.use(line, ({ engine }) => make(engine, ask)) : untilReadable(ask);
  }

  function call<T>(ask: Ask, make: (engine: Engine, ask: Ask) => Promise<T>): Promise<T> {
    return race<T>({
      ask,
      listen: keyring.listen,
      async routes(stuck) {
        const all = await payersOf(ask.askers(), stuck);
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
    upload: (upload, ask) => call(ask, (engine, one) => engine.upload(upload, one)),
    submit: (subject, ask) => call(ask, (engine, one) => engine.submit(subject, one)),
    poll: (analysis, ask) => call(ask, (engine, one) => engine.poll(analysis, one)),
    usage: own.engine.usage,
    uploadCost: own.engine.uploadCost,
  };
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
