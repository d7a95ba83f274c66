import { z } from 'zod';
import type { Locale } from '../../locales/en-US.ts';

/** Texts of a reply in their stored form: a name and values. Older versions stored the sentence. */
export const saidSchema = z.union([
  z.discriminatedUnion('words', [
    /** Which message the files are from, and how many of them are shown if not all are. */
    z.object({
      words: z.literal('from'),
      link: z.string(),
      left: z.object({ shown: z.number(), all: z.number() }).optional(),
    }),
    /** A new analysis, and the requests that it costs. */
    z.object({ words: z.literal('rescan'), cost: z.number() }),
    /** It is a letter, because the reply can no longer be edited. */
    z.object({ words: z.literal('letter') }),
    /** VirusTotal shares the files that it gets. */
    z.object({ words: z.literal('shared') }),
  ]),
  z.string(),
]);
export type Said = z.infer<typeof saidSchema>;

export function sentenceOf(said: Said, { reply, rescan, upload }: Locale): string {
  if (typeof said === 'string') return said;
  switch (said.words) {
    case 'from': {
      const { link, left } = said;
      return [reply.from(link), ...(left ? [reply.onlyFirst(left.shown, left.all)] : [])].join('\n');
    }
    case 'rescan':
      return rescan.note(said.cost);
    case 'letter':
      return reply.letter;
    case 'shared':
      return upload.shared;
  }
}
