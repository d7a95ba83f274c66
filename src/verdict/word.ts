import { z } from 'zod';

/**
 * How a scan ended, in one word; the worst last, so that a failure never looks safe. Every surface shows this word.
 * `unseen`: only an upload would tell. `locked`: nobody could look inside. `misleading`: nothing is flagged, but its name lies.
 * `unwanted`: a program that some people do not want, and no malware. `trusted` and `blocked`: a server's moderators decided.
 */
export const wordSchema = z.enum([
  'trusted',
  'clean',
  'empty',
  'unknown',
  'unseen',
  'locked',
  'failed',
  'misleading',
  'unwanted',
  'suspicious',
  'malicious',
  'blocked',
]);
export type Word = z.infer<typeof wordSchema>;

/** Whether something was found. A failure or a lock is not good either, but finds nothing. */
export const isBad = (word: Word) => wordSchema.options.indexOf(word) >= wordSchema.options.indexOf('misleading');

/** Of several words the worst counts. undefined: there are none. */
export function worst(words: readonly Word[]): Word | undefined {
  return wordSchema.options.findLast((word) => words.includes(word));
}
