import { z } from 'zod';

/**
 * A row as it stands in the file: Keyv's `value` and `expires` under our names. Keyv compares `expires` with the system's
 * clock, so a read compares it with the injected clock (ms since the epoch).
 */
const storedSchema = z.object({ expiresAt: z.number().optional(), row: z.unknown() });

/** Where SQL finds `expiresAt`. Text that is not JSON has none, or one damaged row would fail every statement. */
export const expiresAtColumn = `CASE WHEN json_valid(value) THEN json_extract(value, '$.expiresAt') END`;

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

/** What does not fit, without a word of the content: it may be a password. */
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
