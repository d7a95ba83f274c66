import type { z } from 'zod';
import type { Clock } from '../scan/clock.ts';
import type { Lease } from '../scan/lease.ts';
import type { Collection } from '../scan/ports.ts';
import type { createTurns } from '../scan/turns.ts';
import { misfit, readRow } from './rowFormat.ts';
import type { Rows } from './rows.ts';

/** A row that cannot be read. It stays in the file. */
export interface DamagedRow {
  collection: string;
  /** The first characters of its key. A whole key may be a token, which is secret. */
  key: string;
  reason: string;
}

export interface Shelf {
  rows: Rows;
  inTurn: ReturnType<typeof createTurns>;
  clock: Clock;
  damaged(row: DamagedRow): void;
}

export interface CollectionOptions<Row> {
  /** How long a row is kept after it was set, in ms; undefined: it does not expire. */
  ttlMs?: number | ((row: Row) => number | undefined);
  /** Under which its rows are written and deleted, if no other one is given: not any more when it is lost. */
  lease?: Lease;
}

export function createCollection<Row>(
  { rows, inTurn, clock, damaged }: Shelf,
  name: string,
  schema: z.ZodType<Row>,
  { ttlMs, lease }: CollectionOptions<Row> = {},
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
    async set(key, row, under = lease) {
      const fitting = schema.safeParse(row);
      if (!fitting.success) throw new TypeError(`A row of ${name} ${misfit(fitting.error)}`);
      const ttl = typeof ttlMs === 'function' ? ttlMs(row) : ttlMs;
      // Keyv adds the time to live to the system's time, but rows expire by the injected clock.
      const life = ttl === undefined ? undefined : clock.now() + ttl - Date.now();
      const copy = structuredClone(row);
      await inTurn(place(key), () => rows.set(place(key), copy, life, under));
    },
    async delete(key, under = lease) {
      await inTurn(place(key), () => rows.delete(place(key), under));
    },
    async all() {
      const stored = await rows.between(...whole);
      return stored.flatMap(({ key, value }) => read(key.slice(name.length + 1), value) ?? []);
    },
    deleteWhere: (field, value) => rows.deleteBetween(...whole, `row.${field}`, value),
  };
}
