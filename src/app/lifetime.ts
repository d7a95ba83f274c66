import { onAbort } from '../scan/abort.ts';

/** Ends everything that was opened in it, in reverse order. */
export interface Lifetime {
  /** Fires when the lifetime begins to end. */
  signal: AbortSignal;
  /** `end` is called when everything that was opened later has ended. */
  opened(end: () => Promise<void> | void): void;
  /** Ends everything, also after one end has failed; then it rejects with that failure. A second call does nothing more. */
  stop(): Promise<void>;
}

function createLifetime(): Lifetime {
  const stopping = new AbortController();
  const ends: (() => Promise<void> | void)[] = [];
  return {
    signal: stopping.signal,
    opened: (end) => void ends.push(end),
    async stop() {
      stopping.abort(new Error('stopping'));
      const failures: unknown[] = [];
      for (const end of ends.splice(0).toReversed())
        try {
          await end();
        } catch (error) {
          failures.push(error);
        }
      if (failures.length > 0) throw failures[0];
    },
  };
}

/**
 * Opens something in a new lifetime, which ends if the opening fails. When `end` fires before it is open, everything that was
 * opened ends, and it rejects with the signal's reason.
 */
export async function living<T>(
  open: (lifetime: Lifetime) => Promise<T>,
  end = new AbortController().signal,
): Promise<T & { stop(): Promise<void> }> {
  const lifetime = createLifetime();
  const ended = new Promise<never>((_, reject) => onAbort(end, () => reject(end.reason)));
  try {
    return { ...(await Promise.race([open(lifetime), ended])), stop: lifetime.stop };
  } catch (error) {
    await lifetime.stop();
    throw error;
  }
}
