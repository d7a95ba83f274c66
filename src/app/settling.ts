import type { Clock } from '../scan/clock.ts';
import type { Activity, Announcer } from '../scan/ports.ts';
import type { Scan, SettledScan } from '../scan/scan.ts';
import type { Token } from '../scan/token.ts';

/** Scans of other processes are looked up so often, in ms. */
const pollInterval = 1_000;

/** Waits for the ends of scans, whichever process works on them. */
export interface Settling extends Announcer {
  /** undefined: no such token. Rejects with the signal's reason. */
  settled(token: Token, signal?: AbortSignal): Promise<SettledScan | undefined>;
}

interface SettlingParts {
  find(token: Token): Promise<Scan | undefined>;
  clock: Clock;
  /** Hears all that happens, too. */
  tell?: ((scan: Scan, activity: Activity | undefined) => void) | undefined;
}

export function createSettling({ find, clock, tell }: SettlingParts): Settling {
  const waiting = new Map<Token, Set<AbortController>>();

  async function news(token: Token, signal: AbortSignal | undefined): Promise<void> {
    const happened = new AbortController();
    const all = waiting.get(token) ?? new Set();
    waiting.set(token, all.add(happened));
    const over = signal ? AbortSignal.any([signal, happened.signal]) : happened.signal;
    await clock.sleep(pollInterval, over).catch(() => {});
    all.delete(happened);
    if (all.size === 0) waiting.delete(token);
  }

  return {
    tell(scan, activity) {
      tell?.(scan, activity);
      if (scan.stage === 'settled') for (const happened of waiting.get(scan.token) ?? []) happened.abort();
    },
    async settled(token, signal) {
      for (;;) {
        signal?.throwIfAborted();
        const scan = await find(token);
        if (!scan || scan.stage === 'settled') return scan;
        await news(token, signal);
      }
    },
  };
}
