export interface Slot {
  /** Others may start now; `kept` bytes stay in use until they are freed. */
  end(kept: number): void;
}

export interface Slots {
  /** Resolves when a file of `bytes` may be fetched. `waits` is called if that is not at once. */
  take(bytes: number, signal: AbortSignal, waits: () => void): Promise<Slot>;
  /** Counts the bytes of a file that is there already. */
  hold(bytes: number): void;
  /** The file of so many bytes is gone. */
  free(bytes: number): void;
}

/** A file below this is small, in bytes, where the reserve has room for it. */
const small = 32 * 1024 ** 2;
/** The share of the budget, and the places, that large files leave to small ones. */
const left = { share: 1 / 10, places: 1 };
/** So many files may go past one that waits for room; then it gets the next. */
const mostPasses = 20;

interface Waiting {
  bytes: number;
  /** Files that came later and went earlier. */
  passes: number;
  start(): void;
}

/** Who may go past the files that have waited too long: anybody, small files within their reserve, or nobody. */
type Way = 'open' | 'reserve' | 'shut';

/**
 * At most `places` at once, and together no more than `budget` bytes; but one file alone may exceed the budget. In the
 * order of the calls, except that a file for which there is room goes past those for which there is none. Large files never
 * stand in the way of small ones; only what fits beside none of them, a file of more than the large ones' share, may.
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

  /** Of the first in the line that may start; -1 for none. */
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
        signal.removeEventListener('abort', leave);
        resolve(slotOf(bytes));
      };
      const waiting: Waiting = { bytes, passes: 0, start };
      line.push(waiting);
      signal.addEventListener('abort', leave, { once: true });
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
