import { Client, type ClientConfig } from 'pg';
import { z } from 'zod';
import { type Clock, systemClock } from '../../scan/clock.ts';
import type { News } from '../../scan/lease.ts';
import { soloNews } from '../../scan/solo.ts';
import { createTurns } from '../../scan/turns.ts';
import type { Liveness } from '../database.ts';

/** After a start the server knows for this long no owner that has not come back yet. Ms. */
const settling = 30_000;
const retryAfter = 1_000;

const keyOf = 'hashtextextended($1, 0)';

/**
 * A connection that stays open. It holds a lock for this owner, which the server frees when the connection ends, and hears the
 * news of other processes. PgBouncer in transaction mode would break both.
 */
export function openSession(options: ClientConfig, clock: Clock) {
  const closing = new AbortController();
  const shown = new Set<string>();
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
    await client.connect();
    client.on('end', () => void comeBack());
    await client.query('LISTEN vtscan');
    for (const owner of shown) await client.query(`SELECT pg_advisory_lock(${keyOf})`, [owner]);
    return client;
  }

  async function comeBack(): Promise<void> {
    current = undefined;
    while (!closing.signal.aborted) {
      try {
        await session();
        return;
      } catch {
        await systemClock.sleep(retryAfter, closing.signal).catch(() => {});
      }
    }
  }

  const ask = (statement: string, value: string) =>
    inTurn('session', async () => (await (await session()).query(statement, [value])).rows);

  const liveness: Liveness = {
    async show(owner) {
      await session();
      if (shown.has(owner)) return;
      await ask(`SELECT pg_advisory_lock(${keyOf})`, owner);
      shown.add(owner);
    },
    async letGo(owner) {
      if (shown.delete(owner)) await ask(`SELECT pg_advisory_unlock(${keyOf})`, owner);
    },
    async isDead(owner) {
      if (shown.has(owner)) return false;
      const since = `extract(epoch FROM clock_timestamp() - pg_postmaster_start_time()) * 1000 AS since`;
      const asking = `SELECT pg_try_advisory_lock(${keyOf}) AS free, ${since}`;
      const [answer] = lockRows.parse(await ask(asking, owner));
      if (!answer?.free) return false;
      await ask(`SELECT pg_advisory_unlock(${keyOf})`, owner);
      return answer.since > settling;
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
