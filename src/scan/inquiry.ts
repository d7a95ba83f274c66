import { createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { answerLife } from './limits.ts';
import { reportSchema } from './report.ts';
import { judge } from './verdict.ts';

/**
 * What we ask the engine about one file, however many people shared it: the record behind single flight and behind the
 * verdict cache. Saved after each step, so that a restart goes on from the last one and nothing is paid for twice.
 */
const base = {
  /** The SHA-256; for an archive with a password one that keeps its result apart from the one without. */
  key: z.string(),
  sha256: z.string(),
};

export const inquirySchema = z.discriminatedUnion('stage', [
  z.object({ ...base, stage: z.literal('open') }),
  z.object({
    ...base,
    /** An upload may have arrived: the engine is looked up again before another is sent. */
    stage: z.literal('uploading'),
    since: z.number(),
  }),
  z.object({
    ...base,
    stage: z.literal('analysing'),
    /** Unknown for a file that the engine was analysing already: then the file itself is asked for. */
    analysisId: z.string().optional(),
    /** When the analysis began, as far as we know: ms since the epoch. The deadline counts from here. */
    since: z.number(),
    /** Answers that said "not yet". */
    polls: z.number(),
    lastPollAt: z.number().optional(),
    /** Milliseconds of waiting for quota, key or turn, which the deadline leaves out. */
    waited: z.number(),
  }),
  z.object({
    ...base,
    stage: z.literal('answered'),
    report: reportSchema,
    /** When we asked: a cached answer's life counts from here. */
    askedAt: z.number(),
  }),
]);
export type Inquiry = z.infer<typeof inquirySchema>;
export type Analysing = Extract<Inquiry, { stage: 'analysing' }>;
export type Answered = Extract<Inquiry, { stage: 'answered' }>;

/** Of this process only: a password must not be guessable from what is stored. */
const salt = randomBytes(32);

/** Which inquiry answers for a file: identical files share one, and a result made with a password is kept apart. */
export function inquiryKey(sha256: string, password: string | undefined): string {
  return password === undefined ? sha256 : `${sha256}+${createHmac('sha256', salt).update(password).digest('hex')}`;
}

/** The inquiry from its beginning: a look-up comes first. */
export function opened(key: string, sha256: string): Inquiry {
  return { key, sha256, stage: 'open' };
}

export function analysing({ key, sha256 }: Inquiry, since: number, analysisId?: string): Analysing {
  return { key, sha256, stage: 'analysing', since, analysisId, polls: 0, waited: 0 };
}

/** Whether a stored answer is too old to be given again without asking. */
export function isStale({ report, askedAt }: Answered, now: number): boolean {
  const { verdict } = judge(report.engines);
  return now - askedAt >= (verdict === 'malicious' ? answerLife.malicious : answerLife.other);
}
