import { z } from 'zod';

/**
 * How a scan ended, in one word. The worst comes last; a failure ranks above clean, so that it never looks safe. Every surface
 * shows this word, or the tone `warned` if the word is clean and something else speaks against the file.
 * `unseen`: only an upload would tell. `locked`: no engine could look inside. `misleading`: no engine flags it, but its name lies.
 * `unwanted`: not malware, but a program that some people do not want. `trusted` and `blocked`: a server's moderators decided.
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

/** Whether something was found. A failure or a lock is not good either, but it is not a finding. */
export const isBad = (tone: Tone) => toneSchema.options.indexOf(tone) >= toneSchema.options.indexOf('misleading');

/** Returns the worst of several words; undefined if there are none. */
export function worst<One extends Tone>(tones: readonly One[]): One | undefined {
  const badness = (tone: One) => toneSchema.options.indexOf(tone);
  return tones.toSorted((a, b) => badness(a) - badness(b)).at(-1);
}
