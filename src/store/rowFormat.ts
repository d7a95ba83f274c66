import { z } from 'zod';

/**
 * A row as it is stored: Keyv's `value` is our `row`, Keyv's `expires` our `expiresAt` (ms since the epoch). Keyv compares
 * it with the system's clock; a read here compares it with the injected one.
 */
const storedSchema = z.object({ expiresAt: z.number().optional(), row: z.unknown() });

export type Reading<Row> = { kind: 'row'; row: Row } | { kind: 'expired' } | { kind: 'damaged'; reason: string };

export function writeRow(row: unknown, expiresAt: number | undefined): string {
  return JSON.stringify({ expiresAt, row });
}

export function readRow<Row>(text: unknown, schema: z.ZodType<Row>, now: number): Reading<Row> {
  const stored = storedSchema.safeParse(parseJson(text));
  if (!stored.success) return { kind: 'damaged', reason: 'not a stored row' };
  const { expiresAt = Number.POSITIVE_INFINITY, row } = stored.data;
  if (expiresAt <= now) return { kind: 'expired' };

  const read = schema.safeParse(row);
  return read.success ? { kind: 'row', row: read.data } : { kind: 'damaged', reason: misfit(read.error) };
}

/** Names the fields that do not fit the schema, but no content: it may be a password. */
export function misfit(error: z.ZodError): string {
  const places = error.issues.slice(0, 3).map((issue) => `${issue.path.join('.') || 'row'} (${issue.code})`);
  return `does not fit its schema: ${places.join(', ')}`;
}

function parseJson(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
