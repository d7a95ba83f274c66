import { z } from 'zod';

/** What an engine is asked about: a file, by its SHA-256, SHA-1 or MD5, or a web address. */
export const subjectSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('file'), hash: z.string() }),
  z.object({ kind: z.literal('url'), url: z.string() }),
]);
export type Subject = z.infer<typeof subjectSchema>;
