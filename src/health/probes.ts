import { type Clock, startDeadline } from '../scan/clock.ts';
import type { Vitals } from './vitals.ts';

/** A store that does not answer within this time counts as failed. Ms. */
const storeWithin = 5_000;

/** `problems`: in words for the operator; none: all is well. */
export interface Finding {
  problems: readonly string[];
}

/** Whether the process works at all. That it answers shows that its event loop turns. */
export async function checkLife(vitals: Pick<Vitals, 'unfinished'>, clock: Clock): Promise<Finding> {
  const works = await within(storeWithin, vitals.unfinished(), clock).then(
    () => true,
    () => false,
  );
  return { problems: works ? [] : ['the store cannot be read'] };
}

/** Whether events of all its shards arrive. A client of discord.js stays "ready" after Discord has closed for good, so each shard is looked at. */
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
