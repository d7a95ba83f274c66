import { z } from 'zod';
import type { Collection } from '../../scan/ports.ts';
import type { Wish } from '../../scan/scanner.ts';
import { type Token, tokenSchema } from '../../scan/token.ts';

/** The file that a member last scanned in a channel. */
export const sessionSchema = z.object({
  token: tokenSchema,
  /** Its reply was seen by that member only. */
  private: z.boolean(),
  server: z.string().optional(),
});
type Session = z.infer<typeof sessionSchema>;

interface SessionKey {
  channel: string;
  member: string;
}

/** What members ask about when they name no file. How long, is what the records' life says. */
export interface Sessions {
  open(key: SessionKey, session: Session): Promise<void>;
  /** undefined: none is open. */
  of(key: SessionKey): Promise<Session | undefined>;
  close(key: SessionKey): Promise<void>;
  /** The bot has left that server. */
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

/** A scan with which a reply began. */
export interface Accepted {
  reply: { channelId: string; private: boolean };
  wish: Pick<Wish, 'source' | 'origin'>;
  token: Token;
}

/** What a member scanned by a command becomes their session. */
export async function openSession(sessions: Sessions, { reply, wish, token }: Accepted): Promise<void> {
  const { member, urgency, server } = wish.origin;
  if (!member || urgency !== 'interactive' || wish.source.kind !== 'attachment') return;
  await sessions.open({ channel: reply.channelId, member }, { token, private: reply.private, server });
}
