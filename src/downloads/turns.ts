export interface Turn {
  /** Others may start now; `kept` bytes stay in use until they are freed. */
  end(kept: number): void;
}

export interface Turns {
  /** Resolves when a file of `bytes` may be fetched: in the order of the calls. `waits` is called if that is not at once. */
  take(bytes: number, signal: AbortSignal, waits: () => void): Promise<Turn>;
  /** Counts bytes that are in use already. */
  hold(bytes: number): void;
  free(bytes: number): void;
}

interface Waiting {
  bytes: number;
  start(): void;
}

/** At most `places` at once, and together no more than `budget` bytes; but one file alone may exceed the budget. */
export function createTurns(places: number, budget: number): Turns {
  const line: Waiting[] = [];
  let running = 0;
  let held = 0;

  function admit(): void {
    for (let next = line[0]; next; next = line[0]) {
      if (running >= places || (held > 0 && held + next.bytes > budget)) return;
      line.shift();
      running += 1;
      held += next.bytes;
      next.start();
    }
  }

  function hold(bytes: number): void {
    held += bytes;
    admit();
  }

  function turnOf(bytes: number): Turn {
    return {
      end(kept) {
        running -= 1;
        hold(kept - bytes);
      },
    };
  }

  function take(bytes: number, signal: AbortSignal, waits: () => void): Promise<Turn> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const leave = () => {
        line.splice(line.indexOf(waiting), 1);
        reject(signal.reason);
        admit();
      };
      const start = () => {
        signal.removeEventListener('abort', leave);
        resolve(turnOf(bytes));
      };
      const waiting: Waiting = { bytes, start };
      line.push(waiting);
      signal.addEventListener('abort', leave, { once: true });
      admit();
      if (line.includes(waiting)) waits();
    });
  }

  return { take, hold, free: (bytes) => hold(-bytes) };
}
