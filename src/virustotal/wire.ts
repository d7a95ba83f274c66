import { z } from 'zod';
import { type Category, categorySchema } from '../verdict/report.ts';
import { factFields } from './factsWire.ts';
import { definitions, hex, namesSomething, rowsOf, tally, text, time } from './lenient.ts';

/**
 * The parts of VirusTotal's bodies that are used. Fields that the verdict is based on must fit the schema. Other odd values are
 * left out, and null becomes undefined.
 */

/** Of files and of addresses. */
const id = hex(64);

const row = z
  .object({
    category: z.string().trim().toLowerCase().pipe(categorySchema).catch('other'),
    result: text(120),
    engine_version: text(60).transform((version) => (version === 'None' ? undefined : version)),
    engine_update: definitions,
  })
  .transform((answer) => ({ ...answer, category: categoryOf(answer) }))
  .catch({ category: 'other', result: undefined, engine_version: undefined, engine_update: undefined });

function categoryOf({ category, result }: { category: Category; result?: string | undefined }): Category {
  // Lists of addresses call unknown addresses "unrated", with the category for "looked and found nothing".
  const isSilent = category === 'undetected' || category === 'harmless';
  if (isSilent && result?.toLowerCase() === 'unrated') return 'unrated';
  return category === 'other' && namesSomething(result) ? 'suspicious' : category;
}

const statistics = z.record(z.string(), tally).optional().catch(undefined);

const rows = rowsOf(row);
export type Rows = z.infer<typeof rows>;

/** A file or an address. */
export const objectSchema = z.object({
  data: z.object({
    id,
    attributes: z.object({
      last_analysis_results: rows.nullish(),
      last_analysis_stats: statistics,
      last_analysis_date: time,
      last_submission_date: time,
      ...factFields,
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

/** `group`: the organization's quota, if the key belongs to one. */
const quota = z.object({ user: allowance, group: allowance }).optional().catch(undefined);

export const quotasSchema = z.object({
  data: z.object({ api_requests_hourly: quota, api_requests_daily: quota, api_requests_monthly: quota }),
});
export type QuotasBody = z.infer<typeof quotasSchema>;
