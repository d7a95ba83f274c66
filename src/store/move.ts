import { z } from 'zod';
import type { Batch } from './postgres/loading.ts';
import { StoreRefused } from './refused.ts';
import type { Store } from './store.ts';

/** The tables that are moved, with their columns. Owners and leases belong to processes of the old store. */
export const movedTables = {
  rows: ['key', 'value'],
  scans: ['token', 'stage', 'server', 'created_at', 'expires_at', 'report', 'value'],
  reports: ['id', 'expires_at', 'value'],
  quota: ['key', 'version', 'state'],
};

/** Rows that are read at a time. */
const page = 500;

/** Throws `StoreRefused` while another living process uses the store. `place`: the variable that names it. */
export async function refuseOthers({ sql, leases }: Store, place: string): Promise<void> {
  await leases.buryTheDead();
  const living = 'SELECT label FROM owners WHERE id <> $1 AND until > $steady LIMIT 1';
  const [other] = labelRows.parse(await sql.query(living, [leases.owner]));
  if (other) throw new StoreRefused(`The store of ${place} is in use by ${other.label}. Stop that process first.`);
}

/** Throws `StoreRefused` where something is stored already. */
export async function refuseFilled(store: Store): Promise<void> {
  const counts = await countRows(store);
  if ([...counts.values()].some((count) => count > 0))
    throw new StoreRefused('The PostgreSQL of DATABASE_URL holds data of vtscan already. Name an empty database.');
}

/** How many rows each of these tables has. */
export async function countRows({ sql }: Store): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const table of Object.keys(movedTables)) {
    const [{ count }] = counted.parse(await sql.query(`SELECT count(*) AS count FROM ${table}`));
    counts.set(table, count);
  }
  return counts;
}

/** Copies everything from a SQLite store to the PostgreSQL of `url`, or nothing. `last` runs when all is copied, and may still refuse. */
export async function copyRows(from: Store, url: string, last: () => Promise<void>): Promise<void> {
  async function* batches(): AsyncGenerator<Batch> {
    for (const [table, columns] of Object.entries(movedTables)) yield* batchesOf(from, table, columns);
    await last();
  }
  const { load } = await import('./postgres/loading.ts');
  return load(url, batches());
}

async function* batchesOf({ sql }: Store, table: string, columns: readonly string[]): AsyncGenerator<Batch> {
  const reading = `SELECT rowid AS place, ${columns.join(', ')} FROM ${table} WHERE rowid > $1 ORDER BY rowid LIMIT ${page}`;
  for (let after: number | undefined = Number.MIN_SAFE_INTEGER; after !== undefined; ) {
    const rows = placedRows.parse(await sql.query(reading, [after]));
    if (rows.length > 0) yield { table, columns, rows: rows.map((row) => columns.map((column) => row[column])) };
    after = rows.length === page ? rows.at(-1)?.place : undefined;
  }
}

const labelRows = z.array(z.object({ label: z.string() }));
const counted = z.tuple([z.object({ count: z.coerce.number() })]);
const placedRows = z.array(z.looseObject({ place: z.number() }));
