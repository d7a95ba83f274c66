import { z } from 'zod';
import type { Query } from './database.ts';

/** A call to be booked. Times in ms since the epoch. */
export interface NewCall {
  cost: number;
  now: number;
  /** When the slot comes free unless the call is renewed or answered. */
  freeAt: number;
  /** 'YYYY-MM-DD', UTC. */
  day: string;
  limits: { perMinute: number; perDay: number; perMonth: number };
}

export interface TakenSlot {
  cost: number;
  freeAt: number;
  answered: boolean;
}

/**
 * The calls of all processes that share this file: one row for each call whose slot of the minute is taken, and the counts of
 * days and months. Each method changes the tables by one statement, so no other process can come in between.
 */
export function createCalls(query: Query) {
  return {
    /** Books a call and returns its id; undefined when it does not fit the limits. */
    async take({ cost, now, freeAt, day, limits }: NewCall): Promise<number | undefined> {
      const { perMinute, perDay, perMonth } = limits;
      const rows = await query(taking, [
        cost,
        now,
        freeAt,
        day,
        now,
        Math.max(0, perMinute - cost),
        day,
        perDay - cost,
        day,
        perMonth - cost,
      ]);
      return idsSchema.parse(rows)[0]?.id;
    },

    /** Sets when the slots of these calls come free. */
    async hold(ids: readonly number[], freeAt: number, answered: boolean): Promise<void> {
      await query('UPDATE calls SET free_at = ?, answered = ? WHERE id IN (SELECT value FROM json_each(?))', [
        freeAt,
        answered ? 1 : 0,
        JSON.stringify(ids),
      ]);
    },

    /** Cancels a call that was never sent. */
    async giveBack(id: number): Promise<void> {
      await query('UPDATE calls SET cost = 0, free_at = sent_at, answered = 1 WHERE id = ?', [id]);
    },

    /**
     * The taken slots, the soonest free first. After the clock was set back, a slot may seem taken for too long: no slot is
     * taken after `latest`.
     */
    async taken(now: number, latest: number): Promise<TakenSlot[]> {
      await query('UPDATE calls SET free_at = ? WHERE free_at > ?', [latest, latest]);
      const sql = 'SELECT cost, free_at AS freeAt, answered FROM calls WHERE free_at > ? AND cost > 0 ORDER BY free_at';
      return slotsSchema.parse(await query(sql, [now]));
    },

    /**
     * Begins the counts of a day and its month, unless they have begun: with `own`, or with the calls whose slots come free
     * after `since` if those are more.
     */
    async enter(day: string, since: number, own: { day: number; month: number }): Promise<void> {
      const flying = 'SELECT coalesce(sum(cost), 0) FROM calls WHERE free_at > ?';
      const sql = `INSERT INTO call_counts SELECT key, max(value, (${flying})) FROM json_each(?) WHERE true
        ON CONFLICT DO NOTHING`;
      await query(sql, [since, JSON.stringify({ [day]: own.day, [monthOf(day)]: own.month })]);
    },

    /** The counts of a day and its month. */
    async used(day: string): Promise<{ day: number; month: number }> {
      const counts = countsSchema.parse(
        await query('SELECT period, cost FROM call_counts WHERE period IN (?, ?)', [day, monthOf(day)]),
      );
      const of = (name: string) => counts.find(({ period }) => period === name)?.cost ?? 0;
      return { day: of(day), month: of(monthOf(day)) };
    },

    /** Sets the count of a day or month to `used` plus the calls whose slots come free after `since`. */
    async recount(period: string, used: number, since: number): Promise<void> {
      const sql = `INSERT INTO call_counts SELECT ?, ? + coalesce(sum(cost), 0) FROM calls WHERE free_at > ?
        ON CONFLICT DO UPDATE SET cost = excluded.cost`;
      await query(sql, [period, used, since]);
    },
  };
}

/** The tables, and the triggers that count calls and delete rows whose slots have come free. */
export const callTables = [
  `CREATE TABLE IF NOT EXISTS calls(id INTEGER PRIMARY KEY AUTOINCREMENT, cost INTEGER, sent_at INTEGER, free_at INTEGER,
    answered INTEGER, day TEXT)`,
  'CREATE INDEX IF NOT EXISTS calls_free ON calls(free_at)',
  'CREATE TABLE IF NOT EXISTS call_counts(period TEXT PRIMARY KEY, cost INTEGER)',
  `CREATE TRIGGER IF NOT EXISTS calls_count AFTER INSERT ON calls BEGIN
    UPDATE call_counts SET cost = cost + NEW.cost WHERE period IN (NEW.day, substr(NEW.day, 1, 7));
    DELETE FROM calls WHERE free_at <= NEW.sent_at;
  END`,
  `CREATE TRIGGER IF NOT EXISTS calls_uncount AFTER UPDATE OF cost ON calls BEGIN
    UPDATE call_counts SET cost = cost + NEW.cost - OLD.cost WHERE period IN (NEW.day, substr(NEW.day, 1, 7));
  END`,
];

const taking = `INSERT INTO calls(cost, sent_at, free_at, answered, day) SELECT ?, ?, ?, 0, ?
  WHERE (SELECT coalesce(sum(cost), 0) FROM calls WHERE free_at > ?) <= ?
    AND (SELECT cost FROM call_counts WHERE period = ?) <= ?
    AND (SELECT cost FROM call_counts WHERE period = substr(?, 1, 7)) <= ?
  RETURNING id`;

const monthOf = (day: string) => day.slice(0, 7);

const idsSchema = z.array(z.object({ id: z.number() }));
const slotsSchema = z.array(
  z.object({ cost: z.number(), freeAt: z.number(), answered: z.number().transform((flag) => flag === 1) }),
);
const countsSchema = z.array(z.object({ period: z.string(), cost: z.number() }));
