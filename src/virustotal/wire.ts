import { z } from 'zod';
import { categorySchema } from '../scan/report.ts';
import { clean } from './text.ts';

/**
 * VirusTotal's bodies, as far as they are used. What the verdict rests on must have its shape; everything else is left out
 * where it is odd, and null becomes undefined.
 */
const text = (longest: number) =>
  z
    .string()
    .transform((value) => clean(value, longest) || undefined)
    .optional()
    .catch(undefined);

const texts = z.array(z.unknown()).catch([]);

const year2100 = 4_102_444_800;

/** Seconds since the epoch, at times as digits in a string; here in ms. */
const time = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,12}$/)
      .transform(Number),
  ])
  .pipe(z.number().min(0).max(year2100))
  .transform((seconds) => seconds * 1000)
  .optional()
  .catch(undefined);

const hex = (length: 32 | 40 | 64) =>
  z
    .string()
    .regex(new RegExp(`^[0-9a-f]{${length}}$`, 'i'))
    .toLowerCase()
    .optional()
    .catch(undefined);

/** Of files and of addresses. */
const id = hex(64);

const row = z
  .object({
    category: categorySchema.catch('other'),
    result: text(120),
    engine_version: text(60).transform((version) => (version === 'None' ? undefined : version)),
    engine_update: z
      .string()
      .regex(/^\d{8}$/)
      .optional()
      .catch(undefined),
  })
  .catch({ category: 'other', result: undefined, engine_version: undefined, engine_update: undefined });

/** There are about a hundred engines. More than these are not cut off, for the bad ones might be last. */
const mostRows = 1000;
const rows = z.record(z.string(), row).refine((results) => Object.keys(results).length <= mostRows);
export type Rows = z.infer<typeof rows>;

/** A file or an address. */
export const objectSchema = z.object({
  data: z.object({
    id,
    attributes: z.object({
      sha1: hex(40),
      md5: hex(32),
      last_analysis_results: rows.nullish(),
      last_analysis_date: time,
      first_submission_date: time,
      last_submission_date: time,
      type_description: text(100),
      popular_threat_classification: z
        .object({ suggested_threat_label: text(120) })
        .optional()
        .catch(undefined),
      meaningful_name: z.unknown().optional(),
      names: texts,
      tags: texts,
    }),
  }),
});
export type ObjectBody = z.infer<typeof objectSchema>;

export const analysisSchema = z.object({
  data: z.object({
    attributes: z.discriminatedUnion('status', [
      z.object({ status: z.literal('completed'), date: time, results: rows }),
      z.object({ status: z.enum(['queued', 'in-progress']), date: time, results: rows.catch({}) }),
    ]),
  }),
  meta: z
    .object({
      file_info: z.object({ sha256: id }).optional().catch(undefined),
      url_info: z.object({ id }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});
export type AnalysisBody = z.infer<typeof analysisSchema>;

/** Some ids of 2019 are numbers. */
export const submittedSchema = z.object({
  data: z.object({ id: z.union([z.string().min(1).max(1000), z.int()]).transform(String) }),
});

export const uploadUrlSchema = z.object({ data: z.string().max(16_384) });

const allowance = z
  .object({ used: z.number().min(0), allowed: z.number().min(0) })
  .optional()
  .catch(undefined);

/** `group`: of the organisation that the key belongs to. */
const quota = z.object({ user: allowance, group: allowance }).optional().catch(undefined);

export const quotasSchema = z.object({
  data: z.object({ api_requests_daily: quota, api_requests_monthly: quota }),
});
export type QuotasBody = z.infer<typeof quotasSchema>;
