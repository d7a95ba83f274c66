import { z } from 'zod';

const fileSchema = z.object({ url: z.string(), size: z.number() });

/** What the transferring process is told. */
export const jobSchema = z.object({
  dir: z.string(),
  host: z.string(),
  virusTotal: z.object({ url: z.string(), key: z.string() }),
  files: z.object({ small: fileSchema, large: fileSchema }),
});
export type Job = z.infer<typeof jobSchema>;

/** What it tells: times in ms, memory (resident set) in bytes. */
export const transferredSchema = z.object({
  download: z.number(),
  upload: z.number(),
  idle: z.number(),
  peak: z.number(),
  sha256: z.string(),
});
export type Transferred = z.infer<typeof transferredSchema>;
