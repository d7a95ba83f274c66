import { Client, type ClientConfig, DatabaseError } from 'pg';
import { z } from 'zod';
import { type Clock, systemClock } from '../../scan/clock.ts';
import type { News } from '../../scan/lease.ts';
import { soloNews } from '../../scan/solo.ts';
import { createTurns } from '../../scan/turns.ts';
import type { Liveness } from '../database.ts';

/** After a start the server knows for this long no owner that has not come back yet. Ms. */
const settlingTime = 30_000;
/** How often a connection or a lock is tried. Ms. */
const retryAfter = 1_000;
const lockRetryAfter = 250;

const keyOf = 'hashtextextended($1, 0)';
const locking = `SELECT pg_try_advisory_lock(${keyOf}) AS free,
  extract(epoch FROM clock_timestamp() - pg_postmaster_start_time()) * 1000 AS since`;
const unlocking = `SELECT pg_advisory_unlock(${keyOf})`;

/**
 * A connection that stays open, and is given up when a statement gets no answer within `query_timeout`. It holds a lock for this
 * owner, which the server frees when the connection ends, and hears the news of other processes. PgBouncer in transaction mode
 * would break both.
 */
export function openSession(options: ClientConfig, clock: Clock, settling = settlingTime) {
  const closing = new AbortController();
  /** The owners to be shown, and since when they are. */
  const shown = new Map<string, number>();
  const local = soloNews(clock);
  /** A client runs one statement at a time. */
  const inTurn = createTurns();
  let current: Promise<Client> | undefined;

  function session(): Promise<Client> {
    current ??= begin().catch((error: unknown) => {
      current = undefined;
      throw error;
    });
    return current;
  }

  async function begin(): Promise<Client> {
    const client = new Client(options);
    client.on('notification', ({ payload }) => local.tell(payload ?? ''));
    // An end follows.
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query('LISTEN vtscan');
    } catch (error) {
      client.connection.stream.destroy();
      throw error;
    }
    client.on('end', () => void comeBack());
    for (const owner of shown.keys()) lock(client, owner).catch(() => {});
    return client;
  }

  async function comeBack(): Promise<void> {
    current = undefined;
    for (const owner of shown.keys()) shown.set(owner, Number.POSITIVE_INFINITY);
    while (!closing.signal.aborted) {
      try {
        await session();
        return;
      } catch {
        await systemClock.sleep(retryAfter, closing.signal).catch(() => {});
      }
    }
  }

  const ask = (statement: string, value: string, on?: Client) =>
    inTurn('session', async () => {
      const client = on ?? (await session());
      try {
        return (await client.query(statement, [value])).rows;
      } catch (error) {
        // Without an answer of the server the connection may hang for many minutes.
        if (!(error instanceof DatabaseError)) client.connection.stream.destroy();
        throw error;
      }
    });

  /** Tries again, because a connection that broke without a word has the lock until the server finds out. */
  async function lock(client: Client, owner: string): Promise<void> {
    for (;;) {
      const [answer] = lockRows.parse(await ask(locking, owner, client));
      if (answer?.free) return void shown.set(owner, performance.now());
      await systemClock.sleep(lockRetryAfter, closing.signal);
    }
  }

  const liveness: Liveness = {
    async show(owner) {
      if (!shown.has(owner)) await lock(await session(), owner);
    },
    async letGo(owner) {
      if (shown.delete(owner)) await ask(unlocking, owner);
    },
    shownSince: (owner) => shown.get(owner) ?? Number.POSITIVE_INFINITY,
    async ifDead(owner, work) {
      if (shown.has(owner)) return false;
      const [answer] = lockRows.parse(await ask(locking, owner));
      if (!answer?.free) return false;
      try {
        if (answer.since <= settling) return false;
        await work();
        return true;
      } finally {
        await ask(unlocking, owner);
      }
    },
  };

  const news: News = {
    tell(topic) {
      local.tell(topic);
      // Whoever misses it looks by itself.
      ask("SELECT pg_notify('vtscan', $1)", topic).catch(() => {});
    },
    next(topic, ms, signal) {
      void session().catch(() => {});
      return local.next(topic, ms, signal);
    },
  };

  return {
    liveness,
    news,
    async close(): Promise<void> {
      closing.abort();
      const client = await current?.catch(() => undefined);
      await client?.end().catch(() => {});
    },
  };
}

const lockRows = z.array(z.object({ free: z.boolean(), since: z.coerce.number() }));
