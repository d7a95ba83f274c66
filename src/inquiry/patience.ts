import { type Clock, startDeadline } from '../scan/clock.ts';
import { Failure, type FailureCode } from '../scan/failure.ts';
import { outageDeadline } from '../scan/limits.ts';
import type { Place } from '../scan/ports.ts';

/** How a call fails that has waited for this for too long. Waits for quota or a turn have no end. */
const troubles: Partial<Record<Place['for'], FailureCode>> = {
  outage: 'engine.unavailable',
  key: 'engine.badKey',
  ownKey: 'engine.badKey',
};

export type Patience = ReturnType<typeof createPatience>;

/** Limits how long a call waits for the end of an outage or for a key that works. */
export function createPatience(clock: Clock, stop: AbortSignal) {
  const over = new AbortController();
  let code: FailureCode | undefined;
  let limit: ReturnType<typeof startDeadline> | undefined;

  function endIfLate(): void {
    if (code && limit?.signal.aborted) over.abort(new Failure(code, 'the engine could not be asked for too long'));
  }

  function clear(): void {
    limit?.clear();
    limit = undefined;
  }

  return {
    /** Fires when `stop` does, and with a failure when the call has waited for too long. */
    signal: AbortSignal.any([stop, over.signal]),
    /** To be called with each place of the call. undefined: it is being sent, which may show that the trouble is over. */
    waits(place: Place | undefined): void {
      code = place && troubles[place.for];
      if (place && !code) clear();
      if (code && !limit) {
        limit = startDeadline(clock, outageDeadline);
        limit.signal.addEventListener('abort', endIfLate);
      }
      endIfLate();
    },
    /** To be called when the call has ended. */
    clear,
  };
}
