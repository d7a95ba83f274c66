import type { Locale } from '../locales/en-US.ts';
import { type Word, wordSchema } from '../verdict/word.ts';

/** "12 files: 1 malicious, 11 without findings (8 sec)", the worst first. */
export function summaryOf(words: readonly Word[], tookMs: number, { cli, format }: Locale): string {
  const parts = wordSchema.options.toReversed().flatMap((word) => {
    const count = words.filter((each) => each === word).length;
    return count > 0 ? cli.counted[word](count) : [];
  });
  return cli.summary(cli.files(words.length), parts, format.duration(tookMs));
}
