import { z } from 'zod';
import type { Collection } from '../../scan/ports.ts';
import { createTurns } from '../../scan/turns.ts';

/** Messages of one member in one server that had bad files. */
export const flaggedSchema = z.object({ guild: z.string(), messages: z.array(z.string()) });

/** How long a member's last flagged message is remembered, in ms. */
export const flaggedKept = 90 * 24 * 60 * 60_000;
/** The count stops here. */
const most = 100;

/** How often members were flagged. */
export interface Flagged {
  /** Returns how many messages besides this one were flagged. */
  others(guild: string, member: string, message: string): Promise<number>;
  /** Counts a message, once, and answers the same. */
  add(guild: string, member: string, message: string): Promise<number>;
  forget(guild: string): Promise<void>;
}

export function createFlagged(records: Collection<z.infer<typeof flaggedSchema>>): Flagged {
  const inTurn = createTurns();
  const key = (guild: string, member: string) => `${guild}-${member}`;
  const othersOf = async (guild: string, member: string, message: string) =>
    ((await records.get(key(guild, member)))?.messages ?? []).filter((id) => id !== message);

  return {
    others: async (guild, member, message) => (await othersOf(guild, member, message)).length,
    add: (guild, member, message) =>
      inTurn(key(guild, member), async () => {
        const others = await othersOf(guild, member, message);
        await records.set(key(guild, member), { guild, messages: [message, ...others].slice(0, most) });
        return others.length;
      }),
    forget: (guild) => records.deleteWhere('guild', guild),
  };
}
