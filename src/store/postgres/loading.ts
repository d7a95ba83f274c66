import { Client } from 'pg';
import { schemaOption } from './prepareSchema.ts';

/** For a connection. Ms. */
const connectWithin = 10_000;

/** Rows for one table, each with its values in the order of the columns. */
export interface Batch {
  table: string;
  columns: readonly string[];
  rows: readonly (readonly unknown[])[];
}

/** Stores all batches in one transaction: where one cannot be read or stored, nothing is. */
export async function load(url: string, batches: AsyncIterable<Batch>): Promise<void> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: connectWithin,
    application_name: 'vtscan',
    options: schemaOption,
  });
  // The next statement fails.
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('BEGIN');
    for await (const batch of batches) await client.query(inserting(batch), batch.rows.flat());
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

function inserting({ table, columns, rows }: Batch): string {
  const values = rows.map(
    (_, row) => `(${columns.map((_column, index) => `$${row * columns.length + index + 1}`).join(', ')})`,
  );
  return `INSERT INTO ${table}(${columns.join(', ')}) VALUES ${values.join(', ')}`;
}
