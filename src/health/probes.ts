import { type Clock, startDeadline } from '../scan/clock.ts';
import type { Vitals } from './vitals.ts';

/** A store that does not answer within this time, in ms, counts as failed. */
const storeWithin = 5_000;

/** `problems`: sentences for the operator; empty: everything works. */
export interface Finding {
  problems: readonly string[];
}

/** Whether the process works at all. An answer shows that its event loop runs. */
export async function checkLife(vitals: Pick<Vitals, 'unfinished'>, clock: Clock): Promise<Finding> {
  const works = await within(storeWithin, vitals.unfinished(), clock).then(
    () => true,
    () => false,
  );
  return { problems: works ? [] : ['the store cannot be read'] };
}

/**
 * Whether events of all its shards arrive. It checks each shard, because a discord.js client stays "ready" after Discord has
 * closed the connection for good.
 */
export function checkReadiness({ notUp, shards }: Pick<Vitals, 'notUp' | 'shards'>): Finding {
  const why = notUp();
  if (why !== undefined) return { problems: [why] };
  const deaf = shards().filter(({ isReceiving }) => !isReceiving);
  return { problems: deaf.map(({ id, name }) => `shard ${id} is not receiving: ${name}`) };
}

/** Rejects when `work` takes longer than `ms`. */
export async function within<T>(ms: number, work: Promise<T>, clock: Clock): Promise<T> {
  const late = startDeadline(clock, ms);
  const tooLate = new Promise<never>((_, reject) => {
    late.signal.addEventListener('abort', () => reject(late.signal.reason), { once: true });
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    late.clear();
  }
}
