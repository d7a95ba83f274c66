import { z } from 'zod';

/**
 * How a scan ended, in one word that every surface shows. The worst comes last; a failure ranks above clean, so that it never
 * looks safe. `unseen`: only an upload would tell. `locked`: no engine could look inside. `misleading`: no engine flags it, but
 * its name lies. `unwanted`: not malware, but a program that some people do not want. `trusted` and `blocked`: a server's
 * moderators decided.
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

/** Whether something was found. A failure or a lock is not good either, but it is not a finding. */
export const isBad = (word: Word) => wordSchema.options.indexOf(word) >= wordSchema.options.indexOf('misleading');

/** Returns the worst of several words; undefined if there are none. */
export function worst(words: readonly Word[]): Word | undefined {
  return wordSchema.options.findLast((word) => words.includes(word));
}
