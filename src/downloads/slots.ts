import { onAbort } from '../scan/abort.ts';

export interface Slot {
  /** Ends the download, so that others may start. `kept` bytes stay in use until `free` is called. */
  end(kept: number): void;
}

export interface Slots {
  /** Resolves when a file of `bytes` may be downloaded. Calls `waits` if it has to wait. */
  take(bytes: number, signal: AbortSignal, waits: () => void): Promise<Slot>;
  /** Counts a file that was downloaded by an earlier run. */
  hold(bytes: number): void;
  /** Stops counting a file of `bytes`. */
  free(bytes: number): void;
}

/** The largest small file, in bytes, unless the reserve is smaller. */
const small = 32 * 1024 ** 2;
/** What large files leave to small ones: a share of the budget, and places. */
const left = { share: 1 / 10, places: 1 };
/** This many later files may overtake a waiting one. Then it is next. */
const mostPasses = 20;

interface Waiting {
  bytes: number;
  /** How many later files have overtaken it. */
  passes: number;
  start(): void;
}

/** Who may overtake a file that has been overtaken too often: everybody, small files within their reserve, or nobody. */
type Way = 'open' | 'reserve' | 'shut';

/**
 * Lets at most `places` downloads run at once, with at most `budget` bytes in all. A single file may exceed the budget if it
 * is alone. Files start in the order of the calls, but a file for which there is room overtakes files for which there is none.
 * Large files do not hold up small ones, with one exception: a file larger than the share of all large files.
 */
export function createSlots(places: number, budget: number): Slots {
  const line: Waiting[] = [];
  const reserve = budget * left.share;
  const ofLarge = { bytes: budget - reserve, places: Math.max(1, places - left.places) };
  const running = { small: 0, large: 0 };
  const held = { small: 0, large: 0 };

  const kindOf = (bytes: number) => (bytes <= Math.min(small, reserve) ? 'small' : 'large');

  function admit(): void {
    for (let index = nextIndex(); index >= 0; index = nextIndex()) {
      const [next] = line.splice(index, 1);
      for (const passed of line.slice(0, index)) passed.passes += 1;
      if (next) begin(next);
    }
  }

  function begin({ bytes, start }: Waiting): void {
    running[kindOf(bytes)] += 1;
    held[kindOf(bytes)] += bytes;
    start();
  }

  /** The index of the first file in the line that may start; -1 when none may. */
  function nextIndex(): number {
    if (running.small + running.large >= places) return -1;
    let way: Way = 'open';
    for (const [index, { bytes, passes }] of line.entries()) {
      if (fits(bytes, way)) return index;
      if (passes >= mostPasses) way = kindOf(bytes) === 'large' && bytes <= ofLarge.bytes ? 'reserve' : 'shut';
      if (way === 'shut') return -1;
    }
    return -1;
  }

  function fits(bytes: number, way: Way): boolean {
    const all = held.small + held.large;
    if (kindOf(bytes) === 'small') {
      return all + bytes <= budget && (way === 'open' || held.small + bytes <= reserve);
    }
    if (way !== 'open' || running.large >= ofLarge.places) return false;
    return all === 0 || (all + bytes <= budget && held.large + bytes <= ofLarge.bytes);
  }

  function slotOf(bytes: number): Slot {
    return {
      end(kept) {
        running[kindOf(bytes)] -= 1;
        held[kindOf(bytes)] -= bytes;
        held[kindOf(kept)] += kept;
        admit();
      },
    };
  }

  function take(bytes: number, signal: AbortSignal, waits: () => void): Promise<Slot> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const leave = () => {
        line.splice(line.indexOf(waiting), 1);
        reject(signal.reason);
        admit();
      };
      const start = () => {
        stay();
        resolve(slotOf(bytes));
      };
      const waiting: Waiting = { bytes, passes: 0, start };
      line.push(waiting);
      const stay = onAbort(signal, leave);
      admit();
      if (line.includes(waiting)) waits();
    });
  }

  return {
    take,
    hold(bytes) {
      held[kindOf(bytes)] += bytes;
    },
    free(bytes) {
      held[kindOf(bytes)] -= bytes;
      admit();
    },
  };
}
