import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../scan/clock.ts';
import type { Collection } from '../scan/ports.ts';
import { systemCode } from './refused.ts';

/** How often a process renews its record, and after what time without renewal the process counts as gone. Ms. */
const [saidEvery, goneAfter] = [10_000, 40_000];

export const seenSchema = z.object({ id: z.string(), pid: z.number(), at: z.number() });
type Seen = z.infer<typeof seenSchema>;

/** Tells other processes that this one uses the store, and tells which of the others still do. */
export interface Presence {
  /** The id of this process. */
  id: string;
  /** Whether the process with this id has ended, so that its work may be taken over. */
  isGone(id: string): Promise<boolean>;
  /** Ends the renewal and deletes the record. */
  leave(): Promise<void>;
}

export async function openPresence(records: Collection<Seen>, clock: Clock): Promise<Presence> {
  const { pid } = process;
  const id = `${pid}-${randomBytes(8).toString('hex')}`;
  const left = new AbortController();
  const say = () => records.set(id, { id, pid, at: clock.now() });

  async function goOnSaying(): Promise<void> {
    while (!left.signal.aborted) {
      await clock.sleep(saidEvery, left.signal);
      // The next renewal comes soon enough.
      await say().catch(() => {});
    }
  }

  await say();
  const saying = goOnSaying().catch(() => {});

  return {
    id,
    async isGone(other) {
      if (other === id) return false;
      const seen = await records.get(other);
      // A record with our own process id is of an earlier process: in a container every start gets the same id.
      return !seen || seen.pid === pid || clock.now() - seen.at > goneAfter || !isRunning(seen.pid);
    },
    async leave() {
      left.abort();
      await saying;
      await records.delete(id);
    },
  };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}
