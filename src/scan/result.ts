import { z } from 'zod';
import type { SettledScan } from './scan.ts';

/** How a scan ended, for whoever only looks at its mark; the worst last. `unseen`: unknown, and only an upload would tell. */
export const resultSchema = z.enum([
  'trusted',
  'clean',
  'unknown',
  'unseen',
  'failed',
  'suspicious',
  'malicious',
  'blocked',
]);
export type Result = z.infer<typeof resultSchema>;

export function resultOf({ outcome }: SettledScan): Result {
  switch (outcome.kind) {
    case 'done':
      return outcome.judgement.verdict;
    case 'ruled':
      return outcome.ruling;
    case 'error':
      return outcome.code === 'engine.unseen' ? 'unseen' : 'failed';
    default:
      return outcome satisfies never;
  }
}

/** Of several files the worst counts: a failure never looks safe. undefined: there are none. */
export function worst(results: readonly Result[]): Result | undefined {
  return resultSchema.options.findLast((result) => results.includes(result));
}

export const isBad = (result: Result) => result === 'suspicious' || result === 'malicious' || result === 'blocked';
