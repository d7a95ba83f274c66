import type { z } from 'zod';
import { type FormErrors, type FormProblem, invalidForm } from '../errors.ts';

/** Reads a request body, or refuses it as Discord does: 50035 with every wrong field named. */
export function readForm<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  throw invalidForm(formErrors(read.error.issues));
}

function formErrors(issues: readonly z.core.$ZodIssue[]): FormErrors {
  const tree: FormErrors = {};
  for (const issue of issues) place(tree, issue.path.map(String), problem(issue));
  return tree;
}

function place(tree: FormErrors, path: readonly string[], found: FormProblem): void {
  let node = tree;
  for (const field of path) {
    const child = node[field];
    const next: FormErrors = child && !Array.isArray(child) ? child : {};
    node[field] = next;
    node = next;
  }
  const known = node._errors;
  node._errors = [...(Array.isArray(known) ? known : []), found];
}

function problem(issue: z.core.$ZodIssue): FormProblem {
  if (issue.code === 'too_big') {
    return { code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${issue.maximum} or fewer in length.` };
  }
  if (issue.code === 'too_small') {
    return { code: 'BASE_TYPE_MIN_LENGTH', message: `Must be ${issue.minimum} or more in length.` };
  }
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return { code: 'BASE_TYPE_REQUIRED', message: `This field is required (${issue.message})` };
  }
  return { code: 'BASE_TYPE_INVALID', message: issue.message };
}

/** A field that may be left out or sent as null, which mean the same. */
export function maybe<T extends z.ZodType>(schema: T) {
  return schema
    .nullish()
    .transform((value) => value ?? undefined)
    .optional();
}

/** Names each value that stands more than once. */
export function repeated(values: readonly string[]): string[] {
  return values.filter((value, at) => values.indexOf(value) !== at);
}
