import type { Clock } from '../scan/clock.ts';
import type { Announcer } from '../scan/ports.ts';
import type { Scanner } from '../scan/scanner.ts';
import type { Token } from '../scan/token.ts';
import { createSettling } from './settling.ts';

interface FollowingParts {
  announcer: Announcer;
  clock: Clock;
  stop: AbortSignal;
}

/** The scanner, but whoever finds an open scan on which another process works is told of its end as of our own. */
export function following(scanner: Scanner, { announcer, clock, stop }: FollowingParts): Scanner {
  const settling = createSettling({ find: scanner.find, clock });
  const followed = new Set<Token>();

  async function follow(token: Token): Promise<void> {
    followed.add(token);
    try {
      const scan = await settling.settled(token, stop);
      if (scan && !scanner.isOpen(token)) announcer.tell(scan, undefined);
    } catch {
      // It is found again by whoever looks again.
    } finally {
      followed.delete(token);
    }
  }

  return {
    ...scanner,
    async find(token) {
      const scan = await scanner.find(token);
      if (scan && scan.stage !== 'settled' && !scanner.isOpen(token) && !followed.has(token)) void follow(token);
      return scan;
    },
  };
}
