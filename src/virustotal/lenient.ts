import { z } from 'zod';

/** Control characters, direction overrides and marks, line separators, lone surrogates. */
const unprintable = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/**
 * Returns a foreign text that is safe to store: printable, trimmed, at most `longest` UTF-16 units. Empty if nothing is left.
 */
export function clean(text: string, longest: number): string {
  const printable = text
    .slice(0, longest * 4)
    .replace(unprintable, '')
    .trim();
  return printable.slice(0, longest).replace(unprintable, '').trimEnd();
}

/** The last part of a Unix or Windows path. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** A field that the verdict does not need. An odd value or null becomes undefined, so it never breaks the rest. */
export const text = (longest: number) =>
  z
    .string()
    .transform((value) => clean(value, longest) || undefined)
    .optional()
    .catch(undefined);

export const texts = z.array(z.unknown()).catch([]);

export const integer = z.int().optional().catch(undefined);

export const count = z.int().min(0).optional().catch(undefined);

/** A count. A missing one is 0. */
export const tally = z.int().min(0).catch(0);

export const hex = (length: 32 | 40 | 64) =>
  z
    .string()
    .regex(new RegExp(`^[0-9a-f]{${length}}$`, 'i'))
    .toLowerCase()
    .optional()
    .catch(undefined);

/** What rows say that found nothing, as their label. */
const quiet = /^(?:clean|unrated|undetected|harmless|benign|safe|none|unknown|timeout|failure|type-unsupported)\b/i;

/** Whether a row names something. Where its category cannot be read, that is at least suspicious: it is not silence. */
export const namesSomething = (label: string | undefined) => label !== undefined && !quiet.test(label);

/** The date of an engine's definitions, YYYYMMDD. */
export const definitions = z
  .string()
  .regex(/^\d{8}$/)
  .optional()
  .catch(undefined);

const year2100 = 4_102_444_800;

/** Reads seconds since the epoch, sometimes as digits in a string. Returns ms. */
export const time = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,12}$/)
      .transform(Number),
  ])
  .pipe(z.number().min(0).max(year2100))
  .transform((seconds) => seconds * 1000)
  .optional()
  .catch(undefined);

/**
 * There are about a hundred engines. More rows than this are refused instead of cut off, because the last ones might be the bad
 * ones.
 */
const mostRows = 1000;
export const rowsOf = <Row extends z.ZodType>(row: Row) =>
  z.record(z.string(), row).refine((results) => Object.keys(results).length <= mostRows);
