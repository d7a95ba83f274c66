import { createHash, createHmac } from 'node:crypto';
import { z } from 'zod';
import { answerLife } from '../scan/limits.ts';
import { type Report, reportSchema } from '../verdict/report.ts';
import { isMalicious } from '../verdict/verdict.ts';
import { type Subject, subjectSchema } from './subject.ts';

/**
 * What we ask the engine about one subject, however many people shared it. The record is saved after each step, so a restart
 * resumes at the last step. An answered record serves as the cached verdict.
 */
const base = {
  /** See `inquiryKey`. */
  key: z.string(),
  subject: subjectSchema,
};

export const inquirySchema = z.discriminatedUnion('stage', [
  z.object({
    ...base,
    stage: z.literal('open'),
    /** The engine said less than an hour ago that it has never seen the subject. Another look-up would only cost quota. */
    isUnseen: z.boolean().optional(),
  }),
  z.object({
    ...base,
    /** The engine had no report on the subject, and nobody allowed an upload. */
    stage: z.literal('unseen'),
    askedAt: z.number(),
    /** The engine knows the subject, but has no results yet. Otherwise it has never seen the subject. */
    isKnown: z.boolean().optional(),
  }),
  z.object({
    ...base,
    /** The upload may or may not have arrived, so a look-up comes before another upload. */
    stage: z.literal('uploading'),
    since: z.number(),
  }),
  z.object({
    ...base,
    stage: z.literal('analysing'),
    /** undefined when the engine was analysing the subject already. Then the subject itself is polled. */
    analysisId: z.string().optional(),
    /** The engine knew the subject without results before we sent anything. There may never be results. */
    isForeign: z.boolean().optional(),
    /** When the analysis began, as far as we know: ms since the epoch. */
    since: z.number(),
    /** Answers that said "not yet". */
    polls: z.number(),
    lastPollAt: z.number().optional(),
    /** Milliseconds that count towards the deadline. Rows of older versions lack it. */
    counted: z.number().default(0),
  }),
  z.object({
    ...base,
    stage: z.literal('answered'),
    report: reportSchema,
    /** When the engine was asked. The life of a cached answer counts from here. */
    askedAt: z.number(),
  }),
]);
export type Inquiry = z.infer<typeof inquirySchema>;
export type Analysing = Extract<Inquiry, { stage: 'analysing' }>;
export type Answered = Extract<Inquiry, { stage: 'answered' }>;
export type Unseen = Extract<Inquiry, { stage: 'unseen' }>;
/** An inquiry whose subject may not have reached the engine. */
export type Unsent = Extract<Inquiry, { stage: 'open' | 'uploading' }>;

/**
 * The password of a locked archive. The salt is random and never leaves the store, so that an inquiry's key alone does not help
 * to guess the password.
 */
interface Secret {
  password: string;
  salt: string;
}

/** The key of the inquiry for a subject. Identical files share one. A password makes a key of its own, as it changes the result. */
export function inquiryKey(subject: Subject, secret?: Secret): string {
  const plain =
    subject.kind === 'file' ? subject.hash : `url:${createHash('sha256').update(subject.url).digest('hex')}`;
  return secret ? `${plain}+${createHmac('sha256', secret.salt).update(secret.password).digest('hex')}` : plain;
}

/** Returns a new inquiry. It begins with a look-up unless the subject is known to be unseen. */
export function opened(key: string, subject: Subject, isUnseen?: boolean): Unsent {
  return { key, subject, stage: 'open', isUnseen };
}

export function analysing({ key, subject }: Inquiry, since: number, analysisId?: string): Analysing {
  return { key, subject, stage: 'analysing', since, analysisId, polls: 0, counted: 0 };
}

/** What decides about the stage after a look-up. */
interface Facts {
  /** What the engine knows: perhaps without a report yet. undefined: it has never seen the subject. */
  known: { report?: Report | undefined } | undefined;
  /** Whether the file is a locked archive whose password was given. */
  hasPassword: boolean;
  /** Whether somebody who asks allows that the subject is sent to the engine. */
  mayPublish: boolean;
}

/** Returns the stage after a look-up. `uploading` means that the subject must be sent. `now`: ms since the epoch. */
export function afterLookUp(inquiry: Unsent, { known, hasPassword, mayPublish }: Facts, now: number): Inquiry {
  const { key, subject } = inquiry;
  const report = known?.report;
  // The engine's report on a locked archive was made without the password, so only `malicious` is certain.
  if (report && (!hasPassword || isMalicious(report.engines, subject.kind)))
    return { key, subject, stage: 'answered', report, askedAt: now };

  // The engine has no results yet. With a password, they may become those of an upload without it, so they do not count.
  if (known && !hasPassword && inquiry.stage === 'uploading') return analysing(inquiry, inquiry.since);
  if (!mayPublish) return { key, subject, stage: 'unseen', askedAt: now, isKnown: known !== undefined };
  if (known && !hasPassword) return { ...analysing(inquiry, now), isForeign: true };
  return { key, subject, stage: 'uploading', since: now };
}

/** Whether a stored answer is too old to be given again. */
export function isStale(found: Answered | Unseen, now: number): boolean {
  return now - found.askedAt >= lifeOf(found);
}

function lifeOf(found: Answered | Unseen): number {
  if (found.stage === 'unseen') return found.isKnown ? answerLife.withoutResults : answerLife.unseen;
  return isMalicious(found.report.engines, found.subject.kind) ? answerLife.malicious : answerLife.other;
}
