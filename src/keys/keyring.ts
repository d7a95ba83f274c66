import { createHmac } from 'node:crypto';
import type { Sharing } from '../config.ts';
import type { Limits } from '../quota/limits.ts';
import type { Lease, News } from '../scan/lease.ts';
import type { Asker, Collection } from '../scan/ports.ts';
import { createTurns } from '../scan/turns.ts';
import type { Sealer } from '../secrets/sealer.ts';
import type { ServerKey } from './storedKey.ts';

/** A key that is ready for use. */
export interface OpenKey {
  /** Names it wherever it is counted. The same key has one name, however many servers have set it. '': the operator's. */
  name: string;
  key: string;
  limits: Limits;
  /** One that has set it. */
  server: string;
}

/** The name of the operator's key. */
export const operator = '';

/** Which key serves an asker. */
export type Serving =
  | { by: 'operator' }
  | { by: 'server'; open: OpenKey; mayFallBack: boolean }
  /** The server's own key can no longer be decrypted. */
  | { by: 'unreadable'; mayFallBack: boolean }
  /** The server needs a key of its own and has none. */
  | { by: 'nobody' };

/** The keys of all servers. They stand in the store and nowhere else. With a lease, a write counts only while that stands. */
export interface Keyring {
  serving(asker: Pick<Asker, 'server' | 'urgency'>): Promise<Serving>;
  /** What is stored of a server's key, and whether it can be decrypted; undefined: it has none. */
  of(server: string): Promise<{ row: ServerKey; isReadable: boolean } | undefined>;
  /** Encrypts and stores a server's key. Resolves when it would survive a kill. */
  set(row: Omit<ServerKey, 'sealed' | 'lastFour'>, key: string, lease?: Lease): Promise<void>;
  setFallBack(server: string, mayFallBack: boolean, lease?: Lease): Promise<void>;
  /** Erases a server's key. */
  remove(server: string, lease?: Lease): Promise<void>;
  /**
   * Encrypts anew what was encrypted with an older `SECRET_KEY`. To be called by whoever may change the keys of these servers.
   * Resolves with how many were encrypted anew, and how many can no longer be decrypted.
   */
  reseal(isOurs: (server: string) => boolean, lease?: Lease): Promise<{ resealed: number; lost: number }>;
  /** Calls `heard` when the keys of servers may have changed. Returns a function that stops that. */
  listen(heard: () => void): () => void;
}

interface KeyringParts {
  records: Collection<ServerKey>;
  sealer: Sealer;
  /** The operator's key. */
  own: string;
  sharing: Sharing;
  /** Random, and the same for all processes of the store: see `ScanStore.salt`. */
  salt(): Promise<string>;
  news: News;
  stop: AbortSignal;
}

const topic = 'serverKeys';
/** News may get lost, so waiting calls choose their keys anew this often, in ms. */
const lookInterval = 300_000;

export function createKeyring(parts: KeyringParts): Keyring {
  const { records, sealer, own, sharing, salt, news, stop } = parts;
  const inTurn = createTurns();
  const listeners = new Set<() => void>();
  /** Decrypted keys by their encrypted text. */
  const opened = new Map<string, { guild: string; open: OpenKey }>();

  const tellAll = () => {
    for (const heard of [...listeners]) heard();
  };

  /** Hears of the changes that other processes make. */
  async function hearing(): Promise<void> {
    for (;;) {
      await news.next(topic, lookInterval, stop);
      tellAll();
    }
  }
  hearing().catch(() => {});

  function forgetOpened(server: string): void {
    for (const [sealed, { guild }] of opened) if (guild === server) opened.delete(sealed);
  }

  function changed(server: string): void {
    forgetOpened(server);
    news.tell(topic);
    tellAll();
  }

  async function open({ sealed, guild, limits }: ServerKey): Promise<OpenKey | undefined> {
    const known = opened.get(sealed);
    if (known) return known.open;
    const text = await sealer.open(sealed, guild);
    if (text === undefined) return undefined;
    const key = { name: text === own ? operator : await nameOf(text), key: text, limits, server: guild };
    forgetOpened(guild);
    opened.set(sealed, { guild, open: key });
    return key;
  }

  const nameOf = async (key: string) =>
    createHmac('sha256', await salt())
      .update(key)
      .digest('hex')
      .slice(0, 32);

  async function resealed(guild: string, lease: Lease | undefined): Promise<void> {
    const row = await records.get(guild);
    const text = row && (await sealer.open(row.sealed, guild));
    if (row && text !== undefined) await records.set(guild, { ...row, sealed: await sealer.seal(text, guild) }, lease);
  }

  const isShared = (urgency: Asker['urgency']) =>
    sharing === 'all' || (sharing === 'watching-needs-own' && urgency !== 'automatic');

  return {
    async serving({ server, urgency }) {
      if (server === undefined) return { by: 'operator' };
      const row = await records.get(server);
      if (!row) return { by: isShared(urgency) ? 'operator' : 'nobody' };
      const key = await open(row);
      const mayFallBack = row.mayFallBack && isShared(urgency);
      return key ? { by: 'server', open: key, mayFallBack } : { by: 'unreadable', mayFallBack };
    },
    async of(server) {
      const row = await records.get(server);
      return row && { row, isReadable: (await open(row)) !== undefined };
    },
    async set(row, key, lease) {
      const { guild } = row;
      const sealed = await sealer.seal(key, guild);
      await inTurn(guild, () => records.set(guild, { ...row, sealed, lastFour: key.slice(-4) }, lease));
      changed(guild);
    },
    async setFallBack(server, mayFallBack, lease) {
      await inTurn(server, async () => {
        const row = await records.get(server);
        if (row) await records.set(server, { ...row, mayFallBack }, lease);
      });
      changed(server);
    },
    async remove(server, lease) {
      await inTurn(server, () => records.delete(server, lease));
      changed(server);
    },
    async reseal(isOurs, lease) {
      const all = (await records.all()).filter(({ guild }) => isOurs(guild));
      const old = all.filter(({ sealed }) => sealer.isOld(sealed));
      const lost = await sealer.countLost(all.map(({ sealed }) => sealed));
      for (const { guild } of old) await inTurn(guild, () => resealed(guild, lease));
      // What is lost has an old key, unless no SECRET_KEY is set: then nothing is old.
      return { resealed: Math.max(0, old.length - lost), lost };
    },
    listen(heard) {
      listeners.add(heard);
      return () => void listeners.delete(heard);
    },
  };
}
