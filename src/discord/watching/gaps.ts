import { z } from 'zod';
import { backoff } from '../../inquiry/retry.ts';
import type { Collection } from '../../scan/ports.ts';
import { type CatchUpParts, catchUp, longestAgo, type Readable } from './catchUp.ts';

/** `until`: what was posted before has been received: ms since the epoch. */
export const receivedSchema = z.object({ until: z.number() });

/** How often the connection is looked at. Ms. */
const lookInterval = 30_000;
/** A connection that has died without a word is noticed within two heartbeats of 41 s. Ms. */
const believedAfter = 2 * 60_000;
/** Discord's clock, ours and that of an earlier host differ by less. Ms. */
const tolerance = 60_000;

/** Closes the gaps in what a connection receives: after a downtime, an outage of servers, or a failure of the store. */
export interface Gaps {
  /** A new session has begun, or an outage of servers has ended. `channels`: theirs. */
  ready(channels: () => Iterable<Readable>, after: 'session' | 'outage'): void;
  /** What was posted there could not be looked at, because the store failed. */
  missed(channel: string): void;
}

interface GapsParts extends Omit<CatchUpParts, 'since' | 'missed'> {
  records: Collection<z.infer<typeof receivedSchema>>;
  /** Of this connection in them. */
  row: string;
  /** Whether events arrive, as far as the connection knows. */
  isReceiving(): boolean;
  /** The channels of all servers of the connection. */
  channels(): Iterable<Readable>;
}

export function createGaps({ records, row, isReceiving, ...parts }: GapsParts): Gaps {
  const { clock, stop, failed } = parts;
  const missed = new Set<string>();
  let isRetrying = false;
  /** Catch-ups that are not over: until then nothing more counts as received. */
  let open = 0;

  async function begin(channels: Iterable<Readable>, after: 'session' | 'outage'): Promise<void> {
    const hourAgo = clock.now() - longestAgo;
    const known = after === 'session' ? await records.get(row) : undefined;
    const since = Math.max(hourAgo, (known?.until ?? hourAgo) - tolerance);
    await catchUp(channels, { ...parts, since, missed: miss });
  }

  function miss(channel: string): void {
    missed.add(channel);
    if (isRetrying) return;
    isRetrying = true;
    // Only a stop ends it early.
    void retry()
      .catch(() => {})
      .finally(() => {
        isRetrying = false;
      });
  }

  /** Reads what was missed again and again. It keeps no message, so that a long outage of the store costs no memory. */
  async function retry(): Promise<void> {
    for (let attempt = 1; missed.size > 0; attempt++) {
      await clock.sleep(backoff(attempt), stop);
      const now = new Set(missed);
      missed.clear();
      open += 1;
      try {
        const channels = [...parts.channels()].filter(({ channel }) => now.has(channel));
        await catchUp(channels, { ...parts, since: clock.now() - longestAgo, missed: miss });
      } catch (error) {
        failed(error, 'what was missed');
        for (const channel of now) missed.add(channel);
      }
      open -= 1;
    }
  }

  /** Notes until when all was received, so that the next session reads only channels with something newer in them. */
  async function note(): Promise<void> {
    for (let [last, steadySince] = [clock.now(), clock.now()]; !stop.aborted; ) {
      await clock.sleep(lookInterval, stop);
      const now = clock.now();
      // After a pause of this process nobody knows what the connection is worth.
      const isSteady = isReceiving() && open === 0 && missed.size === 0 && now - last < 2 * lookInterval;
      if (!isSteady) steadySince = now;
      last = now;
      if (now - steadySince < believedAfter) continue;
      await records.set(row, { until: now - believedAfter }).catch(() => {});
    }
  }
  note().catch(() => {});

  return {
    ready(channels, after) {
      open += 1;
      begin(channels(), after)
        .catch((error: unknown) => {
          failed(error, 'all');
          for (const { channel } of channels()) miss(channel);
        })
        .finally(() => {
          open -= 1;
        });
    },
    missed: miss,
  };
}
