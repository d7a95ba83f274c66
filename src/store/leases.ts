import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { systemClock } from '../scan/clock.ts';
import { LeaseLost } from '../scan/failure.ts';
import type { Lease, Leases } from '../scan/lease.ts';
import type { Database } from './database.ts';

/** An owner that was not renewed for this long has lost its leases. Ms. */
const leaseTerm = 30_000;

export interface StoreLeases extends Leases {
  /** To be called when a write under this lease was refused: another process has it. Returns the error to throw. */
  refused(lease: Lease): LeaseLost;
  /** Finds out which owners are dead, so that their leases are free. */
  buryTheDead(): Promise<void>;
  /** How many leases of other processes, which had ended without giving them back, this one has taken. */
  takeovers(): number;
  /** Gives back everything. */
  close(): Promise<void>;
}

/**
 * The number of a lease that nobody has. It begins with the time, so that it also grows when a lease was given back. Its last
 * three digits count how often the lease was taken over since: 5000 is taken at 5 ms, and 5002 was taken over twice.
 */
const firstNumber = '$steady * 1000';
const wasTakenOver = (number: number) => number % 1000 > 0;

/**
 * To be run by a process that does not have the lease. A row of its own is left over where a lease could not be given back.
 * One statement, so that of two processes that try at once only one gets it.
 */
const taking = `INSERT INTO leases(name, owner, number) VALUES ($1, $2, ${firstNumber})
  ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, number = leases.number + 1
    WHERE leases.owner = excluded.owner
      OR NOT EXISTS (SELECT 1 FROM owners WHERE id = leases.owner AND until > $steady)
  RETURNING number`;

const giving = 'DELETE FROM leases WHERE name = $1 AND owner = $2 AND number = $3';

const renewing = `INSERT INTO owners(id, label, until) VALUES ($1, $2, $steady + CAST($3 AS BIGINT))
  ON CONFLICT (id) DO UPDATE SET until = excluded.until`;

/**
 * Leases of one process on a shared store. The process is an owner from its first lease on, and renews itself. Two things tell
 * that an owner is dead: its time is over, or the kernel or database knows.
 */
