import { z } from 'zod';
import type { Collection } from '../../scan/ports.ts';
import type { Wish } from '../../scan/scanner.ts';
import { type Token, tokenSchema } from '../../scan/token.ts';

/** A session: the file that a member last scanned in a channel. */
export const sessionSchema = z.object({
  token: tokenSchema,
  /** Whether only that member could see the reply. */
  private: z.boolean(),
  server: z.string().optional(),
});
type Session = z.infer<typeof sessionSchema>;

interface SessionKey {
  channel: string;
  member: string;
}

/** The sessions of members. A report without a query is about the member's session. Sessions expire with their records. */
export interface Sessions {
  open(key: SessionKey, session: Session): Promise<void>;
  /** The open session; undefined when there is none. */
  of(key: SessionKey): Promise<Session | undefined>;
  close(key: SessionKey): Promise<void>;
  /** Deletes the sessions of a server that the bot has left. */
  forget(server: string): Promise<void>;
}

export function createSessions(records: Collection<Session>): Sessions {
  const keyOf = ({ channel, member }: SessionKey) => `${channel}:${member}`;
  return {
    open: (place, session) => records.set(keyOf(place), session),
    of: (place) => records.get(keyOf(place)),
    close: (place) => records.delete(keyOf(place)),
    forget: (server) => records.deleteWhere('server', server),
  };
}

/** A scan that a reply has started. */
export interface Accepted {
  reply: { channelId: string; private: boolean };
  wish: Pick<Wish, 'source' | 'origin'>;
  token: Token;
}

/** Opens a session for an attachment that a member scanned by a command. Other scans open none. */
export async function openSession(sessions: Sessions, { reply, wish, token }: Accepted): Promise<void> {
  const { member, urgency, server } = wish.origin;
  if (!member || urgency !== 'interactive' || wish.source.kind !== 'attachment') return;
  await sessions.open({ channel: reply.channelId, member }, { token, private: reply.private, server });
}
