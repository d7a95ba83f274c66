import type { z } from 'zod';
import type { Clock } from '../scan/clock.ts';
import type { Collection } from '../scan/ports.ts';
import type { createTurns } from '../scan/turns.ts';
import { misfit, readRow } from './row.ts';

/** A row that cannot be read. It is left where it is. */
export interface DamagedRow {
  collection: string;
  /** The first characters of its key: a whole one may be a token. */
  key: string;
  reason: string;
}

/** The text of the rows, under keys that hold the collection's name. */
export interface Rows {
  get(key: string): Promise<unknown>;
  /** `ttl` in ms of the system's clock; undefined: for good. */
  set(key: string, row: unknown, ttl: number | undefined): Promise<void>;
  delete(key: string): Promise<void>;
  /** Rows whose key lies in [from, to). */
  between(from: string, to: string): Promise<{ key: string; value: unknown }[]>;
  /** Deletes those of them in whose JSON `path` ("$.a.b") leads to `value`. */
  deleteBetween(from: string, to: string, path: string, value: string): Promise<void>;
}

export interface Shelf {
  rows: Rows;
  inTurn: ReturnType<typeof createTurns>;
  clock: Clock;
  damaged(row: DamagedRow): void;
}

export interface CollectionOptions<Row> {
  /** How long a row is kept after it was set, in ms; undefined: for good. */
  ttlMs?: number | ((row: Row) => number | undefined);
}

export function createCollection<Row>(
  { rows, inTurn, clock, damaged }: Shelf,
  name: string,
  schema: z.ZodType<Row>,
  { ttlMs }: CollectionOptions<Row> = {},
): Collection<Row> {
  const place = (key: string) => `${name}:${key}`;
  // ';' is the character after ':'.
  const whole = [`${name}:`, `${name};`] as const;

  function read(key: string, text: unknown): Row | undefined {
    const reading = readRow(text, schema, clock.now());
    if (reading.kind === 'row') return reading.row;
    if (reading.kind === 'damaged') damaged({ collection: name, key: key.slice(0, 8), reason: reading.reason });
    return undefined;
  }

  return {
    async get(key) {
      const text = await rows.get(place(key));
      return text === undefined ? undefined : read(key, text);
    },
    async set(key, row) {
      const fitting = schema.safeParse(row);
      if (!fitting.success) throw new TypeError(`A row of ${name} ${misfit(fitting.error)}`);
      const ttl = typeof ttlMs === 'function' ? ttlMs(row) : ttlMs;
      // Keyv adds the time to live to the system's time, and rows expire by our clock.
      const life = ttl === undefined ? undefined : clock.now() + ttl - Date.now();
      const copy = structuredClone(row);
      await inTurn(place(key), () => rows.set(place(key), copy, life));
    },
    async delete(key) {
      await inTurn(place(key), () => rows.delete(place(key)));
    },
    async all() {
      const stored = await rows.between(...whole);
      return stored.flatMap(({ key, value }) => read(key.slice(name.length + 1), value) ?? []);
    },
    deleteWhere: (field, value) => rows.deleteBetween(...whole, `$.row.${field}`, value),
  };
}
