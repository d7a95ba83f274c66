import { z } from 'zod';
import type { Category } from '../verdict/report.ts';
import { count, definitions, hex, namesSomething, rowsOf, text } from './lenient.ts';

/** The parts of the v2 API's bodies that are used. `verbose_msg` is not, because its wording varies. */

/** "2010-05-15 03:38:44", UTC; here in ms since the epoch. */
const date = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  .transform((value) => Date.parse(`${value.replace(' ', 'T')}Z`))
  .refine((ms) => ms >= 0)
  .optional()
  .catch(undefined);

const row = z
  .object({
    detected: z.boolean().optional().catch(undefined),
    result: text(120),
    version: text(60),
    update: definitions,
  })
  .catch({ detected: undefined, result: undefined, version: undefined, update: undefined })
  .transform(({ detected, result, version, update }) => ({
    category: categoryOf(detected, result),
    // If nothing was found, an address's row has a phrase instead of a label.
    label: detected !== false || result === 'suspicious site' ? result : undefined,
    version: version === 'None' ? undefined : version,
    updated: update,
  }));

/** An address's row may say suspicious without having "detected" anything. v3 has a category for that. */
function categoryOf(detected: boolean | undefined, result: string | undefined): Category {
  if (result === 'suspicious site') return 'suspicious';
  if (detected === undefined) return namesSomething(result) ? 'suspicious' : 'other';
  if (detected) return 'malicious';
  if (result === 'unrated site') return 'unrated';
  return result === 'clean site' ? 'harmless' : 'undetected';
}

export const reportV2Schema = z.discriminatedUnion('response_code', [
  /** Never seen. */
  z.object({ response_code: z.literal(0) }),
  /** Queued for its analysis. */
  z.object({ response_code: z.literal(-2) }),
  z.object({
    response_code: z.literal(1),
    scan_id: text(1000),
    sha256: hex(64),
    sha1: hex(40),
    md5: hex(32),
    scan_date: date,
    positives: count,
    total: count,
    /** Missing if a scan was only requested. */
    scans: rowsOf(row).nullish(),
  }),
]);
export type ReportV2 = z.infer<typeof reportV2Schema>;
export type FoundV2 = Extract<ReportV2, { response_code: 1 }>;

/** The answer to an upload or a submission: an id, or a code for a refusal. */
export const submittedV2Schema = z.union([
  z.object({ response_code: z.literal(1), scan_id: z.string().min(1).max(1000) }),
  z.object({ response_code: z.int().max(0), scan_id: z.undefined().optional() }),
]);
