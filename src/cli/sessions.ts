import { z } from 'zod';
import type { Collection } from '../scan/ports.ts';
import type { Store } from '../store/store.ts';

const kept = 24 * 60 * 60_000;
const key = 'open';

const sessionSchema = z.object({ name: z.string(), sha256: z.string(), openedAt: z.number() });
type Session = z.infer<typeof sessionSchema>;

/** The file that `report` is about: one per data directory, until it is closed or a day has passed. */
export interface SessionBook {
  open(session: Session): Promise<void>;
  current(): Promise<Session | undefined>;
  close(): Promise<void>;
}

export function sessionBook(store: Pick<Store, 'collection'>): SessionBook {
  const records: Collection<Session> = store.collection('terminalSessions', sessionSchema, { ttlMs: kept });
  return {
    open: (session) => records.set(key, session),
    current: () => records.get(key),
    close: () => records.delete(key),
  };
}
