import { z } from 'zod';
import type { Token } from '../scan/token.ts';
import { tokenSchema } from '../scan/token.ts';
import type { Store } from './store.ts';

/** Tokens that are read at a time: scans of a busy month would hold up other statements. */
const page = 500;
const rowsSchema = z.array(z.object({ token: tokenSchema }));

/** The tokens of a server's settled scans, of those that began since a moment in ms since the epoch. */
export async function* settledOf({ sql }: Pick<Store, 'sql'>, server: string, since: number): AsyncGenerator<Token> {
  const next = `SELECT token FROM scans WHERE server = $1 AND stage = 'settled'
    AND created_at >= CAST($2 AS BIGINT) AND token > $3 ORDER BY token LIMIT ${page}`;
  for (let last: string | undefined = ''; last !== undefined; ) {
    const rows = rowsSchema.parse(await sql.query(next, [server, since, last]));
    for (const { token } of rows) yield token;
    last = rows.length === page ? rows.at(-1)?.token : undefined;
  }
}
