import { z } from 'zod';

interface Mended {
  /** The repaired value. It fits the schema if `fallback` does. */
  value: unknown;
  /** The paths of damaged parts, such as `reactions.scanning`. */
  damaged: string[];
}

const fieldsSchema = z.record(z.string(), z.unknown());

/** Reads a value part by part. Missing or damaged parts are taken from `fallback`. Damaged entries of lists are dropped. */
export function mend(schema: unknown, stored: unknown, fallback: unknown, path = ''): Mended {
  if (stored === undefined) return { value: fallback, damaged: [] };
  if (schema instanceof z.ZodObject) return mendObject(schema, stored, fallback, path);
  if (schema instanceof z.ZodArray && Array.isArray(stored)) {
    const fitting = stored.filter((entry) => z.safeParse(schema.element, entry).success);
    return { value: fitting, damaged: fitting.length < stored.length ? [path] : [] };
  }
  const fits = schema instanceof z.ZodType && schema.safeParse(stored).success;
  return fits ? { value: stored, damaged: [] } : { value: fallback, damaged: [path] };
}

function mendObject({ shape }: z.ZodObject, stored: unknown, fallback: unknown, path: string): Mended {
  const found = fieldsSchema.safeParse(stored).data;
  const fallbacks = fieldsSchema.safeParse(fallback).data;
  if (!found || !fallbacks) return { value: fallback, damaged: [path] };
  const below = (key: string) => (path ? `${path}.${key}` : key);
  const parts = Object.entries(shape).map(
    ([key, part]) => [key, mend(part, found[key], fallbacks[key], below(key))] as const,
  );
  const unknown = Object.keys(found).filter((key) => !Object.hasOwn(shape, key));
  return {
    value: Object.fromEntries(parts.map(([key, { value }]) => [key, value])),
    damaged: [...parts.flatMap(([, { damaged }]) => damaged), ...unknown.map(below)],
  };
}
