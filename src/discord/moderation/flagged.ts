import { z } from 'zod';
import type { Collection } from '../../scan/ports.ts';
import { createTurns } from '../../scan/turns.ts';

/** Messages of one member in one server that had bad files. */
export const flaggedSchema = z.object({ guild: z.string(), messages: z.array(z.string()) });

/** How long a member's last flagged message is remembered, in ms. */
export const flaggedKept = 90 * 24 * 60 * 60_000;
/** More are not counted. */
const most = 100;

/** How often members were flagged. */
export interface Flagged {
  /** Counts a message, once, and answers how many others there were. */
  add(guild: string, member: string, message: string): Promise<number>;
  forget(guild: string): Promise<void>;
}

export function createFlagged(records: Collection<z.infer<typeof flaggedSchema>>): Flagged {
  const inTurn = createTurns();
  return {
    add: (guild, member, message) =>
      inTurn(`${guild}-${member}`, async () => {
        const key = `${guild}-${member}`;
        const others = ((await records.get(key))?.messages ?? []).filter((id) => id !== message);
        await records.set(key, { guild, messages: [message, ...others].slice(0, most) });
        return others.length;
      }),
    forget: (guild) => records.deleteWhere('guild', guild),
  };
}
