import { z } from 'zod';
import { StoreRefused } from '../store/refused.ts';
import { readRow, writeRow } from '../store/rowFormat.ts';
import type { Store } from '../store/store.ts';
import { hostPrefix } from './ownership.ts';

const key = 'shards:count';
/** `hosts`: who has agreed to it. */
const agreementSchema = z.object({ count: z.number(), hosts: z.array(z.string()).default([]) });
type Agreement = z.infer<typeof agreementSchema>;

const reading = 'SELECT value FROM rows WHERE key = $1';
/** Of hosts that start together one writes: the others find that the row is no longer what they have read. */
const replacing = `INSERT INTO rows(key, value) VALUES ($1, $2)
  ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE rows.value = $3 RETURNING 1`;

/**
 * How many shards there are: what other living hosts have agreed to, or else what was asked for. To be called by a process that
 * is a host already. Throws `StoreRefused` when both are known and differ, because a server would then be on two shards at once.
 */
export async function agreeOnCount(
  { leases, sql }: Pick<Store, 'leases' | 'sql'>,
  { asked, recommended }: { asked: number | undefined; recommended: number },
): Promise<number> {
  for (;;) {
    const stored = valueRows.parse(await sql.query(reading, [key]))[0]?.value;
    const before = agreementIn(stored);
    const living = new Set((await leases.living(hostPrefix)).map(({ owner }) => owner));
    const others = before?.hosts.filter((host) => host !== leases.owner && living.has(host)) ?? [];
    const used = others.length > 0 ? before?.count : undefined;
    if (used !== undefined && asked !== undefined && used !== asked)
      throw new StoreRefused(
        `The other hosts of this store run ${used} shards, and SHARDS asks for ${asked}. Stop all of them, then start them with the new number.`,
      );
    const after: Agreement = { count: used ?? asked ?? recommended, hosts: [...others, leases.owner] };
    const written = await sql.query(replacing, [key, writeRow(after, undefined), stored ?? '']);
    if (written.length > 0) return after.count;
  }
}

function agreementIn(stored: string | undefined): Agreement | undefined {
  const read = readRow(stored, agreementSchema, Number.NEGATIVE_INFINITY);
  return read.kind === 'row' ? read.row : undefined;
}

const valueRows = z.array(z.object({ value: z.string() }));
