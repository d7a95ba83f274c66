import type { Client } from 'pg';
import { z } from 'zod';
import { StoreRefused } from '../refused.ts';
import { tables } from '../tables.ts';

/** The version of the tables. The rows' content has schemas of its own. */
const version = 1;

/** Makes the names in statements mean the tables of this schema. */
export const schemaOption = '-c search_path=vtscan';

/** Held while the tables are made, so that of several processes that start at once one makes them. "vtsc" in ASCII. */
const lock = 0x76747363;

/** NULL for text that is not JSON, because one damaged row would fail the whole statement. */
export const field = (path: string) => `json_field(value, '{${path.replaceAll('.', ',')}}')`;

/** Escapes such as \u0000 are left out: PostgreSQL refuses some of them, and no field that is looked for holds one. */
const jsonField = String.raw`CREATE FUNCTION json_field(value TEXT, path TEXT[]) RETURNS TEXT LANGUAGE plpgsql IMMUTABLE AS $body$
  BEGIN
    RETURN regexp_replace(value, '(\\\\)|\\u[0-9a-fA-F]{4}', '\1', 'g')::jsonb #>> path;
  EXCEPTION WHEN others THEN
    RETURN NULL;
  END $body$`;

const creating = [jsonField, ...tables(field, 'TEXT COLLATE "C"')];

/**
 * Makes or migrates the tables in the schema `vtscan`, so that the database may be shared with other programs. Throws
 * `StoreRefused` for tables of a newer version.
 */
export async function prepareSchema(client: Client): Promise<void> {
  await client.query('BEGIN');
  await client.query('SELECT pg_advisory_xact_lock($1)', [lock]);
  await client.query('CREATE SCHEMA IF NOT EXISTS vtscan');
  await client.query('CREATE TABLE IF NOT EXISTS version(number INTEGER NOT NULL)');
  const [before] = versionRows.parse((await client.query('SELECT number FROM version')).rows);
  if (before && before.number > version)
    throw new StoreRefused(
      `The database was written by a newer version of vtscan (${before.number}). Update vtscan on this host.`,
    );
  if (!before) {
    for (const statement of creating) await client.query(statement);
    await client.query('INSERT INTO version VALUES ($1)', [version]);
  }
  await client.query('COMMIT');
}

const versionRows = z.array(z.object({ number: z.number() }));
