import { EventEmitter } from 'node:events';
import type { KeyvStoreAdapter } from 'keyv';
import { Client, Pool, types } from 'pg';
import { z } from 'zod';
import type { Clock } from '../../scan/clock.ts';
import type { Database, Query, Sql } from '../database.ts';
import { StoreRefused, systemCode } from '../refused.ts';
import { field, prepareSchema, schemaOption } from './prepareSchema.ts';
import { openSession } from './session.ts';

/**
 * For a connection, for a statement, and for one that may take long. A connection may break without a word: by the second one,
 * whoever waits on it finds out in time to renew a lease. Ms.
 */
const [connectWithin, answerWithin, bulkWithin] = [10_000, 10_000, 60_000];
/** By these, either side finds out within half a minute that a connection has broken without a word. */
const keepAlive = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 };
const serverKeepsAlive = `-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout=20000`;
/** Connections of one process, beside the session. */
const connections = 8;

/** 64-bit integers, which hold times and counts here, as numbers. */
const getTypeParser: typeof types.getTypeParser = (id: number, format?: 'text' | 'binary') =>
  id === types.builtins.INT8 ? Number : types.getTypeParser(id, format);

/**
 * Connects, makes or migrates the tables, or throws `StoreRefused`. `time`: the clock of the store; undefined: the database's,
 * because the clocks of hosts differ.
 */
export async function openPostgres(url: string, clock: Clock, time?: Clock): Promise<Database> {
  const options = {
    connectionString: url,
    connectionTimeoutMillis: connectWithin,
    query_timeout: answerWithin,
    ...keepAlive,
    application_name: 'vtscan',
    options: `${schemaOption} ${serverKeepsAlive}`,
    types: { getTypeParser },
  };
  await prepare(new Client({ ...options, query_timeout: bulkWithin }));
  const pool = new Pool({ ...options, max: connections });
  // An idle connection that breaks is replaced at the next statement, which tells whoever needs it.
  pool.on('error', () => {});
  const queryWithin =
    (query_timeout: number): Query =>
    async (statement, values) => {
      const config = { text: inPostgres(statement, time), values: values && [...values], query_timeout };
      return (await pool.query(config)).rows;
    };
  const [query, bulk] = [queryWithin(answerWithin), queryWithin(bulkWithin)];
  const sql: Sql = { query, bulk, field, locking: 'FOR SHARE' };
  const session = openSession(options, clock);

  return {
    sql,
    values: valuesIn(sql),
    liveness: session.liveness,
    news: session.news,
    // PostgreSQL cleans its files by itself.
    scrub: async () => {},
    async close() {
      await session.close();
      await pool.end();
    },
  };
}

async function prepare(client: Client): Promise<void> {
  // The next statement fails.
  client.on('error', () => {});
  try {
    await client.connect();
    await prepareSchema(client);
  } catch (error) {
    if (error instanceof StoreRefused) throw error;
    const { host, port, database = '' } = client;
    const reason = systemCode(error) ?? 'unknown error';
    throw new StoreRefused(`PostgreSQL at ${host}:${port}/${database} ${wrong(reason)}`, { cause: error });
  } finally {
    await client.end().catch(() => {});
  }
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
function wrong(code: string): string {
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'ETIMEDOUT':
      return `cannot be reached (${code}). Check the host and the port of DATABASE_URL, and that the server runs.`;
    case '28P01':
    case '28000':
      return `refuses the user or the password (${code}). Check those of DATABASE_URL.`;
    case '3D000':
      return 'has no such database. Create it, or check the name at the end of DATABASE_URL.';
    case '42501':
      return 'does not let this user create tables. Grant CREATE on the database to it.';
    default:
      return `cannot be used (${code}). Check DATABASE_URL and the log of the server.`;
  }
}

const inPostgres = (statement: string, time: Clock | undefined) =>
  statement.replaceAll(/\$(now|steady)/g, (_, name: string) =>
    name === 'now' && time ? `${Math.floor(time.now())}::bigint` : databaseTime,
  );
const databaseTime = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';

/**
 * The table of Keyv. The adapter of the registry has a pool of its own, which nobody can hear the errors of: a restart of the
 * server would end the process.
 */
function valuesIn({ query }: Sql): KeyvStoreAdapter {
  const saving = `INSERT INTO rows(key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value`;
  return Object.assign(new EventEmitter(), {
    opts: {},
    async get(key: string) {
      return valueRows.parse(await query('SELECT value FROM rows WHERE key = $1', [key]))[0]?.value;
    },
    set: (key: string, value: string) => query(saving, [key, value]),
    async delete(key: string) {
      return (await query('DELETE FROM rows WHERE key = $1 RETURNING 1', [key])).length > 0;
    },
    async clear() {
      await query('DELETE FROM rows');
    },
  });
}

const valueRows = z.array(z.object({ value: z.any() }));