export function createLeases({ sql, liveness, news }: Database, term = leaseTerm): StoreLeases {
  const owner = randomBytes(8).toString('hex');
  const label = `process ${process.pid} on ${hostname()}, started ${new Date().toISOString()}`;
  const closing = new AbortController();
  const held = new Map<string, { number: number; lost: AbortController }>();
  /** The names of leases that are being taken. */
  const wanted = new Set<string>();
  /** When the last successful renewal began, by the time of this process. */
  let renewedAt = Number.NEGATIVE_INFINITY;
  let takeovers = 0;
  let started: Promise<void> | undefined;
  let renewal: Promise<void> | undefined;

  async function start(): Promise<void> {
    await liveness.show(owner);
    await renew();
    void goOnRenewing();
  }

  async function goOnRenewing(): Promise<void> {
    while (!closing.signal.aborted) {
      await systemClock.sleep(term / 3, closing.signal).catch(() => {});
      // Without a renewal nothing is confirmed, and the next one comes soon.
      if (!closing.signal.aborted) await renew().catch(() => {});
    }
  }

  /** Renews the owner, then finds out what others have taken meanwhile. */
  function renew(): Promise<void> {
    renewal ??= renewOnce().finally(() => {
      renewal = undefined;
    });
    return renewal;
  }

  async function renewOnce(): Promise<void> {
    const at = performance.now();
    await liveness.show(owner);
    await sql.query(renewing, [owner, label, term]);
    const mine = new Map([...held]);
    const rows = leaseRows.parse(await sql.query('SELECT name, number FROM leases WHERE owner = $1', [owner]));
    const still = new Map(rows.map(({ name, number }) => [name, number]));
    for (const [name, { number }] of mine) if (still.get(name) !== number) lose(name, number);
    renewedAt = at;
    // It could not be given back, or was taken by a statement whose answer was lost.
    const strays = rows.filter(({ name }) => !held.has(name) && !wanted.has(name));
    for (const { name, number } of strays) await sql.query(giving, [name, owner, number]).catch(() => {});
  }

  function lose(name: string, number: number): void {
    const lease = held.get(name);
    if (lease?.number !== number) return;
    held.delete(name);
    lease.lost.abort(new LeaseLost(name));
  }

  async function attempt(name: string): Promise<number | undefined> {
    const number = numberRows.parse(await sql.query(taking, [name, owner]))[0]?.number;
    if (number !== undefined && wasTakenOver(number)) takeovers += 1;
    return number;
  }

  async function bury(id: string): Promise<boolean> {
    if (id === owner || !(await liveness.isDead(id))) return false;
    await sql.query('DELETE FROM owners WHERE id = $1', [id]);
    return true;
  }

  async function buryTheDead(): Promise<void> {
    const rows = idRows.parse(await sql.query('SELECT id FROM owners WHERE id <> $1', [owner]));
    for (const { id } of rows) await bury(id);
  }

  async function isFreeOfTheDead(name: string): Promise<boolean> {
    const rows = ownerRows.parse(await sql.query('SELECT owner FROM leases WHERE name = $1', [name]));
    return rows[0] === undefined || bury(rows[0].owner);
  }

  function leaseOf(name: string, number: number): Lease {
    const lost = new AbortController();
    held.set(name, { number, lost });
    return {
      name,
      number,
      lost: lost.signal,
      isFresh: () => !lost.signal.aborted && performance.now() - renewedAt < term,
      async confirm() {
        if (performance.now() - renewedAt > term / 2) await renew();
        lost.signal.throwIfAborted();
      },
      async release() {
        lose(name, number);
        await sql.query(giving, [name, owner, number]);
        news.tell(name);
      },
    };
  }

  return {
    owner,
    async take(name) {
      started ??= start();
      await started.catch((error: unknown) => {
        started = undefined;
        throw error;
      });
      if (held.has(name) || wanted.has(name)) return undefined;
      wanted.add(name);
      try {
        const number = (await attempt(name)) ?? ((await isFreeOfTheDead(name)) ? await attempt(name) : undefined);
        return number === undefined ? undefined : leaseOf(name, number);
      } finally {
        wanted.delete(name);
      }
    },
    async holder(name) {
      const having = `SELECT label FROM owners WHERE until > $steady
        AND id = (SELECT owner FROM leases WHERE name = $1)`;
      return labelRows.parse(await sql.query(having, [name]))[0]?.label;
    },
    async living(prefix) {
      await buryTheDead();
      const having = `SELECT name, owner FROM leases JOIN owners ON owners.id = leases.owner
        WHERE until > $steady AND substr(name, 1, $1) = $2 ORDER BY name`;
      return livingRows.parse(await sql.query(having, [prefix.length, prefix]));
    },
    async isAlive(id) {
      const living = await sql.query('SELECT 1 FROM owners WHERE id = $1 AND until > $steady', [id]);
      return living.length > 0 && !(await bury(id));
    },
    refused({ name, number }) {
      lose(name, number);
      return new LeaseLost(name);
    },
    takeovers: () => takeovers,
    buryTheDead,
    async close() {
      closing.abort();
      if (!started) return;
      await started.catch(() => {});
      await renewal?.catch(() => {});
      for (const [name, { number }] of [...held]) lose(name, number);
      try {
        await sql.query('DELETE FROM leases WHERE owner = $1', [owner]);
        await sql.query('DELETE FROM owners WHERE id = $1', [owner]);
        await liveness.letGo(owner);
      } catch {
        // Then others find out that this process has ended.
      }
    },
  };
}

const numberRows = z.array(z.object({ number: z.number() }));
const leaseRows = z.array(z.object({ name: z.string(), number: z.number() }));
const livingRows = z.array(z.object({ name: z.string(), owner: z.string() }));
const ownerRows = z.array(z.object({ owner: z.string() }));
const labelRows = z.array(z.object({ label: z.string() }));
const idRows = z.array(z.object({ id: z.string() }));
