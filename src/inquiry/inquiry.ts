import { createHash, createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { answerLife } from '../scan/limits.ts';
import { reportSchema } from '../verdict/report.ts';
import { judge } from '../verdict/verdict.ts';
import { type Subject, subjectSchema } from './subject.ts';

/**
 * What we ask the engine about one subject, however many people shared it: the record behind single flight and behind the
 * verdict cache. Saved after each step, so that a restart goes on from the last one and nothing is paid for twice.
 */
const base = {
  /** Of the subject; for an archive with a password one that keeps its result apart from the one without. */
  key: z.string(),
  subject: subjectSchema,
};

export const inquirySchema = z.discriminatedUnion('stage', [
  z.object({ ...base, stage: z.literal('open') }),
  /** The engine had never seen it when it was asked, and nobody wanted it uploaded. */
  z.object({ ...base, stage: z.literal('unseen'), askedAt: z.number() }),
  z.object({
    ...base,
    /** An upload may have arrived: the engine is looked up again before another is sent. */
    stage: z.literal('uploading'),
    since: z.number(),
  }),
  z.object({
    ...base,
    stage: z.literal('analysing'),
    /** Unknown for what the engine was analysing already: then the subject itself is asked for. */
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
export type Unseen = Extract<Inquiry, { stage: 'unseen' }>;
/** Nothing was sent, as far as we know. */
export type Unsent = Extract<Inquiry, { stage: 'open' | 'uploading' }>;

/** Of this process only: a password must not be guessable from what is stored. */
const salt = randomBytes(32);

/** Which inquiry answers for a subject: identical files share one, and a result made with a password is kept apart. */
export function inquiryKey(subject: Subject, password?: string): string {
  const plain =
    subject.kind === 'file' ? subject.hash : `url:${createHash('sha256').update(subject.url).digest('hex')}`;
  return password === undefined ? plain : `${plain}+${createHmac('sha256', salt).update(password).digest('hex')}`;
}

/** The inquiry from its beginning: a look-up comes first. */
export function opened(key: string, subject: Subject): Unsent {
  return { key, subject, stage: 'open' };
}

export function analysing({ key, subject }: Inquiry, since: number, analysisId?: string): Analysing {
  return { key, subject, stage: 'analysing', since, analysisId, polls: 0, waited: 0 };
}

/** Whether what was found is too old to be told again without asking. */
export function isStale(found: Answered | Unseen, now: number): boolean {
  return now - found.askedAt >= lifeOf(found);
}

function lifeOf(found: Answered | Unseen): number {
  if (found.stage === 'unseen') return answerLife.unseen;
  return judge(found.report.engines).verdict === 'malicious' ? answerLife.malicious : answerLife.other;
}
