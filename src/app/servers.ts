import { z } from 'zod';
import type { Collection } from '../scan/ports.ts';

/** `bot`: the bot that is in that server. With another token, nothing of this bot's servers is forgotten. */
export const knownServerSchema = z.union([
  z.object({ guild: z.string(), bot: z.string() }),
  // Rows of older versions.
  z.object({ id: z.string(), bot: z.string() }).transform(({ id: guild, bot }) => ({ guild, bot })),
]);

/** Remembers which servers the bot is in, so that those that it left while it was down are forgotten at the next start. */
export interface Servers {
  joined(id: string): void;
  /** Deletes what is stored about a server. */
  left(id: string): void;
  /** The bot is in exactly these servers, unavailable ones included. */
  compare(current: ReadonlySet<string>): Promise<void>;
}

interface ServersParts {
  /** Those of this shard. */
  records: Collection<z.infer<typeof knownServerSchema>>;
  self(): string;
  /** Deletes all that is stored about a server. */
  forget(id: string): Promise<void>;
  failed(error: unknown): void;
}

export function createServers({ records, self, forget, failed }: ServersParts): Servers {
  const join = (id: string) => records.set(id, { guild: id, bot: self() });

  async function leave(id: string): Promise<void> {
    await forget(id);
    // Last: whatever was not deleted is deleted at the next start.
    await records.delete(id);
  }

  async function compare(current: ReadonlySet<string>): Promise<void> {
    const known = new Set((await records.all()).filter(({ bot }) => bot === self()).map(({ guild }) => guild));
    for (const id of known) if (!current.has(id)) await leave(id);
    for (const id of current) if (!known.has(id)) await join(id);
  }

  return {
    joined: (id) => void join(id).catch(failed),
    left: (id) => void leave(id).catch(failed),
    compare: (current) => compare(current).catch(failed),
  };
}
