import type { Clock } from '../scan/clock.ts';
import type { Activity, Announcer } from '../scan/ports.ts';
import type { Scan, SettledScan } from '../scan/scan.ts';
import type { Scanner } from '../scan/scanner.ts';
import type { Token } from '../scan/token.ts';

/** How often the scans of other processes are read from the store, in ms. */
const pollInterval = 1_000;
/** How long they are left alone after the store has failed, in ms. */
const retryInterval = 5_000;

/** Waits until scans are settled, whichever process works on them. */
export interface Endings extends Announcer {
  /** Resolves with the settled scan; with undefined when there is no such token. Rejects with the signal's reason. */
  settled(token: Token, signal?: AbortSignal): Promise<SettledScan | undefined>;
}

interface EndingsParts {
  find(token: Token): Promise<Scan | undefined>;
  clock: Clock;
  /** Also called with everything that happens. */
  tell?: ((scan: Scan, activity: Activity | undefined) => void) | undefined;
}

export function createEndings({ find, clock, tell }: EndingsParts): Endings {
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

/**
 * Adds one thing to a scanner: after somebody has looked up a scan that another process works on, `announcer` is told when it
 * settles, as for this process's scans.
 */
export function announcingEndings(
  scanner: Scanner,
  { announcer, clock, stop }: { announcer: Announcer; clock: Clock; stop: AbortSignal },
): Scanner {
  const endings = createEndings({ find: scanner.find, clock });
  const awaited = new Set<Token>();

  /** Whoever has looked it up waits for this, so a store that fails for a while ends nothing. */
  async function announce(token: Token): Promise<void> {
    awaited.add(token);
    while (!stop.aborted) {
      try {
        const scan = await endings.settled(token, stop);
        awaited.delete(token);
        if (scan && !scanner.isOpen(token)) announcer.tell(scan, undefined);
        return;
      } catch {
        await clock.sleep(retryInterval, stop).catch(() => {});
      }
    }
  }

  return {
    ...scanner,
    async find(token) {
      const scan = await scanner.find(token);
      if (scan && scan.stage !== 'settled' && !scanner.isOpen(token) && !awaited.has(token)) void announce(token);
      return scan;
    },
  };
}
