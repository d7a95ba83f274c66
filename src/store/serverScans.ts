import { z } from 'zod';
import type { Clock } from '../scan/clock.ts';
import { type SettledScan, scanSchema } from '../scan/scan.ts';
import { readRow } from './row.ts';
import type { Store } from './store.ts';

/** Rows that are read at a time: a busy month of a server does not fit into memory. */
const page = 200;
const rowsSchema = z.array(z.object({ token: z.string(), value: z.unknown() }));

/** The settled scans of a server, of those that began since a moment in ms since the epoch. Damaged ones are left out. */
export async function* settledOf(
  { query }: Pick<Store, 'query'>,
  clock: Clock,
  server: string,
  since: number,
): AsyncGenerator<SettledScan> {
  const sql = `SELECT token, value FROM scans
    WHERE server = ? AND stage = 'settled' AND created_at >= ? AND token > ? ORDER BY token LIMIT ${page}`;
  for (let last: string | undefined = ''; last !== undefined; ) {
    const rows = rowsSchema.parse(await query(sql, [server, since, last]));
    for (const { value } of rows) {
      const reading = readRow(value, scanSchema, clock.now());
      if (reading.kind === 'row' && reading.row.stage === 'settled') yield reading.row;
    }
    last = rows.length === page ? rows.at(-1)?.token : undefined;
  }
}
