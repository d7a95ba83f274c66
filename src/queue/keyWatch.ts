import type { Clock } from '../scan/clock.ts';
import { Failure } from '../scan/failure.ts';

const triedAgainAfter = 180_000;

/** Whether the key is accepted. After a refusal it is tried every few minutes, so that all goes on by itself. */
export interface KeyWatch {
  /** Why calls must not be sent now. */
  refusal(): Failure | undefined;
  /** The next call finds out: no other may be on its way. */
  onTrial(): boolean;
  /** When the key is tried next: ms since the epoch. */
  nextTry(): number;
  refused(failure: Failure): void;
  accepted(): void;
}

/**
 * `ask` finds out for nothing whether the key works, and answers undefined when it cannot tell. `changed` hears of each
 * change for the scheduler, `news` of those that the operator wants to know.
 */
export function keyWatch(
  clock: Clock,
  signal: AbortSignal,
  ask: () => Promise<boolean | undefined>,
  changed: () => void,
  news: (event: { event: 'keyRefused'; failure: Failure } | { event: 'keyAccepted' }) => void,
): KeyWatch {
  let failure: Failure | undefined;
  let trial = false;
  let nextTry = 0;

  async function tryLater(): Promise<void> {
    nextTry = clock.now() + triedAgainAfter;
    await clock.sleep(triedAgainAfter, signal);
    const works = await ask();
    if (!failure || trial) return;
    if (works === true) accepted();
    else if (works === false) return tryLater();
    else {
      trial = true;
      changed();
    }
  }

  function refused(why: Failure): void {
    const known = failure !== undefined;
    if (known && !trial) return;
    failure = why;
    trial = false;
    if (!known) news({ event: 'keyRefused', failure: why });
    tryLater().catch(() => {});
    changed();
  }

  function accepted(): void {
    if (!failure) return;
    failure = undefined;
    trial = false;
    news({ event: 'keyAccepted' });
    changed();
  }

  return {
    refusal: () => (trial ? undefined : failure),
    onTrial: () => trial,
    nextTry: () => nextTry,
    refused,
    accepted,
  };
}

export const isBadKey = (error: unknown): error is Failure =>
  error instanceof Failure && error.code === 'engine.badKey';
