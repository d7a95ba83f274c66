import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../scan/clock.ts';
import type { Collection } from '../scan/ports.ts';
import { systemCode } from './refused.ts';

/** How often a process says that it is there, and after what silence it is gone, in ms. */
const [saidEvery, goneAfter] = [10_000, 40_000];

export const seenSchema = z.object({ id: z.string(), pid: z.number(), at: z.number() });
type Seen = z.infer<typeof seenSchema>;

/** Says that this process is at work on the store, and which others are. */
export interface Presence {
  /** Of this process. */
  id: string;
  /** Whether nobody goes on with what belongs to this id. */
  isGone(id: string): Promise<boolean>;
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
      // What fails is said again soon enough.
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
      // One with our number was here before us: in a container every start has the same.
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
