import type { KeyvStoreAdapter } from 'keyv';
import type { News } from '../scan/lease.ts';

export type Query = (statement: string, values?: readonly unknown[]) => Promise<unknown[]>;

/** SQL that SQLite and PostgreSQL both know, and the few words in which they differ. */
export interface Sql {
  /**
   * Runs one statement. `$1`, `$2`... stand for the values, `$now` for the time of the store, and `$steady` for a time that
   * nobody can set. Both are in ms, and the same for all processes of a store.
   */
  query: Query;
  /** The same for statements that delete much: those of `query` do not stand in line behind them. */
  bulk: Query;
  /** The expression for a field of the JSON in the column `value` as text: `row.origin.server`. NULL where there is none. */
  field(path: string): string;
  /** Ends a SELECT whose rows no other statement may change before this one has ended. */
  locking: '' | 'FOR SHARE';
}

/** Signs of life that end with a process, in whatever way it ends. */
export interface Liveness {
  /** Shows that an owner lives, until it is let go or the process ends. */
  show(owner: string): Promise<void>;
  letGo(owner: string): Promise<void>;
  /**
   * Since when an owner of this process has been shown without a break, by `performance.now()`. Infinity: it is not shown now.
   * In a break, others may have believed it dead.
   */
  shownSince(owner: string): number;
  /** Does `work` if an owner is certainly dead. The owner cannot come back before the work is done. Returns whether it is dead. */
  ifDead(owner: string, work: () => Promise<void>): Promise<boolean>;
}

/** An open database with the tables of this version. */
export interface Database {
  sql: Sql;
  /** The table `rows`, for Keyv. */
  values: KeyvStoreAdapter;
  liveness: Liveness;
  news: News;
  /** Removes deleted content from the files, so that nobody can read it there. */
  scrub(): Promise<void>;
  close(): Promise<void>;
}
