import { z } from 'zod';

/**
 * How a scan ended, in one word; the worst last, so that a failure never looks safe. Every surface shows this word, with the tone
 * `warned` where it is clean and something else speaks against it.
 * `unseen`: only an upload would tell. `locked`: nobody could look inside. `misleading`: nothing is flagged, but its name lies.
 * `unwanted`: a program that some people do not want, and no malware. `trusted` and `blocked`: a server's moderators decided.
 */
export const toneSchema = z.enum([
  'trusted',
  'clean',
  'empty',
  'warned',
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
export type Tone = z.infer<typeof toneSchema>;

export const wordSchema = toneSchema.exclude(['warned']);
export type Word = z.infer<typeof wordSchema>;

/** Whether something was found. A failure or a lock is not good either, but finds nothing. */
export const isBad = (tone: Tone) => toneSchema.options.indexOf(tone) >= toneSchema.options.indexOf('misleading');

/** Of several words the worst counts. undefined: there are none. */
export function worst<One extends Tone>(tones: readonly One[]): One | undefined {
  const badness = (tone: One) => toneSchema.options.indexOf(tone);
  return tones.toSorted((a, b) => badness(a) - badness(b)).at(-1);
}
