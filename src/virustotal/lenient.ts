import { z } from 'zod';

/** Control characters, direction overrides and marks, line separators, halves of characters. */
const unprintable = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** Foreign text as it may be kept: printable, trimmed, at most `longest` UTF-16 units. Empty when nothing is left. */
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

/** Fields beside the verdict: what is odd or null reads as undefined, and never breaks the rest. */
export const text = (longest: number) =>
  z
    .string()
    .transform((value) => clean(value, longest) || undefined)
    .optional()
    .catch(undefined);

export const texts = z.array(z.unknown()).catch([]);

export const integer = z.int().optional().catch(undefined);

export const count = z.int().min(0).optional().catch(undefined);

/** A number beside others of its kind: one that is missing is none. */
export const tally = z.int().min(0).catch(0);

export const hex = (length: 32 | 40 | 64) =>
  z
    .string()
    .regex(new RegExp(`^[0-9a-f]{${length}}$`, 'i'))
    .toLowerCase()
    .optional()
    .catch(undefined);

/** The date of an engine's definitions, YYYYMMDD. */
export const definitions = z
  .string()
  .regex(/^\d{8}$/)
  .optional()
  .catch(undefined);

const year2100 = 4_102_444_800;

/** Seconds since the epoch, at times as digits in a string; here in ms. */
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

/** There are about a hundred engines. More than these are not cut off, for the bad ones might be last. */
const mostRows = 1000;
export const rowsOf = <Row extends z.ZodType>(row: Row) =>
  z.record(z.string(), row).refine((results) => Object.keys(results).length <= mostRows);
