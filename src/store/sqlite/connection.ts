import sqlite3 from 'sqlite3';
import type { Clock } from '../../scan/clock.ts';
import type { Query } from '../database.ts';

const { OPEN_CREATE, OPEN_READWRITE } = sqlite3;

export interface Connection {
  query: Query;
  close(): Promise<void>;
}

/** Opens a file. `patience`: how long a statement waits for other processes, in ms. */
export function connect(
  path: string,
  patience: number,
  clock: Clock,
  mode = OPEN_READWRITE | OPEN_CREATE,
): Promise<Connection> {
  return new Promise((opened, failed) => {
    const handle = new sqlite3.Database(path, mode, (error) => {
      if (error) return failed(error);
      handle.configure('busyTimeout', patience);
      opened({ query, close });
    });
    const query: Query = (statement, values = []) =>
      new Promise((resolve, reject) => {
        handle.all(inSqlite(statement, clock), values, (error, rows) => (error ? reject(error) : resolve(rows)));
      });
    const close = () =>
      new Promise<void>((resolve, reject) => {
        handle.close((error) => (error ? reject(error) : resolve()));
      });
  });
}

/** The machine's monotonic clock is the same in all its processes and containers. */
const steady = () => process.hrtime.bigint() / 1_000_000n;

/** `$1` would be a name in SQLite: `?1` is the number. */
const inSqlite = (statement: string, clock: Clock) =>
  statement.replaceAll(/\$(\d+|now|steady)/g, (_, name: string) => {
    if (name === 'now') return String(Math.floor(clock.now()));
    return name === 'steady' ? String(steady()) : `?${name}`;
  });

/** NULL for text that is not JSON, because one damaged row would fail the whole statement. */
export const field = (path: string) => `CASE WHEN json_valid(value) THEN json_extract(value, '$.${path}') END`;
