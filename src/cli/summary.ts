import type { Locale } from '../locales/en-US.ts';
import { type Word, wordSchema } from '../verdict/word.ts';
import { duration } from './render/text.ts';

/** "12 files: 1 malicious, 11 without findings (8 s)", the worst first. */
export function summaryOf(words: readonly Word[], tookMs: number, { cli }: Locale): string {
  const parts = wordSchema.options.toReversed().flatMap((word) => {
    const count = words.filter((each) => each === word).length;
    return count > 0 ? cli.counted[word](count) : [];
  });
  return `${cli.files(words.length)}: ${parts.join(', ')} (${duration(tookMs)})`;
}
